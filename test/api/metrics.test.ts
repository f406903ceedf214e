import { describe, expect, it } from 'vitest';
import { face, problemIn } from './face.ts';

const metrics = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  text: async () => 'courtyard_live_viewers 3\n',
};

describe('/metrics', () => {
  it('is the page as it was made, under the type that Prometheus wants', async () => {
    const { get } = await face({ metrics });
    const response = await get('/metrics');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe(metrics.contentType);
    expect(response.body).toBe('courtyard_live_viewers 3\n');
  });

  it('stands in the API’s description as text', async () => {
    const { get } = await face({ metrics });
    const document = (await get('/openapi.json')).json<{
      paths: Record<string, { get: { responses: Record<string, { content: object }> } }>;
    }>();
    const answer = document.paths['/metrics']?.get.responses['200'];
    expect(Object.keys(answer?.content ?? {})).toEqual(['text/plain']);
  });

  it('is not there where nobody measures', async () => {
    const { get } = await face();
    problemIn(await get('/metrics'), 404);
  });

  it('that cannot be made is a problem and no half page', async () => {
    const text = () => Promise.reject(new Error('a gauge failed'));
    const { get } = await face({ metrics: { ...metrics, text } });
    problemIn(await get('/metrics'), 500);
  });
});
