// A year's chart and a station's year must not read the whole ledger: their plans say so.
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { expect, it } from 'vitest';
import { days } from '../../gateway/domain/time.ts';
import { DATABASE } from '../../gateway/store/connection.ts';
import { happeningSql } from '../../gateway/store/happening-table.ts';
import { sumsSql } from '../../gateway/store/ledger-queries.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';

async function smallStore(): Promise<DatabaseSync> {
  const dir = temporaryFolder();
  const settings = { dir, rawKeep: days(1), rawKeepBytes: 1_000_000, followers: [] };
  await (await openStore(settings)).close();
  return new DatabaseSync(path.join(dir, DATABASE), { readOnly: true });
}

const planOf = (db: DatabaseSync, sql: string): string =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => String(row['detail']))
    .join('; ');

it('the ledger is asked by its indexes', async () => {
  using db = await smallStore();
  for (const by of ['day', 'week', 'month', 'span'] as const) {
    expect(planOf(db, sumsSql({ by }))).toMatch(
      /SEARCH ledger_sums USING PRIMARY KEY \(day>\? AND day<\?\)/,
    );
    expect(planOf(db, sumsSql({ by, station: 'k1' }))).toMatch(
      /SEARCH ledger_sums USING INDEX ledger_sums_by_station \(station=\? AND day>\? AND day<\?\)/,
    );
    expect(planOf(db, sumsSql({ by, station: 'k1', stream: 'wet' }))).not.toMatch(/SCAN/);
  }
  const day = 'SELECT body FROM ledger_days WHERE day >= ? AND day <= ? ORDER BY id';
  expect(planOf(db, day)).toMatch(/SEARCH ledger_days USING INDEX ledger_days_by_day/);
});

it('the events behind a figure are asked by their indexes', async () => {
  using db = await smallStore();
  const span = { kind: 'deposit', from: 0, to: 1 } as never;
  expect(planOf(db, happeningSql(Object.assign({ asset: 'a' }, span)))).toMatch(
    /USING INDEX happenings_by_asset \(kind=\? AND asset=\? AND at>\? AND at<\?\)/,
  );
  const corrections = { kind: 'correction', place: 'k1' } as never;
  expect(planOf(db, happeningSql(corrections))).toMatch(/USING INDEX happenings_by_place/);
});
