import { describe, expect, it } from 'vitest';
import { face, problemIn } from './face.ts';

describe('what another site’s page asks for', () => {
  const TAKE = '/api/v1/tickets/ticket-1/take';

  it('is refused by its Origin, whatever the method', async () => {
    const { desk, get, post } = await face();
    const foreign = { host: 'localhost:8080', origin: 'http://evil.example' };
    problemIn(await post(TAKE, {}, foreign), 403);
    problemIn(await post(TAKE, {}, { ...foreign, origin: 'null' }), 403);
    problemIn(await post(TAKE, {}, { ...foreign, origin: 'http://localhost:9999' }), 403);
    problemIn(
      await post(TAKE, {}, { ...foreign, origin: 'http://localhost:8080.evil.example' }),
      403,
    );
    problemIn(await post(TAKE, {}, { host: 'localhost', origin: 'http://localhost:9999' }), 403);
    problemIn(await get('/api/v1/assets', foreign), 403);
    expect(desk.asked.ticketActions).toEqual([]);
  });

  it('is refused by Sec-Fetch-Site where it would change something', async () => {
    const { get, post } = await face();
    const foreign = { 'sec-fetch-site': 'cross-site' };
    problemIn(await post(TAKE, {}, foreign), 403);
    expect((await get('/healthz', foreign)).statusCode).toBe(200);
  });

  it('is no matter where it is our own page', async () => {
    const { post } = await face();
    const own = { host: 'localhost:8080', origin: 'http://localhost:8080' };
    const response = await post(TAKE, {}, { ...own, 'sec-fetch-site': 'same-origin' });
    expect(response.statusCode).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'is refused as the %j that a form may send without asking',
    async (type) => {
      const { desk, post } = await face();
      problemIn(await post(TAKE, '{}', { 'content-type': type }), 415);
      expect(desk.asked.ticketActions).toEqual([]);
    },
  );

  it('is refused without a content type even where there is nothing to read', async () => {
    const { app } = await face();
    problemIn(await app.inject({ method: 'POST', url: TAKE }), 415);
  });

  it('is answered without a word that lets it read the answer', async () => {
    const { get } = await face();
    const { headers } = await get('/healthz');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a name that was made to point at this machine', () => {
  it.each(['evil.example', 'evil.example:8080', 'localhost.evil.example', '192.168.1.7'])(
    '%j is refused on loopback',
    async (host) => {
      const { get } = await face();
      problemIn(await get('/api/v1/assets', { host }), 421);
    },
  );

  it.each(['localhost', 'LOCALHOST:8080', '127.0.0.1:1', '[::1]:8080', '[::1]'])(
    '%s is this machine’s own',
    async (host) => {
      const { get } = await face();
      expect((await get('/healthz', { host })).statusCode).toBe(200);
    },
  );

  it('is known where the site gave it to the gateway', async () => {
    const { get } = await face({ hostNames: ['luyuan.example'] });
    expect((await get('/healthz', { host: 'luyuan.example' })).statusCode).toBe(200);
    const proxied = { host: 'localhost:8080', origin: 'https://luyuan.example' };
    expect((await get('/healthz', proxied)).statusCode).toBe(200);
    problemIn(await get('/healthz', { host: 'other.example' }), 421);
  });

  it('is no matter once the gateway listens beyond loopback', async () => {
    const { app, get } = await face();
    await app.listen({ host: '0.0.0.0', port: 0 });
    expect((await get('/healthz', { host: '192.168.1.7' })).statusCode).toBe(200);
  });

  it('is still refused while it listens on loopback', async () => {
    const { app, get } = await face();
    await app.listen({ host: '127.0.0.1', port: 0 });
    problemIn(await get('/healthz', { host: '192.168.1.7' }), 421);
  });
});

describe('every answer', () => {
  it('lets a page load from the gateway and from nowhere else', async () => {
    const { get } = await face();
    for (const url of ['/', '/healthz', '/nothing-here']) {
      const { headers } = await get(url);
      expect(String(headers['content-security-policy']).split(';').sort()).toEqual([
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
      ]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  it('of the API is kept by no cache', async () => {
    const { get } = await face();
    expect((await get('/api/v1/assets')).headers['cache-control']).toBe('no-store');
  });
});
