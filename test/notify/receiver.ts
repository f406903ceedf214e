// A web server that somebody else runs: it answers as a test says and remembers what it was sent.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

export type Reply = number | ((response: ServerResponse) => void);

export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** Connections so far. */
  connections(): number;
  close(): Promise<void>;
}

export async function startReceiver(reply: (body: string) => Reply, port = 0): Promise<Receiver> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { url: path = '', headers } = request;
      received.push({ path, headers, body, at: performance.now() });
      const answer = reply(body);
      if (typeof answer === 'number') response.writeHead(answer).end('whatever it says');
      else answer(response);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port: taken } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${taken}/hook`;
  return { url, port: taken, received, connections: () => connections, close };
}
