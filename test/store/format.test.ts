// What is on the disk: rows that read back exactly, few bytes each, found by their indexes.
import { statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry, LogRecord, ReadingEntry } from '../../gateway/domain/record.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { siteDays } from '../../gateway/domain/day.ts';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import { DOUBTS } from '../../gateway/domain/reading.ts';
import { instant, minutes } from '../../gateway/domain/time.ts';
import { DATABASE, FORMAT_VERSION, openConnection } from '../../gateway/store/connection.ts';
import { logTable } from '../../gateway/store/log-table.ts';
import { createSeriesBook } from '../../gateway/store/packed-group.ts';
import { packGroup } from './packing.ts';
import { MIGRATIONS } from '../../gateway/store/migrations/index.ts';
import { LIVE_TICKETS, REJECTIONS, queries } from '../../gateway/store/queries.ts';
import { CHARTS, UNROLLED } from '../../gateway/store/series-query.ts';
import { sqliteDialect } from '../../gateway/store/sqlite-dialect.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { ONE_OF_EACH, SHANGHAI, at, reading, settingsFor } from './entries.ts';

/** Written by one store and read by the next, so that every record comes from the disk. */
async function throughTheDisk(entries: readonly Entry[]): Promise<LogRecord[]> {
  const settings = settingsFor(temporaryFolder());
  const first = await openStore(settings);
  await first.log.append(entries);
  await first.close();
  const second = await openStore(settings);
  const records = await second.log.readAfter(0, entries.length + 1);
  await second.close();
  return records;
}

const numbered = (entries: readonly Entry[]) =>
  entries.map((entry, index) => ({ ...entry, sequence: index + 1 }));

const moment = fc.integer({ min: 0, max: 4e12 }).map(instant);
const someReading: fc.Arbitrary<ReadingEntry> = fc.record(
  {
    kind: fc.constant('reading' as const),
    device: fc.string(),
    asset: fc.string(),
    quantity: fc.constantFrom(...(Object.keys(QUANTITIES) as Quantity[])),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    observedAt: moment,
    receivedAt: moment,
    doubt: fc.constantFrom(...DOUBTS),
    seq: fc.nat({ max: 65535 }),
    digest: fc.nat({ max: 0xffffffff }),
    part: fc.nat({ max: 40 }),
  },
  {
    requiredKeys: [
      'kind',
      'device',
      'asset',
      'quantity',
      'value',
      'observedAt',
      'receivedAt',
      'digest',
      'part',
    ],
  },
);

describe('the format of the store', () => {
  it('keeps every kind of entry exactly', async () => {
    expect(await throughTheDisk(ONE_OF_EACH)).toEqual(numbered(ONE_OF_EACH));
  });

  it('keeps any reading exactly', async () => {
    const dir = temporaryFolder();
    await (await openStore(settingsFor(dir))).close();
    using db = openConnection(path.join(dir, DATABASE), 'write');
    db.exec('BEGIN'); // one wait for the disk less per row; the test is about the rows
    const book = createSeriesBook();
    const { names } = book;
    const [log, { readAfter }] = [logTable(db, names), queries(db, siteDays(SHANGHAI))];
    fc.assert(
      fc.property(fc.array(someReading, { minLength: 1 }), (entries) => {
        const { rows } = packGroup([{ kind: 'append', entries, raw: [] }], book);
        const first = log.append(rows, 0, entries.length);
        expect(readAfter(first - 1, entries.length)).toEqual(
          entries.map((entry, index) => ({ ...entry, sequence: first + index })),
        );
      }),
    );
  });

  it('keeps whole milliseconds of a clock that gives fractions', async () => {
    const [record] = await throughTheDisk([reading({ observedAt: instant(at(0) + 0.4) })]);
    expect(record).toMatchObject({ observedAt: at(0), receivedAt: at(0) });
  });

  it('spends under 60 bytes on a reading, rolled up', { timeout: 60_000 }, async () => {
    const dir = temporaryFolder();
    const store = await openStore(settingsFor(dir));
    const count = 100_000;
    for (let start = 0; start < count; start += 1000) {
      await store.log.append(Array.from({ length: 1000 }, (_, index) => typical(start + index)));
    }
    await store.tidy();
    await store.close();
    const bytes = statSync(path.join(dir, DATABASE)).size / count;
    console.log(`${bytes.toFixed(1)} bytes per reading`);
    expect(bytes).toBeLessThan(60);
  });

  it('answers from indexes, never by walking the log', async () => {
    const dir = temporaryFolder();
    await (await openStore(settingsFor(dir))).close();
    using db = new DatabaseSync(path.join(dir, DATABASE));
    const planOf = (query: string): string =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${query}`)
        .all()
        .map((row) => row['detail'])
        .join('; ');
    for (const grain of ['minute', 'hour', 'day'] as const) {
      expect(planOf(CHARTS[grain])).toContain(
        `SEARCH ${grain}s USING PRIMARY KEY (series=? AND ${grain}>? AND ${grain}<?)`,
      );
    }
    for (const query of [CHARTS.raw, UNROLLED]) {
      expect(planOf(query)).toMatch(/SEARCH log USING INTEGER PRIMARY KEY \(rowid>\?/);
      expect(planOf(query)).not.toContain('SCAN log');
    }
    expect(planOf(REJECTIONS)).toContain('log USING INDEX log_rejections (kind=?)');
    expect(planOf(REJECTIONS)).not.toContain('B-TREE');
    expect(planOf(LIVE_TICKETS)).toContain('tickets_by_touched');
    expect(planOf(LIVE_TICKETS)).not.toContain('SCAN tickets;');
  });

  it('brings along what a store of the first format holds', async () => {
    const dir = temporaryFolder();
    await firstStore(path.join(dir, DATABASE), [31.27, 412, 1 / 3, -5e12]);
    const store = await openStore(settingsFor(dir));
    onTestFinished(() => store.close());
    const records = await store.log.readAfter(0, 9);
    expect(records).toMatchObject(
      [31.27, 412, 1 / 3, -5e12].map((value) => ({ value, digest: 0xdeadbeef, receivedAt: at(7) })),
    );
    const query = { from: at(0), to: at(1), step: minutes(1) };
    const chart = () => store.books.series({ asset: 'k1-wet', quantity: 'distance', ...query });
    const [before] = await chart();
    expect(before?.slice(3)).toEqual([412, 4]);
    await store.tidy();
    expect(await chart()).toEqual([before]);
  });

  it('is numbered by its migrations', () => {
    const names = Object.keys(MIGRATIONS);
    expect(names).toHaveLength(FORMAT_VERSION);
    expect(names.toSorted()).toEqual(names);
  });
});

/** 20 devices that report two quantities each, once a minute, with `seq`. */
function typical(index: number): ReadingEntry {
  const device = `k${index % 20}`;
  const isWeight = (index / 20) % 2 >= 1;
  const moment = at(Math.floor(index / 40) * 60_000 + (index % 20) * 1234);
  return reading({
    device,
    asset: `${device}-wet`,
    quantity: isWeight ? 'gross' : 'distance',
    value: isWeight ? (3125 + ((index * 7) % 900)) / 100 : 200 + ((index * 13) % 800),
    observedAt: moment,
    receivedAt: moment,
    seq: (index * 3) % 65536,
    digest: Math.imul(index, 2654435761) >>> 0,
    part: isWeight ? 1 : 0,
  });
}

/** As the first version left it, with a reading of each value. */
async function firstStore(file: string, values: readonly number[]): Promise<void> {
  using db = openConnection(file, 'write');
  const migrator = new Migrator({
    db: new Kysely({ dialect: sqliteDialect(db) }),
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  });
  expect((await migrator.migrateTo('0001-first-format')).error).toBeUndefined();
  db.exec(`INSERT INTO series VALUES (1, 'k1-wet', 'distance', 'k1')`);
  const insert = db.prepare(
    'INSERT INTO log VALUES (NULL, 0, 1, ?, 7, ?, NULL, 3735928559, 0, NULL)',
  );
  for (const value of values) insert.run(at(0), value);
}
