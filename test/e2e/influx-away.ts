// InfluxDB is away while a compound goes on talking, comes back, and is caught up with while the
// talk goes on. What it holds then is compared with the log by identity: asset, nanosecond, value;
// by asset as a count and a digest that knows no order, so that millions fit into memory.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { openApp, type App } from '../../gateway/app.ts';
import { DECODERS } from '../../gateway/decode/index.ts';
import type { ReadingEntry } from '../../gateway/domain/record.ts';
import { hours, instant, type Instant } from '../../gateway/domain/time.ts';
import { systemClock } from '../../gateway/ops/system-clock.ts';
import { loadSite } from '../../gateway/site/load.ts';
import type { Store } from '../../gateway/store/log.ts';
import { startInfluxd, type Influxd } from '../influxd.ts';
import { freePort, temporaryFolder, until } from '../tools.ts';

const DEVICES = 200;
/** One lamp of its own for what is said live, so that how much of it is visible is one question. */
const LIVE = 'lamp-live';
const LAMPS = [...Array.from({ length: DEVICES }, (_, index) => `lamp-${index + 1}`), LIVE];
const AWAY = hours(72);

const siteFile = (http: number, influx: string, dir: string): string => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: ${http} }
store: { dir: ${path.join(dir, 'store')} }
influx: { url: "${influx}", database: courtyard }
sources: [{ id: in, kind: http }]
circuits:
  - { id: c1, name: East, lamps: [${LAMPS.map((id) => `{ id: ${id}, nominalW: 30, lit: always }`).join(', ')}] }
devices:
${LAMPS.map((id) => `  - { id: ${id}, source: in, decoder: courtyard-json, every: 1m, asset: ${id} }`).join('\n')}
`;

async function openYard(influx: string): Promise<App> {
  const text = siteFile(await freePort(), influx, temporaryFolder());
  const { site, mistakes } = loadSite(text, {
    file: 'yard.yaml',
    decoders: DECODERS.map(({ name }) => name),
    readSecret: () => ({ kind: 'missing' }),
  });
  if (!site) throw new Error(JSON.stringify(mistakes));
  return openApp({
    site,
    version: 'test',
    clock: systemClock,
    logger: pino({ enabled: false }),
    random: Math.random,
  });
}

export interface CaughtUp {
  readonly backlog: number;
  readonly live: number;
  readonly tookMs: number;
  /** From the receipt of what was said live, while catching up, to its visibility in InfluxDB. */
  readonly delaysMs: readonly number[];
  /** By asset. Equal where the log and InfluxDB hold the same. */
  readonly log: Readonly<Record<string, Sum>>;
  readonly influx: Readonly<Record<string, Sum>>;
}

interface Sum {
  count: number;
  digest: string;
}

export async function catchUpOn(backlog: number, perSecond: number): Promise<CaughtUp> {
  const influxd = await startInfluxd();
  await influxd.stop();
  const app = await openYard(influxd.url);
  try {
    await app.start();
    await fill(app.store, backlog);
    const last = app.store.log.head();
    await app.fold.settled(last);
    await influxd.restart();
    const began = performance.now();
    const live = await speakUntil(
      async () => (await app.store.cursors.position('influx')) >= last,
      { app, influxd, perSecond },
    );
    const tookMs = performance.now() - began;
    const head = app.store.log.head();
    const isThere = async (): Promise<boolean> =>
      (await app.store.cursors.position('influx')) >= head;
    await until('all of it has arrived', isThere, 60_000);
    const [log, influx] = [await sumsOf(app.store), await sumsIn(influxd)];
    return { backlog, live: live.length, tookMs, delaysMs: live, log, influx };
  } finally {
    await app.stop();
    await influxd.discard();
  }
}

const CHUNK = 5000;

/** As it was written in the hours in which InfluxDB was away: straight to the log. */
async function fill(store: Store, count: number): Promise<void> {
  const begin = Date.now() - AWAY;
  for (let from = 0; from < count; from += CHUNK) {
    const size = Math.min(CHUNK, count - from);
    await store.log.append(
      Array.from({ length: size }, (_, index): ReadingEntry => {
        const number = from + index;
        const at = instant(begin + Math.trunc((number / count) * AWAY));
        const lamp = LAMPS[number % DEVICES] ?? '';
        const value = (number % 600) / 10;
        const seq = Math.trunc(number / DEVICES) % 65_536;
        const said = { device: lamp, asset: lamp, quantity: 'power', value, seq } as const;
        return {
          kind: 'reading',
          ...said,
          observedAt: at,
          receivedAt: at,
          digest: number,
          part: 0,
        };
      }),
    );
  }
}

interface Stage {
  readonly app: App;
  readonly influxd: Influxd;
  readonly perSecond: number;
}

/**
 * Says something live until it is over; how long it took to be visible, of all that was said after
 * the first of the backlog was.
 */
async function speakUntil(isOver: () => Promise<boolean>, stage: Stage): Promise<number[]> {
  const { app, influxd, perSecond } = stage;
  const received: number[] = [];
  const seen = new Map<number, number>();
  let backAt: number | undefined;
  const say = async (device: string): Promise<void> => {
    const receivedAt: Instant = systemClock.now();
    const words = { seq: received.length % 65_536, power: received.length / 10 };
    const bytes = new TextEncoder().encode(JSON.stringify(words));
    if (device === LIVE) received.push(performance.now());
    await app.intake.offer({ source: 'in', device, bytes, receivedAt });
  };
  const silence = new AbortController();
  const speaking = (async () => {
    for (let turn = 0; !silence.signal.aborted; turn += 1) {
      await Promise.all([say(LIVE), say(LAMPS[turn % DEVICES] ?? '')]);
      await pause(1000 / perSecond);
    }
  })();
  const look = async (): Promise<void> => {
    const powers = await powersOf(influxd, LIVE);
    backAt ??= (await powersOf(influxd, LAMPS[0] ?? '')).length > 0 ? performance.now() : undefined;
    const now = performance.now();
    for (const power of powers) {
      const index = Math.round(power * 10);
      if (!seen.has(index)) seen.set(index, now - (received[index] ?? now));
    }
  };
  do {
    await pause(50);
    await look();
  } while (!(await isOver()));
  silence.abort();
  await speaking;
  await until('the last of it is visible', async () => {
    await look();
    return seen.size === received.length;
  });
  return [...seen].flatMap(([index, took]) =>
    (received[index] ?? 0) >= (backAt ?? Infinity) ? [took] : [],
  );
}

async function powersOf(influxd: Influxd, lamp: string): Promise<number[]> {
  const wanted = `SELECT power_w FROM lamp WHERE asset = '${lamp}'`;
  const rows = await influxd.query('courtyard', wanted).catch(unlessMissing);
  return rows.map((row) => Number(row['power_w']));
}

/** Until the first batch makes it. */
function unlessMissing(error: unknown): [] {
  if (error instanceof Error && error.message.includes('database not found')) return [];
  throw error;
}

function summing() {
  const sums = new Map<string, { count: number; digest: bigint }>();
  return {
    add(asset: string, stamp: string, value: number): void {
      const sum = sums.get(asset) ?? { count: 0, digest: 0n };
      sums.set(asset, sum);
      const hash = createHash('md5').update(`${stamp} ${value}`).digest();
      sum.count += 1;
      sum.digest = BigInt.asUintN(64, sum.digest + hash.readBigUInt64LE());
    },
    get: (): Record<string, Sum> =>
      Object.fromEntries(
        [...sums].map(([asset, { count, digest }]) => [asset, { count, digest: `${digest}` }]),
      ),
  };
}

async function sumsOf({ log }: Store): Promise<Record<string, Sum>> {
  const sums = summing();
  for (let cursor = 0; cursor < log.head();) {
    const records = await log.readAfter(cursor, CHUNK);
    for (const record of records) {
      cursor = record.sequence;
      if (record.kind !== 'reading') continue;
      const message = String((record.sequence - record.part) % 1e6).padStart(6, '0');
      sums.add(record.asset, `${record.observedAt}${message}`, record.value);
    }
  }
  return sums.get();
}

async function sumsIn(influxd: Influxd): Promise<Record<string, Sum>> {
  const sums = summing();
  for (const lamp of LAMPS) {
    const wanted = `SELECT power_w FROM lamp WHERE asset = '${lamp}'`;
    for (const row of await influxd.query('courtyard', wanted)) {
      sums.add(lamp, row['time'] ?? '', Number(row['power_w']));
    }
  }
  return sums.get();
}

export const share = (delays: readonly number[], part: number): number =>
  delays.toSorted((a, b) => a - b)[Math.min(delays.length - 1, Math.floor(delays.length * part))] ??
  0;

export function inWords({ backlog, live, tookMs, delaysMs }: CaughtUp): string {
  const [p50, p99, max] = [0.5, 0.99, 1].map((part) => Math.round(share(delaysMs, part)));
  return (
    `${backlog} caught up with in ${(tookMs / 1000).toFixed(1)} s beside ${live} live ones; ` +
    `live to visible: p50 ${p50} ms, p99 ${p99} ms, longest ${max} ms`
  );
}
