// What is old goes behind everybody's back, a slice at a time, and the charts stay what they were.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import type { Keep, StoreSettings } from '../../gateway/store/log.ts';
import {
  FOREVER,
  days,
  hours,
  instant,
  later,
  milliseconds,
  minutes,
  seconds,
} from '../../gateway/domain/time.ts';
import { logTable } from '../../gateway/store/log-table.ts';
import { SHANGHAI, at, derived, reading } from './entries.ts';
import { type KeptBooks, keptBooks, naiveSeries } from './kept-books.ts';

const keep = (changed: Partial<Keep>): Keep => ({
  raw: FOREVER,
  minute: FOREVER,
  hour: FOREVER,
  day: FOREVER,
  ...changed,
});
const HOUR = hours(1);
const heard = (afterMs: number, value = 1) =>
  reading({ observedAt: at(afterMs), receivedAt: at(afterMs), value });

/** A reading each hour, and a block for each. */
function hourly(books: KeptBooks, count: number): void {
  for (let hour = 0; hour < count; hour += 1) {
    books.append([heard(hour * HOUR, hour)]);
    books.keeping.work(true);
  }
}
/** All that is there is older than a day, and everybody has passed it. */
function dayLater(books: KeptBooks): void {
  for (const afterMs of [days(2), days(3)]) {
    books.append([heard(afterMs)]);
    books.tidy();
  }
  books.follow(books.keeping.state().rolledUp);
  books.tidy();
}
const opened = (changed: Partial<StoreSettings>) => keptBooks({ followers: ['step'], ...changed });
const firstIn = (books: KeptBooks): number =>
  Number(books.db.prepare('SELECT min(sequence) AS first FROM log').get()?.['first']);

describe('pruning by age', () => {
  it('takes readings that are older than allowed, and no younger ones', async () => {
    const books = await opened({ keep: keep({ raw: hours(5) }) });
    hourly(books, 10);
    books.follow(10);
    books.tidy();
    // the last was received at nine: what was received up to four is in blocks before that hour's
    expect([firstIn(books), books.rows('log')]).toEqual([5, 6]);
  });

  it('waits for the step, and for every named follower, also one that never moved', async () => {
    const books = await opened({ keep: keep({ raw: hours(1) }), followers: ['step', 'influx'] });
    hourly(books, 10);
    books.tidy();
    expect(books.rows('log')).toBe(10);
    books.follow(10);
    books.tidy();
    expect(books.rows('log')).toBe(10);
    books.follow(4, 'influx');
    books.tidy();
    expect(firstIn(books)).toBe(5);
  });

  it('waits for all that ever moved where none are named, and for no other', async () => {
    const books = await opened({ keep: keep({ raw: hours(1) }) });
    const unnamed = await keptBooks({ keep: keep({ raw: hours(1) }) });
    for (const each of [books, unnamed]) {
      hourly(each, 10);
      each.follow(10);
      each.follow(4, 'an old sink');
      each.tidy();
    }
    expect([firstIn(books), firstIn(unnamed)]).toEqual([9, 5]);
  });

  it('never takes what is not rolled up yet', async () => {
    const books = await opened({ keep: keep({ raw: milliseconds(1) }) });
    books.append([heard(0), heard(1000)]);
    books.follow(2);
    books.keeping.work(false);
    expect(books.rows('log')).toBe(2);
  });

  it('keeps commands, links and the gateway’s own words, and the counts of rejections', async () => {
    const books = await opened({ keep: keep({ raw: hours(1) }) });
    const receivedAt = at(0);
    const by = { by: 'li', role: 'manager', body: {} };
    const others: Entry[] = [
      { kind: 'command', on: 'alarm', id: 'a1', action: 'acknowledge', ...by, receivedAt },
      { kind: 'link', of: 'device', id: 'k1', state: 'up', receivedAt },
      { kind: 'gateway', event: 'started', receivedAt },
      { kind: 'tick', receivedAt },
      { kind: 'rejection', source: 'broker', reason: 'not-json', receivedAt },
      { kind: 'rejection', source: 'broker', reason: 'not-json', receivedAt },
      { kind: 'rejection', source: 'line', reason: 'checksum', receivedAt },
    ];
    books.append([...others, heard(0), derived({ observedAt: at(0), receivedAt })]);
    books.tidy();
    hourly(books, 5);
    books.follow(14);
    books.tidy();
    const kinds = books.db.prepare('SELECT kind FROM log WHERE sequence < 10').all();
    expect(kinds.map(({ kind }) => kind)).toEqual([6, 4, 5]);
    const counts = books.db.prepare('SELECT source, reason, count FROM pruned_rejections').all();
    expect(counts.map((row) => ({ ...row }))).toEqual([
      { source: 'broker', reason: 'not-json', count: 2 },
      { source: 'line', reason: 'checksum', count: 1 },
    ]);
  });

  it('goes in slices of a thousand rows, so that no group waits long', async () => {
    const books = await opened({ keep: keep({ raw: hours(1), minute: hours(1) }) });
    books.append(Array.from({ length: 3600 }, (_, index) => heard(index * 60_000)));
    books.follow(3600);
    while (books.keeping.state().rolledUp < 3600) books.keeping.work(true);
    for (const afterMs of [8e8, 9e8]) {
      books.append([heard(afterMs)]);
      books.keeping.work(true);
    }
    books.follow(3602);
    const sizes: number[] = [];
    const rows = (): number => books.rows('log') + books.rows('minutes');
    for (let before = rows(); books.keeping.state().isDue; before = rows()) {
      books.keeping.work(true);
      sizes.push(before - rows());
    }
    expect(Math.max(...sizes)).toBe(1000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(7200);
  });

  it('never gives a sequence again, however much is pruned', async () => {
    const books = await opened({ keep: keep({ raw: milliseconds(0) }) });
    hourly(books, 10);
    books.follow(10);
    books.tidy();
    books.db.exec('DELETE FROM log');
    expect(logTable(books.db, []).head()).toBe(10);
  });

  it('believes no clock that leaps: one that shows another year for a block costs a week', async () => {
    const books = await opened({ keep: keep({ raw: days(1), minute: days(9) }) });
    hourly(books, 5);
    const year = days(365);
    books.append([reading({ observedAt: at(5 * HOUR), receivedAt: at(year) })]);
    books.follow(6);
    books.tidy();
    expect([books.rows('minutes'), books.rows('hours')]).toEqual([6, 6]);
    books.append([reading({ observedAt: at(6 * HOUR), receivedAt: at(0 - year) })]);
    books.tidy();
    expect(books.rows('minutes')).toBe(7);
  });
});

describe('the charts of a pruned store', () => {
  const moment = fc.nat({ max: 40 * 24 * 60 }).map((minute) => minute * 60_000);
  const told = fc.record({ after: moment, value: fc.integer({ min: 0, max: 999 }) });
  const asked = fc.record({
    from: fc.nat({ max: 40 }),
    width: fc.integer({ min: 1, max: 40 }),
    step: fc.constantFrom(minutes(1), hours(1), days(1), days(7)),
  });
  const spans = fc.constantFrom(days(1), days(3), days(10), days(20), FOREVER);
  const someKeep = fc.record({ raw: spans, minute: spans, hour: spans, day: fc.constant(FOREVER) });

  it('leave no reading out and count none twice, late ones among them', async () => {
    const books = await opened({ keep: keep({}), day: SHANGHAI });
    const batches = fc.array(fc.array(told, { minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(batches, someKeep, asked, (history, kept, { from, width, step }) => {
        books.empty();
        Object.assign(books.settings, { keep: kept });
        books.reopen();
        for (const [index, batch] of history.entries()) {
          const receivedAt = at(days(7) * (index + 1));
          books.append(
            batch.map(({ after, value }) =>
              reading({ observedAt: at(after), receivedAt, value, doubt: 'late' }),
            ),
          );
          books.tidy();
          books.follow(books.keeping.state().rolledUp);
          books.tidy();
        }
        // whole days of the site, so that no border cuts what is left
        const midnight = instant(Date.parse('2026-11-20T00:00:00+08:00'));
        const begin = later(midnight, days(from));
        const query = { from: begin, to: later(begin, days(width)), step };
        const readings = history.flat().map((one) => ({ ...one, observedAt: at(one.after) }));
        const total = (points: readonly (readonly number[])[]) =>
          points.reduce((sum, [, , mean = 0, , count = 0]) => sum + mean * count, 0);
        const expected = naiveSeries(readings, query, SHANGHAI);
        const found = books.series(query);
        expect(total(found)).toBeCloseTo(total(expected), 6);
        const lost = step >= days(1) ? expected.length - found.length : 0;
        expect(lost).toBe(0);
        expect(Math.max(...found.map(([, , , most]) => most))).toBe(
          Math.max(...expected.map(([, , , most]) => most)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are the same by the minute, hour and day as before the readings went', async () => {
    const books = await opened({ keep: keep({ raw: hours(1) }) });
    const tell = (count: number): Entry[] =>
      Array.from({ length: count }, (_, index) => heard(index * 20_000, index));
    books.append(tell(2000));
    books.keeping.work(true);
    const charts = () =>
      [minutes(1), minutes(15), HOUR, days(1)].map((step) =>
        books.series({ from: at(0), to: at(days(1)), step }),
      );
    const before = charts();
    dayLater(books);
    expect(books.rows('log')).toBe(2);
    expect(charts()).toEqual(before);
  });

  it('have a point for each minute where a finer step was asked for', async () => {
    const books = await opened({ keep: keep({ raw: hours(1) }) });
    books.append([heard(0, 1), heard(10_000, 2), heard(60_000, 3)]);
    books.tidy();
    const query = { from: at(0), to: at(120_000), step: seconds(10) };
    expect(books.series(query)).toHaveLength(3);
    dayLater(books);
    expect(books.series(query)).toEqual([
      [at(0), 1, 1.5, 2, 2],
      [at(60_000), 3, 3, 3, 1],
    ]);
  });

  it('take a late reading into its minute although the readings beside it are gone', async () => {
    const books = await opened({ keep: keep({ raw: hours(1) }) });
    books.append([heard(0, 1)]);
    books.tidy();
    dayLater(books);
    books.append([
      reading({ observedAt: at(500), receivedAt: at(days(1)), value: 5, doubt: 'late' }),
    ]);
    const query = { from: at(0), to: at(60_000), step: minutes(1) };
    const expected = [[at(0), 1, 3, 5, 2]];
    expect(books.series(query)).toEqual(expected);
    books.tidy();
    expect(books.series(query)).toEqual(expected);
  });

  it('take a reading that is older than the minutes into its hour, and leave no minute behind', async () => {
    const books = await opened({ keep: keep({ raw: hours(1), minute: hours(20) }) });
    books.append([heard(0, 1), heard(5 * HOUR, 2)]);
    books.tidy();
    dayLater(books);
    const { rows } = books;
    const before = rows('minutes');
    books.append([
      reading({ observedAt: at(500), receivedAt: at(days(3)), value: 5, doubt: 'late' }),
    ]);
    books.tidy();
    expect([rows('minutes'), rows('hours')]).toEqual([before, 4]);
    expect(books.series({ from: at(0), to: at(HOUR), step: minutes(1) })).toEqual([
      [at(0), 1, 3, 5, 2],
    ]);
  });
});
