// Minutes, hours and days hold what the readings say, however these come: late, many in a minute,
// around the days on which the clocks change; and a chart is the same from whatever is left.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import type { ReadingEntry } from '../../gateway/domain/record.ts';
import type { Duration } from '../../gateway/domain/time.ts';
import {
  days,
  hours,
  instant,
  later,
  milliseconds,
  minutes,
  seconds,
} from '../../gateway/domain/time.ts';
import { bordersOf } from '../../gateway/store/grain.ts';
import { BLOCK } from '../../gateway/store/roller.ts';
import { at, reading } from './entries.ts';
import { keptBooks, naiveSeries } from './kept-books.ts';

const BERLIN = { zone: 'Europe/Berlin', dayStartsAtMinute: 0 };
/** Both changes of the clocks lie within ten days of it, one on either side of half a year. */
const SPRING = Date.parse('2026-03-27T00:00:00Z');
const AUTUMN = Date.parse('2026-10-23T00:00:00Z');

const STEPS: readonly Duration[] = [
  seconds(10),
  minutes(1),
  minutes(15),
  hours(1),
  hours(6),
  days(1),
  days(2),
];

/** A moment within four days of a change of the clocks, with a liking for borders. */
const moment = fc
  .record({
    season: fc.constantFrom(SPRING, AUTUMN),
    minute: fc.nat({ max: 4 * 1440 }),
    ms: fc.oneof(fc.constantFrom(0, 1, 59_999), fc.nat({ max: 59_999 })),
  })
  .map(({ season, minute, ms }) => instant(season + minute * 60_000 + ms));
/**
 * Whole numbers, short decimals and long ones: the three kinds of cells. Adding 0 leaves no −0, which
 * the store reads back as 0 (FORMAT.md).
 */
const value = fc
  .oneof(
    fc.integer({ min: -500, max: 20_000 }),
    fc.integer({ min: -5000, max: 90_000 }).map((hundredths) => hundredths / 100),
    fc.double({ min: -1000, max: 1000, noNaN: true }),
  )
  .map((number) => number + 0);
const told = fc.record({
  observedAt: moment,
  value,
  device: fc.constantFrom('k1', 'k1-new'),
});
const span = fc.record({
  from: moment,
  width: fc.nat({ max: 5 * 86_400_000 }),
  step: fc.constantFrom(...STEPS),
});

const heard = (changed: Partial<ReadingEntry>): ReadingEntry =>
  reading({ ...changed, receivedAt: changed.observedAt ?? at(0) });

function expectAlike(
  found: readonly (readonly number[])[],
  expected: readonly (readonly number[])[],
): void {
  expect(found.map(([start, least, , most, count]) => [start, least, most, count])).toEqual(
    expected.map(([start, least, , most, count]) => [start, least, most, count]),
  );
  for (const [index, [, , mean = 0]] of expected.entries()) {
    expect(found[index]?.[2]).toBeCloseTo(mean, 8);
  }
}

type Heard = Pick<ReadingEntry, 'observedAt' | 'value'>;

/** Cells hold thousandths; a minute with one reading has no row of sums. */
const CROWDED = `
  SELECT last / 1000 AS last, ifnull(count, 1) AS count, ifnull(least, last / 1000) AS least,
    ifnull(most, last / 1000) AS most, ifnull(sum, last / 1000) AS sum
  FROM minutes LEFT JOIN full_minutes USING (series, minute) ORDER BY minute`;

describe('rollups', () => {
  it('give the chart that the readings give, however many of them are rolled up', async () => {
    const books = await keptBooks({ day: BERLIN });
    const history = fc.array(fc.array(told, { minLength: 1, maxLength: 30 }), { maxLength: 4 });
    fc.assert(
      fc.property(history, fc.array(told, { maxLength: 5 }), span, (batches, rest, asked) => {
        books.empty();
        for (const batch of batches) {
          books.append(batch.map(heard));
          books.tidy();
        }
        books.append(rest.map(heard));
        const query = { ...asked, to: later(asked.from, milliseconds(asked.width)) };
        expectAlike(books.series(query), naiveSeries([...batches.flat(), ...rest], query, BERLIN));
      }),
      { numRuns: 300 },
    );
  });

  it('hold least, most, sum, count and last of every bucket, as plain arithmetic has them', async () => {
    const books = await keptBooks({ day: BERLIN });
    fc.assert(
      fc.property(fc.array(fc.array(told, { minLength: 1 }), { maxLength: 4 }), (batches) => {
        books.empty();
        for (const batch of batches) {
          books.append(batch.map((one) => heard({ ...one, device: 'k1' })));
          books.tidy();
        }
        for (const grain of ['hour', 'day'] as const) {
          const { floor } = bordersOf(grain, siteDays(BERLIN));
          const expected = [...Map.groupBy(batches.flat(), (one) => floor(one.observedAt))]
            .toSorted(([a], [b]) => a - b)
            .map(([, members]) => lastAndCount(members));
          const rows = books.db
            .prepare(`SELECT last, count, least, most FROM ${grain}s ORDER BY ${grain}`)
            .all();
          expect(rows.map((row) => ({ ...row }))).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('hold what a crowded minute says, however often it is added to and in whatever order', async () => {
    const books = await keptBooks();
    const soon = fc.record({
      observedAt: fc
        .oneof(fc.constantFrom(0, 59_999, 60_000), fc.nat({ max: 119_999 }))
        .map((ms) => at(ms)),
      value: fc.integer({ min: -500, max: 20_000 }),
    });
    const batches = fc.array(fc.array(soon, { minLength: 1, maxLength: 12 }), { maxLength: 5 });
    fc.assert(
      fc.property(batches, (some) => {
        books.empty();
        for (const batch of some) {
          books.append(batch.map(heard));
          books.tidy();
        }
        const minuteOf = ({ observedAt }: Heard): number => Math.floor(observedAt / 60_000);
        const expected = [...Map.groupBy(some.flat(), minuteOf)]
          .toSorted(([a], [b]) => a - b)
          .map(([, members]) => ({
            ...lastAndCount(members),
            sum: members.reduce((sum, { value: one }) => sum + one, 0),
          }));
        expect(
          books.db
            .prepare(CROWDED)
            .all()
            .map((row) => ({ ...row })),
        ).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('keep a minute with one reading as that reading, and sums only where there are more', async () => {
    const books = await keptBooks();
    books.append([heard({ observedAt: at(0), value: 31.27 })]);
    books.append([1, 2].map((value) => heard({ observedAt: at(60_000 + value), value })));
    books.tidy();
    expect([books.rows('minutes'), books.rows('full_minutes')]).toEqual([2, 1]);
    expect({ ...books.db.prepare('SELECT last FROM minutes LIMIT 1').get() }).toEqual({
      last: 31_270,
    });
  });

  it('put a late reading into the minute, hour and day that it was made in', async () => {
    const books = await keptBooks();
    books.append([
      heard({ observedAt: at(0), value: 10 }),
      heard({ observedAt: at(9e7), value: 5 }),
    ]);
    books.tidy();
    books.append([reading({ observedAt: at(1000), receivedAt: at(9e7), value: 2, doubt: 'late' })]);
    books.tidy();
    const whole = { from: at(0), to: at(60_000) };
    expect(books.series({ ...whole, step: minutes(1) })).toEqual([[at(0), 2, 6, 10, 2]]);
    expect({ ...books.db.prepare('SELECT last, count FROM hours LIMIT 1').get() }).toEqual({
      last: 2,
      count: 2,
    });
  });

  it('leave doubted readings out, as the log’s chart does', async () => {
    const books = await keptBooks();
    books.append([heard({ doubt: 'jump' }), heard({ doubt: 'bad-echo' })]);
    books.tidy();
    expect(['minutes', 'hours', 'days'].map(books.rows)).toEqual([0, 0, 0]);
  });

  it('wait for a whole block, so that a bucket is written once for many readings', async () => {
    const books = await keptBooks();
    const append = (count: number): void =>
      books.append(Array.from({ length: count }, () => heard({})));
    append(1);
    books.keeping.work(false);
    append(BLOCK - 2);
    expect([books.keeping.state().isDue, books.rows('blocks')]).toEqual([false, 0]);
    append(1);
    expect(books.keeping.state().isDue).toBe(true);
    books.keeping.work(false);
    expect([books.rows('blocks'), books.keeping.state().rolledUp]).toEqual([1, BLOCK]);
  });

  it('leave the look between two minutes exact to the millisecond', async () => {
    const books = await keptBooks();
    for (const afterMs of [0, 700, 1500]) {
      books.append([heard({ observedAt: at(afterMs) })]);
      books.tidy();
    }
    const count = (from: number, to: number): number =>
      books.series({ from: at(from), to: at(to), step: seconds(1) }).length;
    expect([count(700, 701), count(701, 1500), count(1500, 1501), count(0, 2000)]).toEqual([
      1, 0, 1, 2,
    ]);
  });

  it('go on after a restart where they stood, and count nothing twice', async () => {
    const books = await keptBooks();
    const query = { from: at(0), to: at(60_000), step: minutes(1) };
    books.append([heard({ value: 1 })]);
    books.tidy();
    books.reopen();
    books.append([heard({ value: 3 })]);
    expect(books.series(query)).toEqual([[at(0), 1, 2, 3, 2]]);
    books.tidy();
    expect(books.series(query)).toEqual([[at(0), 1, 2, 3, 2]]);
  });
});

interface Told {
  readonly observedAt: number;
  readonly value: number;
}

function lastAndCount(members: readonly Told[]) {
  const last = members.reduce((last, one) => (one.observedAt >= last.observedAt ? one : last));
  const values = members.map((one) => one.value);
  return {
    last: last.value,
    count: values.length,
    least: Math.min(...values),
    most: Math.max(...values),
  };
}
