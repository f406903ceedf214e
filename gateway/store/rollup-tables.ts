// The writer's hand on the rollups: adds what a bucket has gained to what it holds already, so that a
// late reading finds its place however long its bucket has been written. Sums are kept, not means:
// sums can be added up.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Rollup } from './grain.ts';
import { ROLLUPS } from './grain.ts';
import { cellOf, numberIn } from './thousandths.ts';

/** What was read of one series between two borders; never empty. */
export interface Bucket {
  readonly series: number;
  /** In the unit of its table (grain.ts), since 1970. */
  readonly start: number;
  count: number;
  sum: number;
  least: number;
  most: number;
  /** The value that was observed last, and how many ms after the bucket's start. */
  last: number;
  at: number;
}

export type RollupTables = Readonly<Record<Rollup, { add(bucket: Bucket): void }>>;

export const rollupTables = (db: DatabaseSync): RollupTables => ({
  minute: minutes(db),
  hour: wholeBuckets(db, 'hour'),
  day: wholeBuckets(db, 'day'),
});

/** Adds `more` to `bucket`. Of two values of one moment, the one that came later is the last. */
export function mergeInto(bucket: Bucket, more: Omit<Bucket, 'series' | 'start'>): void {
  bucket.count += more.count;
  bucket.sum += more.sum;
  bucket.least = Math.min(bucket.least, more.least);
  bucket.most = Math.max(bucket.most, more.most);
  if (more.at < bucket.at) return;
  bucket.last = more.last;
  bucket.at = more.at;
}

/** Hours and days: every bucket is a whole row. */
function wholeBuckets(db: DatabaseSync, grain: 'hour' | 'day') {
  const { table, column } = ROLLUPS[grain];
  const add = db.prepare(
    `INSERT INTO ${table} (series, ${column}, at, last, count, sum, least, most)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (series, ${column}) DO UPDATE
     SET count = count + excluded.count, sum = sum + excluded.sum,
         least = min(least, excluded.least), most = max(most, excluded.most),
         last = iif(excluded.at >= at, excluded.last, last), at = max(at, excluded.at)`,
  );
  return {
    add: ({ series, start, at, last, count, sum, least, most }: Bucket): void =>
      void add.run(series, start, at, last, count, sum, least, most),
  };
}

/** A minute with one reading is that reading; only one with more has a row of sums beside it. */
function minutes(db: DatabaseSync) {
  const first = db.prepare('INSERT INTO minutes VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const put = db.prepare('INSERT OR REPLACE INTO minutes VALUES (?, ?, ?, ?)');
  const sums = db.prepare('INSERT OR REPLACE INTO full_minutes VALUES (?, ?, ?, ?, ?, ?)');
  const held = db.prepare(
    `SELECT at, ${numberIn('last')} AS last, count, sum, least, most
     FROM minutes LEFT JOIN full_minutes USING (series, minute)
     WHERE series = ? AND minute = ?`,
  );
  const grow = db.prepare(
    `UPDATE full_minutes SET count = count + ?, sum = sum + ?, least = min(least, ?), most = max(most, ?)
     WHERE series = ? AND minute = ?`,
  );
  const follow = db.prepare(
    `UPDATE minutes SET last = iif(?1 >= at, ?2, last), at = max(at, ?1)
     WHERE series = ?3 AND minute = ?4`,
  );
  /** In a flood nearly every minute has its row of sums already; false where it has none. */
  const isAdded = ({ series, start, count, sum, least, most, at, last }: Bucket): boolean => {
    if (grow.run(count, sum, least, most, series, start).changes === 0) return false;
    follow.run(at, cellOf(last), series, start);
    return true;
  };
  return {
    add(bucket: Bucket): void {
      const { series, start } = bucket;
      if (bucket.count > 1 && isAdded(bucket)) return;
      const isNew = first.run(series, start, bucket.at, cellOf(bucket.last)).changes === 1;
      if (isNew && bucket.count === 1) return;
      const whole = isNew ? bucket : merged(held, bucket);
      if (!isNew) put.run(series, start, whole.at, cellOf(whole.last));
      sums.run(series, start, whole.count, whole.sum, whole.least, whole.most);
    },
  };
}

function merged(held: StatementSync, bucket: Bucket): Bucket {
  const row = held.get(bucket.series, bucket.start) ?? {};
  const last = Number(row['last']);
  const number = (column: string, single: number): number => Number(row[column] ?? single);
  const whole = {
    series: bucket.series,
    start: bucket.start,
    at: Number(row['at']),
    last,
    count: number('count', 1),
    sum: number('sum', last),
    least: number('least', last),
    most: number('most', last),
  };
  mergeInto(whole, bucket);
  return whole;
}
