// How large a year becomes and how long a look at it takes. Fills a store through the product's own
// write path, in groups as large as a burst makes them, then asks it for charts.
// Run as: node test/bench/series.ts [--millions 5,20] [--bins 200] [--every 1m] [--quick]
//
// Facts to compare on one machine, no test: a card is slower than this disk by tens.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import type { ReadingEntry } from '../../gateway/domain/record.ts';
import type { Duration, Instant } from '../../gateway/domain/time.ts';
import type { Store, StoreSettings } from '../../gateway/store/log.ts';
import {
  days,
  earlier,
  hours,
  instant,
  later,
  milliseconds,
  minutes,
  parseDuration,
  seconds,
} from '../../gateway/domain/time.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { fill } from './fill.ts';

const { values: options } = parseArgs({
  options: {
    millions: { type: 'string', default: '5,20' },
    bins: { type: 'string', default: '200' },
    every: { type: 'string', default: '1m' },
    quick: { type: 'boolean', default: false },
  },
});
const BINS = Number(options.bins);
const EVERY = parseDuration(options.every) ?? minutes(1);
const BEGIN = instant(Date.parse('2025-11-01T00:00:00+08:00'));
const TIMES = 7;

async function bench(count: number): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
  const settings: StoreSettings = {
    dir,
    rawKeep: days(7),
    rawKeepBytes: 1_000_000,
    day: { zone: 'Asia/Shanghai', dayStartsAtMinute: 0 },
  };
  try {
    const end = momentOf(count);
    say(`${count / 1e6} million readings of ${BINS} bins, one each ${options.every}`, '');
    say('  span', `${((end - BEGIN) / days(1)).toFixed(1)} days`);
    await fillAndTell(settings, count);
    tellSizes(dir, count);
    await tellReady(settings);
    await tellCharts(settings, end);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function fillAndTell(settings: StoreSettings, count: number): Promise<void> {
  const store = await openStore(settings);
  const start = performance.now();
  await fill(store, count, readingOf);
  const written = performance.now();
  await store.tidy();
  const seconds = (written - start) / 1000;
  say('  written, rolled up meanwhile', `${Math.round(count / seconds)} readings/s`);
  say('  rest of the rolling up', `${((performance.now() - written) / 1000).toFixed(1)} s`);
  await store.close();
}

const momentOf = (index: number): Instant =>
  later(BEGIN, milliseconds(Math.floor(index / BINS) * EVERY));

/** Half of the bins tell a distance in whole mm, half a weight in hundredths of a kg. */
function readingOf(index: number): ReadingEntry {
  const bin = index % BINS;
  const isWeight = bin % 2 === 1;
  const round = Math.floor(index / BINS);
  const phase = milliseconds((bin * 7919) % EVERY);
  const at = later(momentOf(index), phase);
  return {
    kind: 'reading',
    device: `k${bin >> 1}`,
    asset: `k${bin}-wet`,
    quantity: quantityOf(bin),
    value: isWeight ? (1420 + ((index * 7) % 9000)) / 100 : 200 + ((round * 13 + bin) % 800),
    observedAt: at,
    receivedAt: at,
    seq: round % 65_536,
    digest: Math.imul(index, 2_654_435_761) >>> 0,
    part: 0,
  };
}

const quantityOf = (bin: number): Quantity => (bin % 2 === 1 ? 'gross' : 'distance');

function tellSizes(dir: string, count: number): void {
  const file = path.join(dir, 'courtyard.db');
  say('  bytes per reading, all in all', (statSync(file).size / count).toFixed(1));
  using db = new DatabaseSync(file, { readOnly: true });
  const parts = db
    .prepare(
      `SELECT name, sum(pgsize) AS bytes FROM dbstat WHERE aggregate = TRUE
       GROUP BY name HAVING bytes > 100000 ORDER BY bytes DESC`,
    )
    .all();
  for (const { name, bytes } of parts)
    say(`    ${String(name)}`, (Number(bytes) / count).toFixed(2));
}

async function tellReady(settings: StoreSettings): Promise<void> {
  const took = await median(async () => {
    const start = performance.now();
    const store = await openStore(settings);
    const ready = performance.now() - start;
    await store.close();
    return ready;
  });
  say('  start to ready', `${took.toFixed(0)} ms`);
}

async function tellCharts(settings: StoreSettings, end: Instant): Promise<void> {
  const store = await openStore(settings);
  const chart = (name: string, span: Duration, step: Duration): Promise<void> =>
    tellChart(store, { name, from: earlier(end, span), to: end, step });
  await chart('hour by 10 s, from the log', hours(1), seconds(10));
  await chart('day by 5 min', days(1), minutes(5));
  await chart('day by 1 min', days(1), minutes(1));
  await chart('week by 30 min', days(7), minutes(30));
  await chart('month by 3 h', days(30), hours(3));
  await chart('year by 1 day', days(365), days(1));
  await chart('year by 1 h', days(365), hours(1));
  await store.close();
}

interface Chart {
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly step: Duration;
}

async function tellChart({ books }: Store, { name, ...span }: Chart): Promise<void> {
  let bin = 0;
  let points = 0;
  const took = await median(async () => {
    bin = (bin + 31) % BINS; // another one each time: what is measured is not the last one's cache
    const start = performance.now();
    const asset = `k${bin}-wet`;
    points = (await books.series({ asset, quantity: quantityOf(bin), ...span })).length;
    return performance.now() - start;
  });
  say(`  ${name}`, `${took.toFixed(1)} ms, ${points} points`);
}

async function median(measure: () => Promise<number>): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < TIMES; time += 1) took.push(await measure());
  return took.toSorted((a, b) => a - b)[TIMES >> 1] ?? 0;
}

function say(what: string, fact: string): void {
  console.log(what.padEnd(34), fact);
}

const sizes = options.quick ? [0.2] : options.millions.split(',').map(Number);
for (const millions of sizes) await bench(Math.round(millions * 1_000_000));
