import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp } from '../../gateway/app.ts';
import { systemClock } from '../../gateway/ops/system-clock.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { memoryStore } from '../fakes/memory-store.ts';

/** The statuses that `/healthz` gives to those who call the gateway by these hosts. */
async function statusesFor(hosts: readonly string[], publicUrl = ''): Promise<number[]> {
  const text = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39${publicUrl} }
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
});
