// An HTTP server that answers a write as a test says, or not at all.
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
/** `hang`: nothing; `reset`: the connection breaks; `drip`: a byte now and then, for ever. */
export type Reply = Said | 'hang' | 'reset' | 'drip' | 'flood';

export interface StubbornInflux {
  readonly url: string;
  /** What was asked so far: the path with its query, and the lines. */
  readonly asked: { readonly path: string; readonly lines: string[]; readonly auth: string }[];
}

export async function stubbornInflux(reply: (lines: string[], path: string) => Reply) {
  const asked: StubbornInflux['asked'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      const path = request.url ?? '';
      asked.push({ path, lines, auth: request.headers.authorization ?? '' });
      say(reply(lines, path), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked } satisfies StubbornInflux;
}

function say(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    response.destroy();
    return;
  }
  if (reply === 'drip' || reply === 'flood') {
    response.writeHead(500, { 'content-type': 'text/plain' });
    const piece = reply === 'drip' ? '.' : 'x'.repeat(65_536);
    const timer = setInterval(() => response.write(piece), 50);
    response.once('close', () => clearInterval(timer));
    return;
  }
  response.writeHead(reply.status, reply.headers ?? {}).end(reply.body ?? '');
}
