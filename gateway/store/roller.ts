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
import type { FloorTable } from './floors.ts';
import type { FreshRows } from './fresh-rows.ts';
import type { Buckets, Measured } from './buckets.ts';
import type { RollupTables } from './rollup-tables.ts';
import { bucketsOf } from './buckets.ts';
import { rollupTables } from './rollup-tables.ts';
import { numberIn } from './thousandths.ts';

/** The roller's cursor stands among those of the other followers. */
export const ROLLUP = 'rollup';

/** Records in a block. 200 bins at a reading a minute fill one in 20 minutes. */
export const BLOCK = 4096;

export interface Roller {
  position(): Sequence;
  /** Takes about a block of records, inside the caller's transaction; whether there was any. */
  roll(): boolean;
  /** What time it is by the last block (FORMAT.md, `received`); undefined before the first. */
  reached(): number | undefined;
}

export interface Block {
  readonly first: Sequence;
  readonly last: Sequence;
  readonly measured: Measured;
  /** The earliest receipt of its records. */
  readonly received: number;
}

export interface RollerParts {
  readonly db: DatabaseSync;
  readonly floors: FloorTable;
  readonly days: SiteDays;
  /** Takes what was written last without reading it back (fresh-rows.ts). */
  readonly fresh: () => FreshRows;
}

export function roller({ db, floors, days: siteDays, fresh }: RollerParts): Roller {
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
      const inHand = fresh().take(position, BLOCK);
      const blocks = inHand.length > 0 ? inHand : blockOf(next.iterate(position));
      if (blocks.length === 0) return false;
      const measured = blocks.map((block) => block.measured);
      addAll(tables, bucketsOf(measured, floors, siteDays));
      for (const block of blocks) {
        reached = steadied(block.received, reached);
        put.run(block.first, block.last, reached, ...spanOf(block.measured));
        position = block.last;
      }
      move.run(ROLLUP, position);
      return true;
    },
  };
}

function blockOf(rows: Iterable<Record<string, unknown>>): Block[] {
  const measured: Measured = { series: [], observed: [], value: [] };
  let [first, last, received] = [0, 0, Infinity];
  for (const row of rows) {
    const observed = Number(row['observed']);
    last = Number(row['sequence']);
    first ||= last;
    received = Math.min(received, observed + Number(row['delay']));
    if (Number(row['kind']) > 1) continue; // as the charts' own condition, `kind < 2`
    measured.series.push(Number(row['series']));
    measured.observed.push(observed);
    measured.value.push(Number(row['value']));
  }
  return last === 0 ? [] : [{ first, last, measured, received }];
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

function spanOf({ observed }: Measured): Span {
  if (observed.length === 0) return [null, null];
  let [earliest, latest] = [Infinity, -Infinity];
  for (const moment of observed) {
    earliest = Math.min(earliest, moment);
    latest = Math.max(latest, moment);
  }
  return [earliest, latest];
}

function addAll(tables: RollupTables, buckets: Buckets): void {
  for (const grain of ['minute', 'hour', 'day'] as const) {
    for (const bucket of buckets[grain]) tables[grain].add(bucket);
  }
}
