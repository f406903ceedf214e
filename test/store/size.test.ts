// A store that is too large gives up what is missed least, in the stated order, and pages that are
// free are used again before the file grows.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoreSettings } from '../../gateway/store/log.ts';
import { days, minutes } from '../../gateway/domain/time.ts';
import { DATABASE, openConnection } from '../../gateway/store/connection.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder, until } from '../tools.ts';
import { at, reading, settingsFor } from './entries.ts';
import { type KeptBooks, keptBooks } from './kept-books.ts';

const MINUTE = minutes(1);
const DAY = days(1);

/** A reading a minute in blocks of 500. */
function tell(books: KeptBooks, from: number, count: number): void {
  for (let first = from; first < from + count; first += 500) {
    const block = Array.from({ length: 500 }, (_, index) => {
      const moment = at((first + index) * MINUTE);
      return reading({ observedAt: moment, receivedAt: moment, value: 0.1234567 + index });
    });
    books.append(block);
    books.keeping.work(true);
  }
}

/** With the same rows, but allowed `shrinkBy` bytes less than they take. */
function press(books: KeptBooks, shrinkBy: number): void {
  books.keeping.work(false);
  const used = books.keeping.state().usedBytes;
  Object.assign(books.settings, { maxBytes: used - shrinkBy });
  books.reopen();
}

const opened = (changed: Partial<StoreSettings> = {}) =>
  keptBooks({ followers: ['step', 'influx'], ...changed });
const followed = (books: KeptBooks, step: number, influx: number): void => {
  books.follow(step);
  books.follow(influx, 'influx');
};
const counts = (books: KeptBooks) =>
  Object.fromEntries(
    ['log', 'minutes', 'hours', 'days', 'gaps'].map((name) => [name, books.rows(name)]),
  );

describe('a store that is too large', () => {
  it('gives up raw bytes first', async () => {
    const books = await opened();
    books.write([reading({ doubt: 'jump' })], new Uint8Array(300_000));
    tell(books, 0, 2000);
    followed(books, 2001, 2001);
    press(books, 100_000);
    books.tidy();
    expect(books.rows('raw')).toBe(0);
    expect(counts(books)).toMatchObject({ log: 2001, minutes: 2000 });
  });

  it('gives up readings of more than a day ago next, and no more than it must', async () => {
    const books = await opened();
    tell(books, 0, 6000);
    followed(books, 6000, 6000);
    press(books, 20_000);
    books.tidy();
    const { log, minutes, hours } = counts(books);
    expect(log).toBeLessThan(6000);
    expect(log).toBeGreaterThan(4000);
    expect({ minutes, hours }).toEqual({ minutes: 6000, hours: 100 });
    expect(books.keeping.state()).toMatchObject({ isOver: false, isDue: false });
  });

  it('gives up minutes of more than a week ago next, then younger readings', async () => {
    const books = await opened();
    tell(books, 0, 20_000);
    followed(books, 20_000, 20_000);
    press(books, 20_000 * 35);
    books.tidy();
    const { log, minutes, hours } = counts(books);
    expect(log).toBeLessThanOrEqual(DAY / MINUTE + 1000);
    expect(log).toBeGreaterThan(500);
    expect(minutes).toBeLessThan(20_000);
    expect(minutes).toBeGreaterThanOrEqual((7 * DAY) / MINUTE);
    expect(hours).toBe(Math.ceil(20_000 / 60));
  });

  it('keeps what a sink waits for until a quarter over, then leaves a counted gap', async () => {
    const books = await opened();
    tell(books, 0, 3000);
    followed(books, 2500, 0);
    press(books, 20_000);
    books.tidy();
    expect(counts(books)).toMatchObject({ log: 3000, gaps: 0 });
    expect(books.keeping.state().isOver).toBe(true);
    press(books, books.keeping.state().usedBytes * 0.25);
    books.tidy();
    const { log = 0 } = counts(books);
    expect(log).toBeLessThan(3000);
    expect(books.pruned().gaps).toMatchObject([{ first: 1, last: 3000 - log, count: 3000 - log }]);
  });

  it('never gives up what the fold has not passed, nor days', async () => {
    const books = await opened();
    tell(books, 0, 3000);
    followed(books, 1000, 0);
    Object.assign(books.settings, { maxBytes: 1 });
    books.reopen();
    books.tidy();
    expect(counts(books)).toMatchObject({ log: 2000, days: 3 });
    expect(books.keeping.state().isOver).toBe(true);
  });

  it('fills its free pages before the file grows', async () => {
    const books = await opened({ keep: { raw: DAY, minute: DAY, hour: DAY, day: DAY } });
    const pages = (): number => Number(books.db.prepare('PRAGMA page_count').get()?.['page_count']);
    const grown: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      tell(books, round * 5000, 5000);
      followed(books, (round + 1) * 5000, (round + 1) * 5000);
      books.tidy();
      grown.push(pages());
    }
    expect(grown.at(-1)).toBeLessThan((grown[2] ?? 0) * 1.05);
  });
});

function oldestIn(dir: string): unknown {
  using db = openConnection(path.join(dir, DATABASE), 'read');
  return db.prepare('SELECT min(sequence) AS oldest FROM log').get()?.['oldest'];
}

describe('the store on its own', () => {
  it('rolls up and prunes as it grows, and says how far it is', { timeout: 60_000 }, async () => {
    const settings = { ...settingsFor(temporaryFolder()), followers: ['step'] };
    const keep = { raw: DAY, minute: DAY, hour: DAY, day: DAY };
    const store = await openStore({ ...settings, keep });
    for (let group = 0; group < 13; group += 1) {
      await store.log.append(
        Array.from({ length: 1000 }, (_, index) => {
          const moment = at((group * 1000 + index) * MINUTE);
          return reading({ observedAt: moment, receivedAt: moment });
        }),
      );
      const cursor = store.log.head();
      await store.step.save({ cursor, puts: [], alarms: [], tickets: [], derived: [] });
    }
    await until('three blocks are rolled up', async () => {
      await store.cursors.move('step', store.log.head());
      return store.health().upkeep?.rolledUp === 3 * 4096 && !store.health().upkeep?.isDue;
    });
    expect(oldestIn(settings.dir)).toBe(4097); // on the disk; memory still has them all
    await store.tidy();
    expect(store.health().upkeep).toMatchObject({ rolledUp: 13_000, isDue: false });
    await store.close();
  });

  it('gives a cursor to no follower that pruning would not wait for', async () => {
    const store = await openStore({
      ...settingsFor(temporaryFolder()),
      followers: ['step', 'influx'],
    });
    await store.cursors.move('influx', 1);
    await expect(store.cursors.move('uplink', 1)).rejects.toMatchObject({
      code: 'store-write-failed',
      message: expect.stringContaining('uplink is none of the named followers: step, influx'),
    });
    await store.close();
  });

  it('loses no write where rolling up fails, says why, and rolls up once it can', async () => {
    const books = await keptBooks();
    books.db.exec(
      `CREATE TRIGGER broken BEFORE INSERT ON cursors WHEN new.follower = 'rollup'
       BEGIN SELECT RAISE(ABORT, 'the page is broken'); END`,
    );
    const store = await openStore(books.settings);
    await store.log.append([reading({ value: 1 }), reading({ value: 2 })]);
    await expect(store.tidy()).rejects.toMatchObject({
      code: 'store-write-failed',
      message: expect.stringContaining('the page is broken'),
    });
    expect(await store.log.append([reading({ value: 3 })])).toBe(3);
    books.db.exec('DROP TRIGGER broken');
    await store.tidy();
    const query = { from: at(0), to: at(MINUTE), step: MINUTE };
    expect(await store.books.series({ asset: 'k1-wet', quantity: 'distance', ...query })).toEqual([
      [at(0), 1, 2, 3, 3],
    ]);
    await store.close();
  });
});
