// A yard that says more than a disk can take: lamps that wait for their acknowledgement, lamps that
// do not, a box that posts, and a screen that looks. No value is ever said twice, so that each row
// on disk names its message.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import { until } from '../tools.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { stored } from './log-reader.ts';

const names = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${kind}-${n}`);
const PATIENT = names('patient', 8);
/** A connection has 64 kB on its way and no more, at any QoS: it takes some to use up a megabyte. */
const HASTY = names('hasty', 32);
const LAMPS = [...PATIENT, ...HASTY, 'box'];
const TOKEN = 'a-token-of-the-box-0123456789';

export const PRESSURE_SITE = `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: HTTP_PORT }
store: { dir: DIR/store, waitingMb: 1 }
sources:
  - { id: broker, kind: mqtt-broker, host: 127.0.0.1, port: MQTT_PORT }
  - { id: web, kind: http }
circuits:
  - { id: c1, name: Circuit, lamps: [${LAMPS.map((id) => `{ id: ${id}, name: ${id}, nominalW: 30 }`).join(', ')}] }
devices:
${LAMPS.map(
  (id) =>
    `  - { id: ${id}, source: ${id === 'box' ? 'web' : 'broker'}, decoder: courtyard-json, asset: ${id}${id === 'box' ? ', secretFile: ./box-token' : ''} }`,
).join('\n')}
rules: []
`;

/** Before the first start: the site file names it. */
export const giveBoxItsToken = ({ dir }: GatewayProcess): void =>
  writeFileSync(path.join(dir, 'box-token'), TOKEN, { mode: 0o600 });

/** Room for it is what a flood uses up: sixteen kilobytes to say one number. */
const message = (power: number): string => JSON.stringify({ power }).padEnd(16_000);

export interface Yard {
  readonly acknowledged: ReadonlySet<number>;
  readonly hasty: ReadonlySet<number>;
  /** What the posts were answered with, in their order. */
  readonly answers: readonly number[];
  /** How long the screen waited, each time it looked, in ms. */
  readonly looks: readonly number[];
  /** The most that the process ever held, in MB. */
  peakMb(): number;
  /** Posts once more. */
  post(): Promise<void>;
  /** Sends nothing more; resolves when all that waits is acknowledged. */
  calm(): Promise<void>;
}

/** Each sends as fast as it is let until `calm`. */
export async function startYard(gateway: GatewayProcess): Promise<Yard> {
  const books = createBooks();
  const calm = new AbortController();
  const lamps = lampsOf(books, calm.signal);
  const clients = new Map<string, MqttClient>();
  // One by one: of those who have not said who they are, the broker holds few from one address.
  for (const id of [...PATIENT, ...HASTY]) clients.set(id, await connect(id, gateway));
  const each = (act: (client: MqttClient, id: string) => Promise<void>, ids: readonly string[]) =>
    [...clients].filter(([id]) => ids.includes(id)).map(([id, client]) => act(client, id));
  const box = boxOf(gateway, books);
  onTestFinished(() => calm.abort());
  const whileLoud = async (act: () => Promise<void>): Promise<void> => {
    while (!calm.signal.aborted) await act();
  };
  const all = Promise.all([
    ...each(lamps.keepAsking, PATIENT),
    ...each(lamps.keepShouting, HASTY),
    whileLoud(box.post),
    whileLoud(box.look),
  ]);
  all.catch((error: unknown) => console.info('the yard fell silent:', error));
  return {
    ...books,
    peakMb: box.peakMb,
    post: box.post,
    async calm() {
      calm.abort();
      await all;
    },
  };
}

interface Books {
  readonly acknowledged: Set<number>;
  readonly hasty: Set<number>;
  readonly answers: number[];
  readonly looks: number[];
  /** One that was never said before. */
  value(): number;
}

function createBooks(): Books {
  let said = 0;
  return {
    acknowledged: new Set(),
    hasty: new Set(),
    answers: [],
    looks: [],
    value: () => (said += 1) / 1000,
  };
}

async function connect(id: string, gateway: GatewayProcess): Promise<MqttClient> {
  const client = await connectAsync(gateway.mqttUrl, { clientId: id, reconnectPeriod: 200 });
  client.on('error', () => undefined); // the disk fails, and with it the connection
  onTestFinished(() => void client.end(true));
  return client;
}

function lampsOf(books: Books, calm: AbortSignal) {
  return {
    /** The same until it is acknowledged, or until the client is ended with its test. */
    async keepAsking(client: MqttClient, id: string): Promise<void> {
      while (!calm.aborted) {
        const power = books.value();
        while (!books.acknowledged.has(power) && !client.disconnecting) {
          await client.publishAsync(topicOf(id), message(power), { qos: 1 }).then(
            () => books.acknowledged.add(power),
            () => breath(100),
          );
        }
      }
    },
    async keepShouting(client: MqttClient, id: string): Promise<void> {
      while (!calm.aborted) {
        const power = books.value();
        books.hasty.add(power);
        await client.publishAsync(topicOf(id), message(power), { qos: 0 });
        await breath(10);
      }
      await client.endAsync();
    },
  };
}

function boxOf(gateway: GatewayProcess, books: Books) {
  let peak = 0;
  return {
    peakMb: () => peak,
    async post(): Promise<void> {
      const power = books.value();
      const { status } = await fetch(`${gateway.url}/api/v1/readings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: message(power),
      });
      books.answers.push(status);
      if (status === 200) books.acknowledged.add(power);
      await breath(50);
    },
    async look(): Promise<void> {
      const began = performance.now();
      await gateway.get('/api/v1/assets');
      books.looks.push(performance.now() - began);
      peak = Math.max(peak, residentMb(gateway.pid()));
      await breath(100);
    },
  };
}

const topicOf = (id: string): string => `courtyard/yard/${id}/telemetry`;
const breath = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function residentMb(pid: number): number {
  const kB = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kB ?? 0) / 1024;
}

export interface OnDisk {
  readonly powers: ReadonlySet<number>;
  /** Of the broker, by reason. */
  readonly lost: Readonly<Record<string, number>>;
}

export async function onDisk({ dir }: GatewayProcess): Promise<OnDisk> {
  const readings = await stored(path.join(dir, 'store'), 'reading');
  const lost: Record<string, number> = {};
  for (const { source, reason, count } of await stored(path.join(dir, 'store'), 'loss')) {
    if (source === 'broker') lost[reason] = (lost[reason] ?? 0) + count;
  }
  return { powers: new Set(readings.map(({ value }) => value)), lost };
}

/** What was sent once is on disk or was said to be lost; what was acknowledged is on disk. */
export function balance(yard: Yard, { powers, lost }: OnDisk) {
  const kept = [...yard.hasty].filter((power) => powers.has(power)).length;
  return {
    acknowledgedAndMissing: [...yard.acknowledged].filter((power) => !powers.has(power)),
    sentOnce: yard.hasty.size,
    storedOrSaidLost: kept + (lost['shed'] ?? 0) + (lost['storage'] ?? 0),
  };
}

export const isUnderWay = (yard: Yard, count: number): Promise<void> =>
  until(`${count} more are acknowledged`, moreIn(yard, count), 60_000);

function moreIn(yard: Yard, count: number): () => boolean {
  const before = yard.acknowledged.size;
  return () => yard.acknowledged.size >= before + count;
}
