// The promise of many ways in: whichever way a reading comes, the log holds the same of it.
import { writeFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeLine, type Numbers } from '../../firmware-sim/encode.ts';
import type { IntakeView } from '../../gateway/api/schemas.ts';
import { startMosquitto } from '../mosquitto.ts';
import { ptyPair } from '../sources/pty-pair.ts';
import { has, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { stored } from './log-reader.ts';

/** One device on each way in, named after it: a wet bin and a dry one. */
const WAYS = ['serial', 'broker', 'upstream', 'web'] as const;
type Way = (typeof WAYS)[number];
const TOKEN = 'f0oBqPDM4nGXcCjfbY1Sxg';

interface Message {
  readonly seq: number;
  /** Only JSON carries one; the line's frame has no place for it. */
  readonly at?: string;
  readonly numbers: Numbers;
}

const NOW = Date.now();
const TIMED: readonly Message[] = Array.from({ length: 20 }, (_, n) => ({
  seq: 60_000 + n,
  at: new Date(NOW - 3_600_000 + n * 60_000).toISOString(),
  numbers: { 'wet.distance': 900 - n, 'dry.gross': 20 + n / 4 },
}));
const UNTIMED: readonly Message[] = Array.from({ length: 40 }, (_, n) => ({
  seq: n,
  numbers: {
    'wet.distance': n === 7 ? 99_999 : 500 + n,
    'wet.gross': 31.25 + n / 8,
    'dry.batteryLevel': n === 20 ? 0.1 : 0.9,
    ...(n % 5 === 0 && { 'sour.distance': 412 }),
    ...(n % 8 === 0 && { 'dry.colour': 3 }),
  },
}));

describe.skipIf(!has('mosquitto', 'socat', 'setpriv'))('the same readings by four ways', () => {
  it('give the same log: a pty, our broker, mosquitto and HTTP', async () => {
    const mosquitto = await startMosquitto();
    const gateway = await gatewayProcess(site(mosquitto.url));
    const say = await waysInto(gateway, mosquitto.url);
    const messages = [...TIMED, ...UNTIMED];
    for (const message of messages) {
      // Everything twice, as a sender does that has missed the answer.
      for (const way of WAYS) await say[way](message);
      for (const way of WAYS) await say[way](message);
    }
    await until('each way has heard everything', async () => {
      const { sources } = await gateway.get<IntakeView>('/api/v1/intake');
      const expected = { serial: UNTIMED.length * 2 } as Record<string, number>;
      return sources.every(({ id, stored: count }) => {
        return count === (expected[id] ?? messages.length * 2);
      });
    });
    const { sources } = await gateway.get<IntakeView>('/api/v1/intake');
    expect(sources.map(({ id, state, lost }) => [id, state, lost])).toEqual(
      WAYS.map((way) => [way, 'up', 0]),
    );
    expect(await gateway.stop()).toBe(0);

    const untimed = new Set(UNTIMED.map(({ seq }) => seq));
    const serial = await logOf(gateway, 'serial');
    const broker = await logOf(gateway, 'broker');
    expect(await logOf(gateway, 'upstream')).toEqual(broker);
    expect(await logOf(gateway, 'web')).toEqual(broker);
    const reasons = new Set(serial.rejections.map((row) => row.split(' ')[1]));
    expect(reasons).toEqual(
      new Set(['duplicate', 'unknown-channel', 'unknown-quantity', 'out-of-range']),
    );
    expect(serial.readings.size).toBe(UNTIMED.length * 3 - 1);
    expect(broker.readings.size).toBe(UNTIMED.length * 3 - 1 + TIMED.length * 2);
    const asSerial = (rows: Iterable<string>): string[] =>
      [...rows].filter((row) => untimed.has(Number(row.split(' ')[0])));
    expect(new Set(asSerial(broker.readings))).toEqual(serial.readings);
    expect(asSerial(broker.rejections)).toEqual(serial.rejections);
  });

  it('a broker elsewhere keeps what a killed gateway had not acknowledged', async () => {
    const mosquitto = await startMosquitto('max_queued_messages 10000');
    const gateway = await gatewayProcess(site(mosquitto.url));
    await waysInto(gateway, mosquitto.url);
    const client = await sensor(mosquitto.url);
    const topic = 'courtyard/yard/upstream/telemetry';
    const [kills, each] = [3, 200];
    const count = kills * each;
    // Afresh for every life of the gateway: a quick one has soon heard all that there is.
    const publish = async (from: number): Promise<void> => {
      for (let seq = from; seq < from + each; seq += 1) {
        await client.publishAsync(topic, JSON.stringify({ seq, 'wet.gross': seq / 4 }), { qos: 1 });
      }
    };
    for (let kill = 0; kill < kills; kill += 1) {
      const publishing = publish(kill * each);
      await heardAtLeast(gateway, 10);
      await gateway.kill();
      await gateway.start();
      await publishing;
    }
    await until('the last is stored', async () => {
      const assets =
        await gateway.get<{ id: string; latest: Record<string, { value: number }> }[]>(
          '/api/v1/assets',
        );
      const wet = assets.find(({ id }) => id === 'upstream-wet');
      return wet?.latest['gross']?.value === (count - 1) / 4;
    });
    expect(await gateway.stop()).toBe(0);
    const rows = (await stored(`${gateway.dir}/store`, 'reading')).map(({ seq }) => seq ?? -1);
    expect(rows.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
  });
});

type Say = Readonly<Record<Way, (message: Message) => Promise<unknown>>>;

async function waysInto(gateway: GatewayProcess, elsewhere: string): Promise<Say> {
  writeFileSync(`${gateway.dir}/token`, TOKEN, { mode: 0o600 });
  const line = await ptyPair(`${gateway.dir}/line`);
  await gateway.start();
  const [broker, upstream] = [await sensor(gateway.mqttUrl), await sensor(elsewhere)];
  const json = ({ seq, at, numbers }: Message): string => JSON.stringify({ seq, at, ...numbers });
  return {
    serial: async ({ seq, at, numbers }) => {
      if (at !== undefined) return;
      await line.say(Buffer.from(encodeLine({ device: 'serial', seq, at: NOW, numbers })));
    },
    broker: (message) =>
      broker.publishAsync('courtyard/yard/broker/telemetry', json(message), { qos: 1 }),
    upstream: (message) =>
      upstream.publishAsync('courtyard/yard/upstream/telemetry', json(message), { qos: 1 }),
    web: async (message) => {
      const response = await fetch(`${gateway.url}/api/v1/readings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
        body: json(message),
      });
      expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
    },
  };
}

async function sensor(url: string) {
  const client = await connectAsync(url);
  onTestFinished(async () => {
    await client.endAsync(true);
  });
  return client;
}

async function heardAtLeast(gateway: GatewayProcess, count: number): Promise<void> {
  await until(`${count} are stored`, async () => {
    const { sources } = await gateway.get<IntakeView>('/api/v1/intake');
    return (sources.find(({ id }) => id === 'upstream')?.stored ?? 0) >= count;
  });
}

/** What the log holds of one way's device, without what must differ: its name, and times of ours. */
async function logOf(gateway: GatewayProcess, way: Way) {
  const dir = `${gateway.dir}/store`;
  const known = new Set(TIMED.map(({ seq }) => seq));
  const readings = (await stored(dir, 'reading'))
    .filter(({ device }) => device === way)
    .map(({ seq = -1, part, asset, quantity, value, doubt = 'believed', observedAt }) => {
      const time = known.has(seq) ? new Date(observedAt).toISOString() : 'as heard';
      return [seq, part, asset.replace(`${way}-`, ''), quantity, value, doubt, time].join(' ');
    });
  const rejections = (await stored(dir, 'rejection'))
    .filter(({ source }) => source === way)
    .map(({ seq, reason, detail = '' }) => `${seq} ${reason} ${detail}`)
    .toSorted();
  expect(new Set(readings).size).toBe(readings.length);
  return { readings: new Set(readings), rejections };
}

function site(elsewhere: string): string {
  const bins = WAYS.flatMap((way) =>
    ['wet', 'dry'].map((stream, n) => {
      const geometry = 'emptyMm: 1000, fullMm: 200, tareKg: 14.2';
      return `      - { id: ${way}-${stream}, stream: ${stream}, position: ${n + 1}, ${geometry} }`;
    }),
  );
  const devices = WAYS.map((way) => {
    const decoder = way === 'serial' ? '' : ' decoder: courtyard-json,';
    const secret = way === 'web' ? ', secretFile: ./token' : '';
    const assets = `{ wet: ${way}-wet, dry: ${way}-dry }`;
    return `  - { id: ${way}, source: ${way},${decoder} assets: ${assets}${secret} }`;
  });
  return `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store }
sources:
  - { id: serial, kind: serial, path: DIR/line, decoder: courtyard-line }
  - { id: broker, kind: mqtt-broker, port: MQTT_PORT }
  - { id: upstream, kind: mqtt, url: "${elsewhere}" }
  - { id: web, kind: http }
stations:
  - id: k1
    name: Station
    bins:
${bins.join('\n')}
devices:
${devices.join('\n')}
`;
}
