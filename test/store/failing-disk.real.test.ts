// The disk stops taking anything while the gateway runs: nothing is acknowledged, the screens and the
// API stay and say so, and it goes on by itself once the disk does. Where that takes too long the
// gateway ends itself with the fault, for whoever starts it again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayProcess, type GatewayProcess } from '../e2e/gateway-process.ts';
import { has, until } from '../tools.ts';

const siteWith = (store: string): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store, ballastMb: 0, ${store} }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
meters: [{ id: water-main, name: Main }]
devices: [{ id: meter-1, source: broker, decoder: courtyard-json, asset: water-main }]
`;

/** From now on the calls of a running gateway end as `inject` says; gives back the way to end that. */
async function breakDisk(gateway: GatewayProcess, inject: string): Promise<() => Promise<void>> {
  const calls = inject.slice(0, inject.indexOf(':'));
  const args = ['-f', '-qq', '-o', '/dev/null', '-p', String(gateway.pid()), '-e'];
  const strace = spawn('strace', [...args, `trace=${calls}`, '-e', `inject=${inject}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(strace, 'exit');
  onTestFinished(() => void strace.kill('SIGKILL'));
  await until('the disk is broken', async () => {
    const answer = await raise(gateway);
    return answer >= 500;
  });
  return async () => {
    strace.kill('SIGINT');
    await exit;
  };
}

/** The status of an attempt to have a ticket written down. */
async function raise({ url }: GatewayProcess, title = 'between'): Promise<number> {
  const { status } = await fetch(`${url}/api/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ category: 'other', title }),
  });
  return status;
}

async function titles(gateway: GatewayProcess): Promise<string[]> {
  const tickets = await gateway.get<{ readonly title: string }[]>('/api/v1/tickets');
  return tickets.map(({ title }) => title);
}

interface Ready {
  readonly ready: boolean;
  readonly store: string;
  readonly detail: readonly string[];
}

const readiness = async ({ url }: GatewayProcess): Promise<Ready> =>
  (await (await fetch(`${url}/readyz`)).json()) as Ready;

describe.skipIf(!has('strace'))('a gateway whose disk fails', () => {
  it.each([
    ['does not make anything durable', 'fsync,fdatasync:error=EIO'],
    ['has become read-only', 'pwrite64,ftruncate:error=EROFS'],
  ])('because it %s, says so, and goes on by itself afterwards', async (_, inject) => {
    const gateway = await gatewayProcess(siteWith('giveUpAfter: 1h'));
    await gateway.start();
    expect([await raise(gateway, 'one'), await raise(gateway, 'two')]).toEqual([201, 201]);
    const mend = await breakDisk(gateway, inject);
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect(await raise(gateway, 'never')).toBeGreaterThanOrEqual(500);

    expect(await readiness(gateway)).toMatchObject({
      ready: false,
      store: 'failing',
      detail: [expect.stringMatching(/^store: since \d{4}-.*: writing to the store: /)],
    });
    expect(await gateway.get('/healthz')).toEqual({ status: 'up' });
    expect(await gateway.get<unknown[]>('/api/v1/assets')).toHaveLength(1);
    expect(await titles(gateway)).toEqual(expect.arrayContaining(['one', 'two']));

    await mend();
    await until('it is well again', async () => (await readiness(gateway)).ready, 20_000);
    expect(await raise(gateway, 'three')).toBe(201);
    // what was under way when the disk broke may be there or not
    const there = (await titles(gateway)).filter((title) => title !== 'between');
    expect(there.toSorted()).toEqual(['one', 'three', 'two']);
    expect(await gateway.stop()).toBe(0);
  });

  it('for longer than the site file allows ends itself with that fault', async () => {
    const gateway = await gatewayProcess(siteWith('giveUpAfter: 3s'));
    await gateway.start();
    await breakDisk(gateway, 'fsync,fdatasync:error=EIO');
    await until('it has ended', () => gateway.output().includes('failing for 3s'), 30_000);
    expect(await gateway.stop()).toBe(1);
    expect(gateway.output()).toContain('store-write-failed');
  });
});
