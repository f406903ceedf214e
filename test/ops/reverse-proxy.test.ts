import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp, type App } from '../../gateway/app.ts';
import { systemClock } from '../../gateway/ops/system-clock.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { memoryStore } from '../fakes/memory-store.ts';

/** @param place what else the site file says of the place @param http and of the door */
async function gatewayWith(place = '', http = ''): Promise<App> {
  const text = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39${place} }
${http}
`;
  const readSecret = () => ({ kind: 'missing' }) as const;
  const { site } = loadSite(text, { file: 'site.yaml', decoders: [], readSecret });
  if (!site) throw new Error('the site of this test has mistakes');
  const app = await openApp({
    site,
    version: '0',
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    random: () => 0,
    openStore: () => Promise.resolve(memoryStore()),
  });
  onTestFinished(() => app.stop());
  return app;
}

/** The statuses that `/healthz` gives to those who call the gateway by these hosts. */
async function statusesFor(hosts: readonly string[], publicUrl = ''): Promise<number[]> {
  const app = await gatewayWith(publicUrl);
  const answers = hosts.map((host) => app.server.inject({ url: '/healthz', headers: { host } }));
  return (await Promise.all(answers)).map(({ statusCode }) => statusCode);
}

describe('behind a reverse proxy', () => {
  const proxied = ', publicUrl: "https://luyuan.example:8443"';

  it('the gateway answers to the name in publicUrl, to its own, and to no other', async () => {
    const hosts = ['luyuan.example:8443', 'luyuan.example', 'localhost:8080', 'evil.example'];
    expect(await statusesFor(hosts, proxied)).toEqual([200, 200, 200, 421]);
  }, 20_000);

  it('without a publicUrl it answers to its own alone', async () => {
    expect(await statusesFor(['luyuan.example', 'localhost'])).toEqual([421, 200]);
  }, 20_000);

  it('whoever comes through it to an unclaimed gateway is nobody; who stands before it, the engineer', async () => {
    for (const http of ['', 'http: { trustedProxies: ["127.0.0.1"] }']) {
      const { server } = await gatewayWith(proxied, http);
      const direct = await server.listen({ host: '127.0.0.1', port: 0 });
      onTestFinished(() => server.close());
      expect(await roleAt(direct)).toBe('engineer');
      // As Caddy does, as nginx does with its defaults, and as a tunnel of bare TCP does.
      const forwarded = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' };
      expect(await roleAt(await proxyTo(direct, forwarded))).toBe('nobody');
      expect(await roleAt(await proxyTo(direct, { via: '1.1 proxy' }))).toBe('nobody');
      expect(await roleAt(await proxyTo(direct, { host: 'luyuan.example' }))).toBe('nobody');
    }
  }, 30_000);
});

async function roleAt(url: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1/session`);
  return ((await answer.json()) as { role?: unknown }).role;
}

/** A proxy on this machine, over real sockets, that adds these headers. */
async function proxyTo(url: string, added: IncomingHttpHeaders): Promise<string> {
  const proxy = createServer((came, answer) => {
    const headers = { ...came.headers, host: 'localhost', ...added };
    const on = request(`${url}${came.url}`, { method: came.method, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
    });
    came.pipe(on);
  });
  await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
