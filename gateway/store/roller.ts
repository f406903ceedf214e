// The follower that rolls readings up into minutes, hours and days. It takes the log in blocks and
// stands up to one block behind the head: a chart reads that rest from the log itself, and a bucket's
// page is written once for many readings, not once for each.
//
//   log ──▶ a block ──▶ buckets in memory ──▶ minutes, hours, days, map of blocks, cursor
//                                              (one transaction: nothing is added twice)
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import type { SiteDays } from '../domain/day.ts';
import { days } from '../domain/time.ts';
import type { Rollup } from './grain.ts';
import type { FloorTable } from './floors.ts';
import type { Bucket, RollupTables } from './rollup-tables.ts';
import { ROLLUPS, bordersOf } from './grain.ts';
import { mergeInto, rollupTables } from './rollup-tables.ts';
import { numberIn } from './thousandths.ts';

/** The roller's cursor stands among those of the other followers. */
export const ROLLUP = 'rollup';

/** Records in a block. 200 bins at a reading a minute fill one in 20 minutes. */
export const BLOCK = 4096;

export interface Roller {
  position(): Sequence;
  /** Takes up to a block of records, inside the caller's transaction; whether there was any. */
  roll(): boolean;
  /** What time it is by the last block (FORMAT.md, `received`); undefined before the first. */
  reached(): number | undefined;
}

interface Measured {
  readonly series: number;
  readonly observed: number;
  readonly value: number;
}

interface Block {
  readonly first: Sequence;
  readonly last: Sequence;
  readonly measured: readonly Measured[];
  /** The earliest receipt of its records. */
  readonly received: number;
}

export function roller(db: DatabaseSync, floors: FloorTable, siteDays: SiteDays): Roller {
  const next = db.prepare(
    `SELECT sequence, kind, series, observed, delay, ${numberIn('value')} AS value
     FROM log WHERE sequence > ? ORDER BY sequence LIMIT ${BLOCK}`,
  );
  const put = db.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?, ?)');
  const move = db.prepare('INSERT OR REPLACE INTO cursors VALUES (?, ?)');
  const tables = rollupTables(db);
  const stands = db.prepare('SELECT position FROM cursors WHERE follower = ?').get(ROLLUP);
  let position = Number(stands?.['position'] ?? 0);
  let reached = lastReceipt(db);

  return {
    position: () => position,
    reached: () => reached,
    roll() {
      const block = blockOf(next.iterate(position));
      if (!block) return false;
      const { first, last, measured, received } = block;
      reached = steadied(received, reached);
      addAll(tables, bucketsOf(measured, floors, siteDays));
      put.run(first, last, reached, ...spanOf(measured));
      move.run(ROLLUP, last);
      position = last;
      return true;
    },
  };
}

function blockOf(rows: Iterable<Record<string, unknown>>): Block | undefined {
  const measured: Measured[] = [];
  let [first, last, received] = [0, 0, Infinity];
  for (const row of rows) {
    const observed = Number(row['observed']);
    last = Number(row['sequence']);
    first ||= last;
    received = Math.min(received, observed + Number(row['delay']));
    if (Number(row['kind']) > 1) continue; // as the charts' own condition, `kind < 2`
    measured.push({ series: Number(row['series']), observed, value: Number(row['value']) });
  }
  return last === 0 ? undefined : { first, last, measured, received };
}

/**
 * The clock of a small computer may stand in 1970 until the network tells it better, or in another
 * year for a while. Ages are counted from here, so it never goes back, and forward by a week at most.
 */
const steadied = (received: number, before: number | undefined): number =>
  before === undefined ? received : Math.min(Math.max(received, before), before + days(7));

function lastReceipt(db: DatabaseSync): number | undefined {
  const block = db.prepare('SELECT received FROM blocks ORDER BY first DESC LIMIT 1').get();
  return block && Number(block['received']);
}

type Span = [earliest: number | null, latest: number | null];

function spanOf(measured: readonly Measured[]): Span {
  if (measured.length === 0) return [null, null];
  let [earliest, latest] = [Infinity, -Infinity];
  for (const { observed } of measured) {
    earliest = Math.min(earliest, observed);
    latest = Math.max(latest, observed);
  }
  return [earliest, latest];
}

type Buckets = Readonly<Record<Rollup, ReadonlyMap<number, Bucket>>>;

function bucketsOf(measured: readonly Measured[], floors: FloorTable, siteDays: SiteDays): Buckets {
  const buckets = { minute: new Map(), hour: new Map(), day: new Map() };
  const startOf = {
    minute: bordersOf('minute', siteDays).floor,
    hour: bordersOf('hour', siteDays).floor,
    day: bordersOf('day', siteDays).floor,
  };
  for (const one of measured) {
    for (const grain of ['minute', 'hour', 'day'] as const) {
      const begins = startOf[grain](one.observed);
      if (begins >= floors.of(grain)) gather(buckets[grain], one, { begins, grain });
    }
  }
  return buckets;
}

/** Series and start in one number: both stay far below what a double counts exactly. */
const STARTS = 2 ** 32;

function gather(
  buckets: Map<number, Bucket>,
  { series, observed, value }: Measured,
  { begins, grain }: { begins: number; grain: Rollup },
): void {
  const start = begins / ROLLUPS[grain].unit;
  const key = series * STARTS + start;
  const one = {
    count: 1,
    sum: value,
    least: value,
    most: value,
    last: value,
    at: observed - begins,
  };
  const bucket = buckets.get(key);
  if (bucket) mergeInto(bucket, one);
  else buckets.set(key, { series, start, ...one });
}

/** In the order of the tables, so that each page is found, changed and left once. */
function addAll(tables: RollupTables, buckets: Buckets): void {
  for (const grain of ['minute', 'hour', 'day'] as const) {
    const inOrder = [...buckets[grain]].toSorted(([a], [b]) => a - b);
    for (const [, bucket] of inOrder) tables[grain].add(bucket);
  }
}
