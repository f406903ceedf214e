// Takes the oldest rows off the minutes, hours and days: first the floor rises, and with it every
// chart lets go of them, then they go, series by series, a slice at a time.
// A floor stands on a border of the next coarser buckets, and never above that of the next finer
// ones: what a chart changes over to is whole, and nothing is gone while something finer is there.
import type { DatabaseSync } from 'node:sqlite';
import type { SiteDays } from '../domain/day.ts';
import type { FloorTable } from './floors.ts';
import type { Grain, Rollup } from './grain.ts';
import { ROLLUPS, bordersOf } from './grain.ts';

/** Rows that go at once, of one series. Of many series at once it is fewer of each. */
const SLICE = 1000;

export interface RollupPruning {
  /** What lies before `since`, as far as it may go: takes one slice off; whether there was any. */
  prune(grain: Rollup, since: number): boolean;
  /** The start of the oldest bucket that is kept; undefined where there is none. */
  oldest(grain: Rollup): number | undefined;
}

const FINER: Readonly<Record<Rollup, Grain>> = { minute: 'raw', hour: 'minute', day: 'hour' };
const COARSER: Readonly<Record<Rollup, Rollup>> = { minute: 'hour', hour: 'day', day: 'day' };

export interface PrunedBooks {
  readonly db: DatabaseSync;
  readonly floors: FloorTable;
  readonly days: SiteDays;
}

export function rollupPruning({ db, floors, days }: PrunedBooks): RollupPruning {
  const of = {
    minute: expiry(db, 'minute'),
    hour: expiry(db, 'hour'),
    day: expiry(db, 'day'),
  };
  return {
    prune(grain, since) {
      const most = Math.min(since, floors.of(FINER[grain]));
      const floor = most === -Infinity ? most : bordersOf(COARSER[grain], days).floor(most);
      if (floor > floors.of(grain)) {
        floors.raise(grain, floor);
        of[grain].begin(floor);
      }
      return of[grain].takeSlice();
    },
    oldest: (grain) => of[grain].oldest(),
  };
}

/** Goes through all series once for each rise of the floor; a restart begins the round anew. */
function expiry(db: DatabaseSync, grain: Rollup) {
  const { table, column, unit } = ROLLUPS[grain];
  const series = db.prepare('SELECT id FROM series');
  const end = db.prepare(
    `SELECT ${column} AS start FROM ${table} WHERE series = ? AND ${column} < ?
     ORDER BY ${column} LIMIT 1 OFFSET ${SLICE}`,
  );
  const removals = (grain === 'minute' ? [table, 'full_minutes'] : [table]).map((name) =>
    db.prepare(`DELETE FROM ${name} WHERE series = ? AND ${column} < ?`),
  );
  const oldest = db.prepare(`SELECT min(${column}) AS start FROM ${table} WHERE series = ?`);
  const ids = (): number[] => series.all().map(({ id }) => Number(id));
  const floor = db.prepare('SELECT since FROM floors WHERE grain = ?').get(grain);
  let before = Number(floor?.['since'] ?? -Infinity) / unit;
  let round = ids();

  return {
    begin(since: number): void {
      before = since / unit;
      round = ids();
    },
    takeSlice(): boolean {
      let taken = 0;
      while (taken < SLICE) {
        const [id] = round;
        if (id === undefined || before === -Infinity) return taken > 0;
        const left = end.get(id, before)?.['start'];
        for (const removal of removals)
          taken += Number(removal.run(id, Number(left ?? before)).changes);
        if (left === undefined) round = round.slice(1);
      }
      return true;
    },
    oldest(): number | undefined {
      const starts = ids()
        .map((id) => oldest.get(id)?.['start'])
        .filter((start) => typeof start === 'number');
      return starts.length === 0 ? undefined : Math.min(...starts) * unit;
    },
  };
}
