// What somebody sends who means no good, or whose program is broken. Every one is answered with a
// problem below 500, none reaches the desk, and the next honest request is answered as ever.
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BODY_LIMIT } from '../../gateway/api/body.ts';
import { face, problemIn } from './face.ts';

const TICKETS = '/api/v1/tickets';
const COMMENT = '/api/v1/tickets/ticket-1/comment';

describe('a hostile body', () => {
  const bodies: [string, string | Buffer, number][] = [
    ['JSON 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), 400],
    ['a field 10,000 deep', `{"text":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`, 400],
    ['a megabyte', JSON.stringify({ text: 'x'.repeat(1024 * 1024) }), 413],
    ['a byte too many', `{"text":"${'x'.repeat(BODY_LIMIT - 10)}"}`, 413],
    ['no JSON', 'text=hello', 400],
    ['half a JSON', '{"text":"hel', 400],
    ['two of them', '{"text":"a"}{"text":"b"}', 400],
    ['a prototype', '{"text":"a","__proto__":{"admin":true}}', 400],
    ['a prototype in writing', '{"text":"a","\\u005f_proto__":{"admin":true}}', 400],
    ['a constructor', '{"text":"a","constructor":{"prototype":{"admin":true}}}', 400],
    ['bad UTF-8', Buffer.from('{"text":"caf\xe9"}', 'latin1'), 400],
    ['bytes', Buffer.from([0, 1, 2, 255]), 400],
    ['null', 'null', 400],
    ['a list', '[{"text":"a"}]', 400],
    ['a word', '"text"', 400],
    ['a number too big', '{"text":1e999}', 400],
    ['a list for a text', '{"text":["a"]}', 400],
    ['an object for a text', '{"text":{"toString":"a"}}', 400],
    ['a thousand unknown fields', manyFields(1000), 400],
    ['a field name of 50 kB', `{"${'n'.repeat(50_000)}":1}`, 400],
  ];

  it.each(bodies)('%s is refused', async (_, body, status) => {
    const { desk, get, post } = await face();
    const response = await post(COMMENT, body);
    const problem = problemIn(response, status);
    expect(response.body.length).toBeLessThan(4000);
    expect(problem.detail).toMatch(/[a-z]{4}/i);
    expect(desk.asked.ticketActions).toEqual([]);
    expect((await get('/healthz')).statusCode).toBe(200);
  });

  it('of exactly the most that is taken is read', async () => {
    const { post } = await face();
    const body = `{"text":"hello"}${' '.repeat(BODY_LIMIT - 16)}`;
    expect((await post(COMMENT, body)).statusCode).toBe(200);
  });

  it('is taken as text where it is text, whatever it says', async () => {
    const { post } = await face();
    const title = '<img src=x onerror=alert(1)> ${7*7} "; DROP TABLE tickets; --';
    const response = await post(TICKETS, { category: 'other', title });
    expect(response.json()).toMatchObject({ title });
    expect(response.headers['content-type']).toMatch(/^application\/json/);
  });
});

describe('a hostile address', () => {
  it.each([
    ['bad escapes', '/api/v1/assets/%zz', 400],
    ['bad UTF-8', '/api/v1/assets/%ff%fe', 400],
    ['a way up', '/api/v1/assets/%2e%2e', 404],
    ['a way up twice escaped', '/api/v1/assets/%252e%252e%252f', 404],
    ['a way up out of the API', '/api/v1/../../etc/passwd', 404],
    ['a slash in an id', '/api/v1/assets/k1%2fwet', 404],
    ['an end of text in an id', '/api/v1/assets/k1%00', 404],
    ['a prototype', '/api/v1/assets/__proto__', 404],
    ['a prototype asked for', '/api/v1/assets?__proto__=1', 400],
    ['a prototype as a quantity', '/api/v1/series/k1-wet/__proto__', 400],
    ['a field asked for twice', '/api/v1/series/k1-wet/fill?step=1m&step=2m', 400],
    ['a field asked for as a list', '/api/v1/series/k1-wet/fill?step[]=1m', 400],
    ['an id of 250 letters', `/api/v1/assets/${'a'.repeat(250)}`, 400],
    ['an id of a megabyte', `/api/v1/assets/${'a'.repeat(1024 * 1024)}`, 400],
    ['a query of a megabyte', `/api/v1/assets?kind=${'a'.repeat(1024 * 1024)}`, 400],
    ['ten thousand fields', `/api/v1/assets?${'a=1&'.repeat(10_000)}`, 400],
  ])('with %s is refused', async (_, url, status) => {
    const { get } = await face();
    const response = await get(url);
    problemIn(response, status);
    expect(response.body.length).toBeLessThan(4000);
    expect((await get('/api/v1/assets/k1-wet')).statusCode).toBe(200);
  });

  it('with an id in capitals is another id', async () => {
    const { get } = await face();
    problemIn(await get('/api/v1/assets/K1-WET'), 404);
    problemIn(await get('/API/v1/assets'), 404);
  });
});

describe('what is not even HTTP', () => {
  it.each([
    ['an address of a megabyte', `GET /${'a'.repeat(1024 * 1024)} HTTP/1.1\r\n\r\n`, 431],
    [
      'a header of 20 kB',
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['noise', '\x00\x01\x02\x03\r\n\r\n', 400],
    ['another protocol', 'EHLO courtyard\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
  ])('%s is answered with a problem and a closed door', async (_, bytes, status) => {
    const { app } = await face();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await exchange((app.server.address() as AddressInfo).port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain('content-type: application/problem+json');
    expect(answer).toContain(`"status":${status}`);
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

function manyFields(count: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, n])));
}

/** Sends the bytes as they are and gives back all that came until the other side hung up. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    onTestFinished(() => void socket.destroy());
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      heard += chunk;
    });
    // Whoever is cut off while he is still talking may hear of it as an error.
    socket.on('error', () => resolve(heard));
    socket.on('close', () => resolve(heard));
  });
}
