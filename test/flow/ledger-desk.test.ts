import { describe, expect, it } from 'vitest';
import type { LedgerQuery } from '../../gateway/api/desk.ts';
import type { ImportedFigure, LedgerDay } from '../../gateway/domain/ledger.ts';
import { instant } from '../../gateway/domain/time.ts';
import { createLedgerDesk } from '../../gateway/flow/weights/ledger-desk.ts';
import { memoryLedger } from '../fakes/memory-ledger.ts';
import { COMPOUND } from '../fakes/small-site.ts';
import { ledgerDay } from '../store/entries.ts';

const NOW = instant(Date.parse('2026-11-22T10:00:00+08:00'));

async function asked(
  query: LedgerQuery,
  { days = [], figures = [] }: { days?: LedgerDay[]; figures?: ImportedFigure[] } = {},
) {
  const ledger = memoryLedger(new Map(days.map((day) => [day.id, day])));
  if (figures.length > 0) {
    await ledger.take(figures, { at: NOW, source: 's', file: 'f', added: 1, replaced: 0 });
  }
  const desk = createLedgerDesk({
    place: COMPOUND.place,
    ledger,
    clock: { now: () => NOW },
    head: () => 7,
  });
  return desk(query);
}

const rowsOf = (answer: Awaited<ReturnType<typeof asked>>) => (answer.ok ? answer.value.rows : []);
const figure = (changed: Partial<ImportedFigure>): ImportedFigure => ({
  key: JSON.stringify(changed),
  source: 'crew',
  span: 'day',
  period: '2025-11-21',
  stream: 'wet',
  basis: 'deposited',
  kg: 5,
  ...changed,
});

describe('the ledger is asked for', () => {
  it('the last month up to today where nothing else is said', async () => {
    const answer = await asked({});
    expect(answer).toMatchObject({
      ok: true,
      value: { from: '2026-10-23', to: '2026-11-22', by: 'day', dataVersion: 'log 7, no import' },
    });
  });

  it.each([
    [{ from: '2026-11', to: '2026-11' }, '2026-11-01', '2026-11-30'],
    [{ from: '2026-11-01', to: '2026-11-02' }, '2026-11-01', '2026-11-02'],
    [
      { from: '2026-11-01T00:00:00+08:00', to: '2026-11-03T00:00:00+08:00' },
      '2026-11-01',
      '2026-11-02',
    ],
    [{ from: '2026-10-31T16:00:00Z', to: '1793635200001' }, '2026-11-01', '2026-11-03'],
    [{ from: '2026-11-01T00:00:00 08:00', to: '2026-11-02' }, '2026-11-01', '2026-11-02'],
  ])('%j: from %s to %s', async (query, from, to) => {
    expect(await asked(query)).toMatchObject({ ok: true, value: { from, to } });
  });

  it.each([
    { from: 'yesterday' },
    { to: '2026-02-30' },
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '999999999999999' },
    { from: '2026-11-01T00:00' },
  ])('%j is refused', async (query) => {
    expect(await asked(query)).toMatchObject({ ok: false, status: 422 });
  });

  it('one station, stream or basis alone', async () => {
    const days = [ledgerDay(), ledgerDay({ stream: 'dry' }), ledgerDay({ station: 'k2' })];
    const rows = rowsOf(
      await asked({ station: 'k1', stream: 'wet', basis: 'deposited' }, { days }),
    );
    expect(rows).toMatchObject([{ station: 'k1', stream: 'wet', basis: 'deposited' }]);
  });

  it('says when a day was reopened', async () => {
    const days = [ledgerDay({ revision: 1, reopenedAt: NOW, collectedKg: 0 })];
    expect(rowsOf(await asked({}, { days }))).toMatchObject([
      { revision: 1, reopenedAt: '2026-11-22T02:00:00.000Z' },
    ]);
  });
});

describe('last year’s figure', () => {
  const today = (changed: Partial<LedgerDay>) => ledgerDay({ collectedKg: 0, ...changed });

  it('is that of the day 364 days before', async () => {
    const days = [
      today({ day: '2026-11-20', depositedKg: 50 }),
      today({ day: '2025-11-21', depositedKg: 40 }),
      today({ day: '2025-11-20', depositedKg: 999 }),
    ];
    const query = { from: '2026-11-20', to: '2026-11-20', compare: 'last-year' } as const;
    expect(rowsOf(await asked(query, { days }))).toMatchObject([
      { kg: 50, lastYear: { kg: 40, origin: 'measured', completeness: 1 } },
    ]);
  });

  it('near the Spring Festival is that of the same distance from it', async () => {
    const days = [
      today({ day: '2026-02-17', depositedKg: 9 }),
      today({ day: '2025-01-29', depositedKg: 8 }),
      today({ day: '2025-02-18', depositedKg: 999 }),
    ];
    const query = { from: '2026-02-17', to: '2026-02-17', compare: 'last-year' } as const;
    expect(rowsOf(await asked(query, { days }))).toMatchObject([{ kg: 9, lastYear: { kg: 8 } }]);
  });

  it('of a week is the sum of those that its days are held against', async () => {
    const days = [
      today({ day: '2026-11-16', depositedKg: 1 }),
      ...['2025-11-17', '2025-11-23'].map((day) => today({ day, depositedKg: 10 })),
      today({ day: '2025-11-16', depositedKg: 999 }),
    ];
    const query = {
      from: '2026-11-16',
      to: '2026-11-22',
      by: 'week',
      compare: 'last-year',
    } as const;
    expect(rowsOf(await asked(query, { days }))).toMatchObject([
      { period: '2026-W47', kg: 1, lastYear: { kg: 20 } },
    ]);
  });

  it('may come from a sheet, for a whole month of its own too', async () => {
    const days = [today({ day: '2026-11-20', depositedKg: 1 })];
    const figures = [figure({ station: 'k1', kg: 40 })];
    const byDay = { from: '2026-11-20', to: '2026-11-20', compare: 'last-year' } as const;
    expect(rowsOf(await asked(byDay, { days, figures }))).toMatchObject([
      { lastYear: { kg: 40, origin: 'imported' } },
    ]);
    const monthly = [
      figure({ span: 'month', period: '2025-11', kg: 900 }),
      figure({ span: 'month', period: '2026-11', kg: 950 }),
    ];
    const byMonth = { from: '2026-11', to: '2026-11', by: 'month', compare: 'last-year' } as const;
    expect(rowsOf(await asked(byMonth, { figures: monthly }))).toMatchObject([
      { period: '2026-11', kg: 950, lastYear: { kg: 900 } },
    ]);
  });

  it('is the fuller of two accounts', async () => {
    const days = [
      today({ day: '2026-11-20' }),
      today({ day: '2025-11-21', depositedKg: 3, heard: { 'k1-wet': [0, 60] } }),
    ];
    const figures = [figure({ station: 'k1', kg: 40 })];
    const query = { from: '2026-11-20', to: '2026-11-20', compare: 'last-year' } as const;
    expect(rowsOf(await asked(query, { days, figures }))).toMatchObject([{ lastYear: { kg: 40 } }]);
  });

  it('is absent where there is none, and where nobody asks', async () => {
    const days = [today({ day: '2026-11-20' }), today({ day: '2025-11-21', station: 'k2' })];
    const query = { from: '2026-11-20', to: '2026-11-20' };
    for (const more of [{}, { compare: 'last-year' as const }]) {
      expect(rowsOf(await asked({ ...query, ...more }, { days }))[0]).not.toHaveProperty(
        'lastYear',
      );
    }
  });
});
