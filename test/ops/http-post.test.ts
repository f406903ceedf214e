// The way out over HTTP, against far sides that do as they like with the line.
import { lookup } from 'node:dns';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { milliseconds, seconds } from '../../gateway/domain/time.ts';
import { createHttpPost } from '../../gateway/ops/http-post.ts';
import { startReceiver } from '../notify/receiver.ts';
import { until } from '../tools.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** A line of the test's own: what comes is remembered, what is said is said by `answer`. */
async function startLine(answer: (socket: Socket, count: number) => void) {
  const heard: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard.push(bytes.toString());
      answer(socket, heard.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c`,
    heard,
    sockets,
  };
}

function way(connections = 2) {
  const looked: string[] = [];
  const out = createHttpPost({
    connections,
    lookup(name, options, answer) {
      looked.push(name);
      lookup(name, options, answer);
    },
  });
  onTestFinished(() => out.close());
  const post = (url: string, changes: object = {}) =>
    out.post({ url: new URL(url), headers: {}, body: '桶', timeout: seconds(30), ...changes });
  return { out, post, looked };
}

describe('a post', () => {
  it.each([{ 'x-one': 'a\r\nhost: other' }, { 'x-one': '桶' }, { 'x one': '1' }])(
    'carries no header that could end its line: %j',
    async (headers) => {
      const { url, heard } = await startLine((socket) => socket.write(OK));
      await expect(way().post(url, { headers })).rejects.toThrow(/header/i);
      expect(heard).toEqual([]);
    },
  );

  it('ends within its time, however slowly the answer comes or the place is reached', async () => {
    const { url, sockets } = await startLine((socket) => {
      const drip = setInterval(() => socket.write('a'), 5);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.on('close', () => clearInterval(drip));
    });
    const { post } = way(1);
    const timeout = milliseconds(100);
    const both = await Promise.allSettled([post(url, { timeout }), post(url, { timeout })]);
    expect(both).toMatchObject([
      { status: 'rejected', reason: { message: 'no answer within 100ms' } },
      { status: 'rejected', reason: { message: 'no answer within 100ms' } },
    ]);
    await until('the line is let go', () => sockets.every(({ destroyed }) => destroyed));
  });

  it('reads no more than four kilobytes of an answer, in whole characters', async () => {
    const { url } = await startReceiver(() => (response) => response.end('桶'.repeat(100_000)));
    const { body } = await way().post(url);
    expect(body.slice(0, 1365)).toBe('桶'.repeat(1365));
    expect(body.length).toBeLessThanOrEqual(1366);
  });

  it('is not told twice where the answer had begun', async () => {
    const { url, heard } = await startLine((socket, count) => {
      if (count === 1) socket.write(OK);
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf');
    });
    const { post } = way();
    await post(url);
    await expect(post(url)).rejects.toThrow('aborted');
    expect(heard).toHaveLength(2);
  });

  it('that is stale is tried once more, and no more than once', async () => {
    const { url, heard } = await startLine((socket, count) => {
      if (count <= 2) socket.write(OK);
      else socket.destroy();
    });
    const { post } = way();
    await Promise.all([post(url), post(url)]);
    await expect(post(url)).rejects.toThrow('socket hang up');
    expect(heard).toHaveLength(4);
  });

  it('hears no nonsense as an answer', async () => {
    const { url } = await startLine((socket) => socket.write('220 mail.example ESMTP\r\n\r\n'));
    await expect(way().post(url)).rejects.toThrow('Parse Error');
  });
});
