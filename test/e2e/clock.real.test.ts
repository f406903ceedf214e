// The real gateway on a machine whose clock is wrong, is set, or stands still; InfluxDB behind it.
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AlarmView } from '../../gateway/api/schemas.ts';
import { startInfluxd, type Influxd } from '../influxd.ts';
import { has, until } from '../tools.ts';
import { fakeTime } from './fake-time.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { stored } from './log-reader.ts';

/** One meter that counts: each value stands for its message. */
const site = (influx: string, rules = '[]'): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
influx: { url: ${influx}, database: courtyard }
sources: [{ id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }]
meters: [{ id: water-main, name: Main }]
devices: [{ id: meter-1, source: broker, decoder: courtyard-json, every: 1s, asset: water-main }]
rules: ${rules}
`;

const RULES = `
  - { id: leak, on: meter, quantity: flow, above: 500, clearBelow: 400, holdFor: 3s, severity: high }
  - { id: silent, on: device, silentFor: 1h, severity: high }`;

interface Readiness {
  readonly clock: string;
  readonly detail: readonly string[];
}

async function influxd(): Promise<Influxd> {
  const started = await startInfluxd();
  onTestFinished(() => started.discard());
  return started;
}

const readiness = (gateway: GatewayProcess) => gateway.get<Readiness>('/readyz');

async function metric(gateway: GatewayProcess, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(' ')[1]);
}

interface Said {
  readonly volume: number;
  /** It was acknowledged between these, by the right clock. */
  readonly from: number;
  readonly to: number;
}

let volume = 0;

/** So many messages, each acknowledged before the next is sent. */
async function say(gateway: GatewayProcess, count: number, more: object = {}): Promise<Said[]> {
  const client = await connectAsync(gateway.mqttUrl, { clientId: 'meter-1' });
  const said: Said[] = [];
  for (let n = 0; n < count; n += 1) {
    volume += 1;
    const from = Date.now();
    const payload = JSON.stringify({ seq: volume % 65_536, volume, ...more });
    await client.publishAsync('courtyard/yard/meter-1/telemetry', payload, { qos: 1 });
    said.push({ volume, from, to: Date.now() });
  }
  await client.endAsync();
  return said;
}

async function points(influx: Influxd): Promise<{ volume: number; at: number }[]> {
  const rows = await influx.query('courtyard', 'SELECT volume_l FROM meter').catch(() => []);
  return rows.map((row) => ({ volume: Number(row['volume_l']), at: Number(row['time']) / 1e6 }));
}

/** However busy the machine is. */
const LONG = 60_000;

/** Two clocks are read one after the other, and on a busy machine something may come in between. */
const SLACK_MS = 2000;

/** Each message is one point, in the moment in which it was said. */
async function expectEachOnce(influx: Influxd, said: readonly Said[]): Promise<void> {
  await until('all in InfluxDB', async () => (await points(influx)).length >= said.length, LONG);
  const found = (await points(influx)).toSorted((a, b) => a.volume - b.volume);
  expect(found.map((point) => point.volume)).toEqual(said.map((each) => each.volume));
  const misdated = found.filter(({ at }, index) => {
    const { from, to } = said[index]!;
    return at < from - SLACK_MS || at > to + SLACK_MS;
  });
  expect(misdated).toEqual([]);
}

/** How much is in the chart of a fortnight, and what of it is not of today. */
async function charted(gateway: GatewayProcess) {
  const [from, to] = [-13, 1].map((days) => new Date(Date.now() + days * 86_400_000));
  const span = `from=${from?.toISOString()}&to=${to?.toISOString()}&step=1h`;
  const series = `/api/v1/series/water-main/volume?${span}`;
  const { points: drawn } = await gateway.get<{ points: number[][] }>(series);
  return {
    count: drawn.reduce((sum, [, , , , count = 0]) => sum + count, 0),
    wayOff: drawn.filter(([at = 0]) => Math.abs(at - Date.now()) > 2 * 3_600_000),
  };
}

describe.skipIf(!has('influxd', 'setpriv', 'faketime'))('a gateway on a wrong clock', () => {
  it('that woke three days back dates everything rightly, once, though killed in between', async () => {
    const influx = await influxd();
    const time = fakeTime('+0');
    const gateway = await gatewayProcess(site(influx.url, RULES), time.under);
    await gateway.start();
    const before = await say(gateway, 5);
    await until('the first are there', async () => (await points(influx)).length === 5, LONG);
    await gateway.kill();

    time.set('-3d');
    await gateway.start();
    expect(await readiness(gateway)).toMatchObject({ clock: 'unsynchronised' });
    expect(await metric(gateway, 'courtyard_clock_synchronized')).toBe(0);
    const wrong = await say(gateway, 20);
    await gateway.kill();
    await gateway.start();
    wrong.push(...(await say(gateway, 20)));
    expect(await points(influx)).toHaveLength(5);

    time.set('+0');
    await until(
      'the leap is noticed',
      async () => {
        return (await readiness(gateway)).clock !== 'unsynchronised';
      },
      LONG,
    );
    // Ours ran on from the newest record: where the restarts were quick, it was hardly wrong.
    expect(await metric(gateway, 'courtyard_clock_steps_total')).toBeLessThanOrEqual(1);
    const after = await say(gateway, 5);
    const all = [...before, ...wrong, ...after];
    await expectEachOnce(influx, all);
    expect(await charted(gateway)).toEqual({ count: all.length, wayOff: [] });
    expect(await gateway.get<AlarmView[]>('/api/v1/alarms?state=all')).toEqual([]);
    expect(await gateway.stop()).toBe(0);
    const rows = await stored(`${gateway.dir}/store`, 'reading');
    expect(rows.filter(({ doubt }) => doubt === 'restamped')).toHaveLength(40);
  });

  it.each(['@1970-01-01 00:00:30', '@2039-01-01 00:00:00'])(
    'that woke in %s sends nothing by it and says so in words',
    async (when) => {
      const influx = await influxd();
      const time = fakeTime(when);
      const gateway = await gatewayProcess(site(influx.url), time.under);
      await gateway.start();
      const { clock, detail } = await readiness(gateway);
      expect(clock).toBe('unsynchronised');
      expect(detail.join()).toMatch(new RegExp(`clock says ${when.slice(1, 5)}`));
      const said = await say(gateway, 10);
      const [meter] = await gateway.get<{ latest: object }[]>('/api/v1/assets?kind=meter');
      expect(meter).toMatchObject({ latest: { volume: { value: said.at(-1)!.volume } } });

      time.set('+0');
      await until(
        'the leap is noticed',
        async () => {
          return (await readiness(gateway)).clock !== 'unsynchronised';
        },
        LONG,
      );
      said.push(...(await say(gateway, 5)));
      await expectEachOnce(influx, said);
      expect(await gateway.stop()).toBe(0);
    },
  );
});

describe.skipIf(!has('influxd', 'setpriv', 'faketime'))('a gateway whose clock is set back', () => {
  it('by a day lets its sequence grow, makes no point double, and keeps its holds', async () => {
    const influx = await influxd();
    const time = fakeTime('+0');
    const gateway = await gatewayProcess(site(influx.url, RULES), time.under);
    await gateway.start();
    const before = await say(gateway, 20, { flow: 900 });
    time.set('-1d');
    await until(
      'it is noticed',
      async () => {
        return (await metric(gateway, 'courtyard_clock_steps_total')) === 1;
      },
      LONG,
    );
    const after = await say(gateway, 20, { flow: 900 });
    await until(
      'the hold is over',
      async () => {
        const alarms = await gateway.get<AlarmView[]>('/api/v1/alarms?state=active');
        return alarms.length > 0;
      },
      LONG,
    );
    const alarms = await gateway.get<AlarmView[]>('/api/v1/alarms?state=all');
    expect(alarms.map(({ rule }) => rule)).toEqual(['leak']);
    const all = [...before, ...after].map((each) => each.volume);
    await until('all in InfluxDB', async () => (await points(influx)).length >= all.length, LONG);
    const found = await points(influx);
    expect(found.map((point) => point.volume).toSorted((a, b) => a - b)).toEqual(all);
    expect(await gateway.stop()).toBe(0);
    const rows = await stored(`${gateway.dir}/store`, 'reading');
    const volumes = rows.filter(({ quantity }) => quantity === 'volume');
    expect(volumes.map(({ value }) => value)).toEqual(all);
    expect(volumes.filter(({ doubt }) => doubt !== undefined)).toEqual([]);
    const [clock] = await stored(`${gateway.dir}/store`, 'clock');
    expect(Math.round((clock?.stepMs ?? 0) / 60_000)).toBe(-1440);
  });
});

describe.skipIf(!has('influxd', 'setpriv'))('a gateway that is stopped for a while', () => {
  it('loses nothing, accuses nobody and says that it was blind', async () => {
    const influx = await influxd();
    const rules = '[{ id: silent, on: device, silentFor: 18s, severity: high }]';
    const gateway = await gatewayProcess(site(influx.url, rules));
    await gateway.start();
    const said = await say(gateway, 5);
    process.kill(gateway.pid(), 'SIGSTOP');
    const frozen = performance.now();
    await until('more than that has gone by', () => performance.now() - frozen > 22_000, 30_000);
    const waiting = say(gateway, 5);
    process.kill(gateway.pid(), 'SIGCONT');
    said.push(...(await waiting));
    expect(await gateway.get<AlarmView[]>('/api/v1/alarms?state=all')).toEqual([]);
    await until('all in InfluxDB', async () => (await points(influx)).length === 10, LONG);
    expect(await gateway.stop()).toBe(0);
    const woke = (await stored(`${gateway.dir}/store`, 'gateway')).filter(
      ({ event, blindMs = 0 }) => event === 'woke' && blindMs > 20_000,
    );
    expect(woke).toHaveLength(1);
    const rows = await stored(`${gateway.dir}/store`, 'reading');
    expect(rows.map(({ value }) => value)).toEqual(said.map((each) => each.volume));
  });
});
