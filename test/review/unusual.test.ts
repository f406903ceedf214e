import { describe, expect, it } from 'vitest';
import { addDays } from '../../gateway/domain/day.ts';
import type { LedgerRow } from '../../gateway/domain/ledger.ts';
import { unusualIn, withUnusual, withWetShare } from '../../gateway/review/unusual.ts';

const row = (changed: Partial<LedgerRow> = {}): LedgerRow => ({
  period: '2026-11-02',
  stream: 'wet',
  station: 'k1',
  kg: 40,
  basis: 'deposited',
  origin: 'measured',
  completeness: 1,
  ...changed,
});

/** The same weekday of the last eight weeks. */
const MONDAYS = Array.from({ length: 8 }, (_, week) =>
  row({ period: addDays('2026-11-02', -7 * (week + 1)), kg: 38 + (week % 4) }),
);

describe('a day’s figure', () => {
  it.each([
    [40, undefined],
    [50, undefined],
    [53, 'jump'],
    [27, 'drop'],
    [0, 'drop'],
  ])('of %d kg where 39.5 are usual: %s', (kg, kind) => {
    expect(withUnusual([row({ kg })], MONDAYS)[0]?.unusual?.kind).toBe(kind);
  });

  it('says what is usual, and of how many weeks', () => {
    expect(withUnusual([row({ kg: 80 })], MONDAYS)[0]?.unusual).toEqual({
      kind: 'jump',
      usualKg: 39.5,
      weeks: 8,
    });
  });

  it('is not judged by fewer than four weeks', () => {
    expect(withUnusual([row({ kg: 80 })], MONDAYS.slice(0, 3))[0]).not.toHaveProperty('unusual');
    expect(withUnusual([row({ kg: 80 })], MONDAYS.slice(0, 4))[0]).toHaveProperty('unusual');
  });

  it('is not called low where it was hardly heard, nor are such days taken for usual', () => {
    const deaf = row({ kg: 2, completeness: 0.4 });
    expect(withUnusual([deaf], MONDAYS)[0]).not.toHaveProperty('unusual');
    const deafWeeks = MONDAYS.map((one) => ({ ...one, completeness: 0.5 }));
    expect(withUnusual([row({ kg: 2 })], deafWeeks)[0]).not.toHaveProperty('unusual');
  });

  it('is held against its own weekday, station and stream alone', () => {
    const others = [
      ...MONDAYS.map((one) => ({ ...one, station: 'k2' })),
      ...MONDAYS.map((one) => ({ ...one, period: addDays(one.period, 1) })),
    ];
    expect(withUnusual([row({ kg: 99 })], others)[0]).not.toHaveProperty('unusual');
  });

  it('is seen in spite of one wild week among the eight', () => {
    expect(unusualIn(80, [39, 40, 41, 38, 40, 39, 41, 900])).toMatchObject({ kind: 'jump' });
  });
});

it('wet waste has its share of all that its station got, and other streams none', () => {
  const rows = withWetShare([
    row({ kg: 35 }),
    row({ stream: 'dry', kg: 60 }),
    row({ stream: 'recyclable', kg: 5 }),
    row({ station: 'k2', kg: 10 }),
    row({ station: 'k3', kg: 0 }),
  ]);
  expect(rows.map(({ wetShare }) => wetShare)).toEqual([0.35, undefined, undefined, 1, undefined]);
});
