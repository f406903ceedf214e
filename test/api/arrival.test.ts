// A request that does not arrive, over a real socket of loopback.
import { connect } from 'node:net';
import fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { boundArrival } from '../../gateway/api/arrival.ts';

const WITHIN_MS = 100;

async function house(): Promise<number> {
  const app = fastify();
  boundArrival(app, WITHIN_MS);
  for (const takes of ['json', 'form'] as const) {
    app.addContentTypeParser(`application/${takes}s`, (_request, body, done) => {
      body.resume();
      body.once('end', () => done(null));
    });
    app.post(`/${takes}`, { config: { takes, roles: ['nobody'] } }, async () => 'arrived');
  }
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => app.close());
  const at = app.server.address();
  return typeof at === 'object' && at ? at.port : 0;
}

/** Sends half of a body, and the other half once `due` holds; gives all that was answered. */
function drip(port: number, address: string, due: Promise<unknown>): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8').on('data', (text) => {
      heard += String(text);
      if (heard.includes('arrived')) socket.end();
    });
    socket.on('close', () => resolve(heard)).on('error', () => undefined);
    socket.write(
      `POST ${address} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 8\r\n` +
        `content-type: application${address}s\r\n\r\nhalf`,
    );
    void due.then(() => socket.write('half'));
  });
}

it('a request that dawdles is told so and cut off; a form with photos may take its time', async () => {
  const port = await house();
  const cut = drip(port, '/json', new Promise(() => undefined));
  // The one was cut off for its slowness, so the other was as slow as that.
  const form = drip(port, '/form', cut);
  expect(await cut).toMatch(/^HTTP\/1\.1 408[^]*ten seconds/);
  expect(await form).toMatch(/^HTTP\/1\.1 200[^]*arrived$/);
});
