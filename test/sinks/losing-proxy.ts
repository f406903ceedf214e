// A proxy that passes every request on, and loses every other answer.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LosingProxy {
  readonly url: string;
  /** Answers that were lost so far. */
  lost(): number;
}

export async function losingProxy(target: string): Promise<LosingProxy> {
  let count = 0;
  const server = createServer((asked, answered) => {
    count += 1;
    const isLost = count % 2 === 1;
    const { method = 'POST', headers } = asked;
    const passed = request(new URL(asked.url ?? '/', target), { method, headers }, (answer) => {
      if (isLost) {
        answer.resume().once('end', () => answered.destroy());
        return;
      }
      answered.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(answered);
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, lost: () => Math.ceil(count / 2) };
}
