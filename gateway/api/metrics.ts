// The page that Prometheus reads. What stands on it is the house's to say.
import { Type } from 'typebox';
import { endpoint, type Endpoint } from './endpoint.ts';

/** What the API needs of whoever measures. */
export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

export const readMetrics = (page: MetricsPage): Endpoint =>
  endpoint(
    {
      operationId: 'readMetrics',
      summary: 'Counters and gauges in the text format of Prometheus',
      produces: ['text/plain'],
      response: { 200: Type.Unsafe<string>({ type: 'string' }) },
    },
    async (_request, reply) => {
      void reply.header('content-type', page.contentType);
      return reply.send(await page.text());
    },
  );
