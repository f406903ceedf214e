import { describe, expect, it } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import type { Grain, ImportedTotal, LedgerDay } from '../../gateway/domain/ledger.ts';
import { instant } from '../../gateway/domain/time.ts';
import { sumOfDay } from '../../gateway/domain/ledger-sum.ts';
import { ledgerRows } from '../../gateway/review/ledger.ts';
import { ledgerDay } from '../store/entries.ts';

const calendar = siteDays({ zone: 'Asia/Shanghai', dayStartsAtMinute: 0 });
const rows = (by: Grain, days: readonly LedgerDay[], totals: readonly ImportedTotal[] = []) =>
  ledgerRows({ by, sums: days.map(sumOfDay), totals, calendar });

const total = (changed: Partial<ImportedTotal> = {}): ImportedTotal => ({
  source: 'crew',
  span: 'month',
  period: '2026-11',
  stream: 'wet',
  basis: 'collected',
  kg: 3000,
  figures: 1,
  usable: 1,
  ...changed,
});

describe('the ledger by day', () => {
  it('has a row for what was deposited, and one for what was collected', () => {
    expect(rows('day', [ledgerDay()])).toEqual([
      {
        period: '2026-11-20',
        stream: 'wet',
        station: 'k1',
        kg: 41.2,
        basis: 'deposited',
        origin: 'measured',
        completeness: 1,
      },
      {
        period: '2026-11-20',
        stream: 'wet',
        station: 'k1',
        kg: 40,
        basis: 'collected',
        origin: 'measured',
        completeness: 1,
      },
    ]);
  });

  it('is half complete where one of two bins was never heard', () => {
    expect(rows('day', [ledgerDay({ bins: 2 })])[0]?.completeness).toBe(0.5);
  });

  it('never contains a month', () => {
    expect(rows('day', [], [total()])).toEqual([]);
  });

  it('says that a day was reopened', () => {
    const reopenedAt = instant(1);
    expect(rows('day', [ledgerDay({ revision: 2, reopenedAt })])[0]).toMatchObject({
      revision: 2,
      reopenedAt,
    });
  });
});

describe('the ledger by week', () => {
  it('adds up the days of an ISO week, and knows how much of it was heard', () => {
    const days = ['2026-11-16', '2026-11-22', '2026-11-23'].map((day) =>
      ledgerDay({ day, collectedKg: 0, depositedKg: 10 }),
    );
    expect(rows('week', days)).toMatchObject([
      { period: '2026-W47', kg: 20, completeness: 0.2857 },
      { period: '2026-W48', kg: 10, completeness: 0.1429 },
    ]);
  });

  it('never contains a month', () => {
    expect(rows('week', [], [total()])).toEqual([]);
  });
});

describe('the ledger by month', () => {
  it('contains months as they came, and the days of sheets added up beside them', () => {
    const daily = total({ span: 'day', source: 'bridge' });
    const told = [
      total(),
      { ...daily, period: '2026-11-03', kg: 5 },
      { ...daily, period: '2026-11-04', kg: 6 },
    ];
    expect(rows('month', [], told)).toMatchObject([
      { period: '2026-11', source: 'bridge', kg: 11, origin: 'imported' },
      { period: '2026-11', source: 'crew', kg: 3000, origin: 'imported' },
    ]);
  });

  it('is as complete as the sheet has numbers for it', () => {
    expect(rows('month', [], [total({ figures: 4, usable: 3 })])[0]?.completeness).toBe(0.75);
  });

  it('is as complete as the days that the sheets of a source speak of', () => {
    const daily = total({ span: 'day', kg: 1 });
    const told = [
      { ...daily, period: '2026-11-03' },
      { ...daily, period: '2026-11-04', stream: 'dry' as const },
      { ...daily, period: '2026-11-05', figures: 2 },
    ];
    const found = rows('month', [], told).map(({ stream, completeness }) => [stream, completeness]);
    expect(found).toEqual([
      ['wet', 0.0667],
      ['dry', 0.1],
    ]);
    expect(rows('day', [], told).map(({ completeness }) => completeness)).toEqual([1, 1, 0.5]);
  });

  it('has no row where the sheet has no number, rather than a nought', () => {
    expect(rows('month', [], [total({ kg: 0, figures: 3, usable: 0 })])).toEqual([]);
  });

  it('counts a month with 23 or 25 hours in one of its days', () => {
    const berlin = siteDays({ zone: 'Europe/Berlin', dayStartsAtMinute: 0 });
    const day = ledgerDay({ day: '2026-10-25', minutes: 1500, heard: { 'k1-wet': [0, 1500] } });
    const [row] = ledgerRows({ by: 'month', sums: [sumOfDay(day)], totals: [], calendar: berlin });
    expect(row?.completeness).toBeCloseTo(1500 / (31 * 1440 + 60), 4);
  });
});

it('rows stand by period, then stream as the compound names them, then station', () => {
  const days = [
    ledgerDay({ day: '2026-11-21', collectedKg: 0 }),
    ledgerDay({ stream: 'hazardous', collectedKg: 0 }),
    ledgerDay({ station: 'k2', collectedKg: 0 }),
    ledgerDay({ collectedKg: 0 }),
  ];
  const order = rows('day', days).map(({ period, stream, station }) => [period, stream, station]);
  expect(order).toEqual([
    ['2026-11-20', 'wet', 'k1'],
    ['2026-11-20', 'wet', 'k2'],
    ['2026-11-20', 'hazardous', 'k1'],
    ['2026-11-21', 'wet', 'k1'],
  ]);
});
