// The face of a gateway that cannot open its store: it says why, to people and to machines, and
// nothing else. No screens, no sources, nobody is acknowledged anything.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readiness } from '../api/desk.ts';
import type { Fault } from '../domain/fault.ts';

export interface WaitingRoom {
  /** What everybody is told from now on. */
  tell(fault: Fault): void;
  close(): Promise<void>;
}

const HEADERS = {
  'cache-control': 'no-store',
  connection: 'close',
  'content-security-policy': "default-src 'none'",
  'retry-after': '10',
  'x-content-type-options': 'nosniff',
};

/** Rejects where the port cannot be had. */
export async function openWaitingRoom(at: {
  readonly host: string;
  readonly port: number;
}): Promise<WaitingRoom> {
  let fault: Fault | undefined;
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000 },
    (request, response) => answer(request, response, fault),
  );
  server.maxConnections = 100;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, resolve);
  });
  return {
    tell: (next) => void (fault = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): void {
  const [path = '/'] = url.split('?', 1);
  const send = (status: number, type: string, body: string): void =>
    void response.writeHead(status, { ...HEADERS, 'content-type': type }).end(body);
  if (path === '/healthz') return send(200, 'application/json', '{"status":"up"}');
  if (path === '/readyz') return send(503, 'application/json', JSON.stringify(unready(fault)));
  if (headers.accept?.includes('text/html'))
    return send(503, 'text/html; charset=utf-8', page(fault));
  send(503, 'application/problem+json', JSON.stringify(problemOf(fault)));
}

const unready = (fault: Fault | undefined): Readiness => ({
  ready: false,
  store: 'failing',
  broker: 'down',
  disk: 'ok',
  clock: 'unknown',
  detail: [`store: ${fault?.message ?? 'it is being opened'}`],
});

const problemOf = (fault: Fault | undefined) => ({
  type: `urn:courtyard:fault:${fault?.code ?? 'store-unavailable'}`,
  title: 'The store cannot be opened',
  status: 503,
  detail: fault?.hint ?? 'It is being opened.',
});

const page = (fault: Fault | undefined): string => `<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Courtyard</title>
<h1>Courtyard</h1>
<p lang="zh">数据存储无法打开，网关每 10 秒重试一次。此前已确认的数据不会因此丢失。</p>
<p>The store cannot be opened; the gateway tries again every ten seconds.</p>
<p>${escaped(fault?.message ?? '')}</p>
<p>${escaped(fault?.hint ?? '')}</p>
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
