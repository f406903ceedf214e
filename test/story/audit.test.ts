// The whole gateway over its real store: what people press, what is written down of it, what a
// restart makes of it.
import path from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp, type App } from '../../gateway/app.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import { minutes, seconds } from '../../gateway/domain/time.ts';
import { loadSite } from '../../gateway/site/load.ts';
import { checkAudit } from '../../gateway/store/audit-check.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { cameraPhoto } from '../fakes/sent-photos.ts';
import { freePort, temporaryFolder, until } from '../tools.ts';

const SITE = (dir: string, [http, mqtt]: readonly number[], limit: number): string => `version: 1
site: { id: yard, name: 绿苑小区, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: ${http} }
store: { dir: ${dir} }
sources:
  - { id: broker, kind: mqtt-broker, port: ${mqtt} }
stations:
  - { id: k1, name: 1号投放点, bins: [{ id: k1-wet, stream: wet, position: 1, volumeL: 240, emptyMm: 1000, fullMm: 200, tareKg: 14 }] }
devices:
  - { id: k1, source: broker, decoder: courtyard-json, assets: { wet: k1-wet }, every: 1m }
rules:
  - { id: bin-full, on: bin, quantity: fill, above: ${limit}, clearBelow: 0.5, holdFor: 1m, severity: medium, ticket: { category: bin-full, team: cleaners } }
`;

async function house() {
  const dir = temporaryFolder();
  const ports = [await freePort(), await freePort()];
  const clock = handClock('2026-06-01T09:00:00+08:00');
  let app: App | undefined;
  onTestFinished(() => app?.stop());
  /** Comes up, after going down in order where it was up. */
  async function start(limit = 0.9): Promise<App> {
    await app?.stop();
    const { site, mistakes } = loadSite(SITE(`${dir}/data`, ports, limit), {
      file: path.join(dir, 'site.yaml'),
      decoders: DECODERS.map(({ name }) => name),
      readSecret: () => ({ kind: 'missing' }),
    });
    if (!site) throw new Error(JSON.stringify(mistakes));
    app = await openApp({
      site,
      version: 'story',
      clock,
      logger: pino({ enabled: false }),
      random: () => 0.5,
    });
    await app.start();
    return app;
  }
  const hear = async ({ intake, fold, store }: App, distance: number): Promise<void> => {
    const bytes = new TextEncoder().encode(JSON.stringify({ 'wet.distance': distance }));
    await intake.offer({ source: 'broker', device: 'k1', bytes, receivedAt: clock.now() });
    await fold.settled(store.log.head());
  };
  const url = `http://127.0.0.1:${ports[0]}/api/v1`;
  return { dir: path.join(dir, 'data'), clock, start, hear, url };
}

const press = (url: string, key: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'if-match': '"1"' },
    body: '{}',
  });

describe('what is done', () => {
  it('50 presses of one button at once are one step and one entry, and the chain is whole', async () => {
    const { start, url, dir } = await house();
    const { store } = await start();
    const opened = await fetch(`${url}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ category: 'lamp', title: '路灯不亮' }),
    });
    expect(opened.status).toBe(201);
    const before = (await store.audit.head()).entries;
    const statuses = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, n) => (await press(`${url}/tickets/T1/take`, `k${n}`)).status,
      ),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(49);
    const entries = await store.audit.entries({ on: 'ticket', id: 'T1', limit: 99 });
    expect(entries.map(({ action }) => action)).toEqual(['take', 'raise']);
    expect(await store.audit.head()).toMatchObject({ entries: before + 1 });
    expect(checkAudit(dir)).toEqual({ head: await store.audit.head(), breaks: [] });
  });

  it('goes on in one chain across restarts, and another site file is an entry', async () => {
    const { start, hear, clock, dir } = await house();
    const first = await start();
    await hear(first, 250);
    clock.moveBy(minutes(2));
    await hear(first, 250);
    await until('the ticket is there', async () => (await first.store.audit.head()).entries > 0);
    const before = await first.store.audit.head();
    await start();
    const third = await start(0.95);
    const after = await third.store.audit.entries({ limit: 99 });
    const site = after.filter(({ on }) => on === 'site');
    expect(site.map(({ words }) => words)).toEqual(['rules/bin-full changed']);
    expect(checkAudit(dir, [before]).breaks).toEqual([]);
  });
});

describe('what speaks for an alarm', () => {
  it('is frozen when it trips, gets its samples, also over a restart, and is served', async () => {
    const { start, hear, clock, url } = await house();
    const first = await start();
    for (let minute = 0; minute < 30; minute += 1) {
      await hear(first, minute < 28 ? 600 + minute : 250);
      clock.moveBy(minutes(1));
    }
    await hear(first, 250);
    const [alarm] = await first.store.books.alarms('active', 9);
    expect(alarm).toMatchObject({ rule: 'bin-full', asset: 'k1-wet' });
    const id = alarm?.id ?? '';
    const second = await start(0.95);
    await until('the samples after it are there', async () => {
      clock.moveBy(seconds(30));
      return (await second.store.evidence.of(id))?.after !== undefined;
    });
    const evidence = (await (await fetch(`${url}/alarms/${id}/evidence`)).json()) as {
      before: { points: number[][]; unit: string };
    };
    expect(evidence).toMatchObject({
      alarm: id,
      state: 'whole',
      rule: { id: 'bin-full', limit: 0.9 },
      device: { id: 'k1', link: 'up', lagS: 0 },
    });
    expect(evidence.before.unit).toBe('ratio');
    expect(evidence.before.points.length).toBeGreaterThanOrEqual(28);
    expect((await fetch(`${url}/alarms/A99/evidence`)).status).toBe(404);
  });

  it('may be a photo, which its ticket names after a restart too', async () => {
    const { start, url } = await house();
    await start();
    await fetch(`${url}/tickets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ category: 'lamp', title: '路灯不亮' }),
    });
    const form = new FormData();
    form.append('photo', new Blob([await cameraPhoto()], { type: 'image/jpeg' }), 'IMG_1.jpg');
    form.append('note', '换好了');
    const answer = await fetch(`${url}/tickets/T1/photos`, { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    const { store } = await start();
    const { photos } = (await (await fetch(`${url}/tickets/T1`)).json()) as { photos: string[] };
    const photo = await fetch(`${url}/photos/${photos[0]}`);
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const [entry] = await store.audit.entries({ on: 'ticket', id: 'T1', limit: 1 });
    expect(entry).toMatchObject({ action: 'photo', words: '换好了' });
    expect(entry?.detail).toContain(photos[0]);
  });
});
