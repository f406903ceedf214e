// What every store keeps of the ledger, whatever it is made of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Correction } from '../../gateway/domain/correction.ts';
import { daysFrom } from '../../gateway/domain/day.ts';
import type { ImportedFigure } from '../../gateway/domain/ledger.ts';
import { savedDay } from '../../gateway/domain/ledger-shelf.ts';
import { addedUp, sumOfDay, type LedgerSum } from '../../gateway/domain/ledger-sum.ts';
import type { ImportNote, Store } from '../../gateway/store/log.ts';
import { NOON, at, ledgerDay, stepCommit } from '../store/entries.ts';

const figure = (changed: Partial<ImportedFigure> = {}): ImportedFigure => ({
  key: 'a',
  source: 'crew',
  span: 'day',
  period: '2026-11-20',
  stream: 'wet',
  basis: 'collected',
  kg: 100,
  ...changed,
});

const note = (changed: Partial<ImportNote> = {}): ImportNote => ({
  at: NOON,
  source: 'crew',
  file: 'november.csv',
  added: 1,
  replaced: 0,
  ...changed,
});

const correction = (changed: Partial<Correction> = {}): Correction => ({
  id: 'a',
  basis: 'deposited',
  kg: -3,
  reason: 'a chair',
  by: 'li',
  at: NOON,
  state: 'approved',
  ...changed,
});

const inOrder = (sums: readonly LedgerSum[]): LedgerSum[] =>
  sums.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const keyOf = ({ day, station, stream, origin }: LedgerSum): string =>
  [day, station, stream, origin].join(' ');

export function ledgerContract(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name}: the ledger`, () => {
    it('keeps the days that the step saves, the latest of each', async () => {
      const { step, ledger } = await opened();
      const dry = ledgerDay({ stream: 'dry' });
      await step.save(stepCommit({ ledger: [ledgerDay(), dry] }));
      const later = ledgerDay({ depositedKg: 43, revision: 1, reopenedAt: NOON, revisedAt: at(5) });
      await step.save(stepCommit({ ledger: [later] }));
      expect(await ledger.days('2026-11-20', '2026-11-20')).toEqual([dry, later]);
    });

    it('gives the days of a span, both of its ends included', async () => {
      const { step, ledger } = await opened();
      const days = ['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'];
      await step.save(stepCommit({ ledger: days.map((day) => ledgerDay({ day })) }));
      const found = await ledger.days('2026-11-01', '2026-11-30');
      expect(found.map(({ day }) => day)).toEqual(['2026-11-01', '2026-11-30']);
    });

    it.each([
      { by: 'day' },
      { by: 'week' },
      { by: 'month' },
      { by: 'span' },
      { by: 'month', station: 'k2' },
      { by: 'week', stream: 'dry' },
      { by: 'day', station: 'k1', stream: 'wet' },
    ] as const)('adds up the days of a span: %j', async (asked) => {
      const { step, ledger } = await opened();
      const days = daysFrom('2024-12-25', '2025-01-10').flatMap((day, index) => [
        ledgerDay({
          day,
          depositedKg: index,
          byBin: { 'k1-wet': { inKg: 5, outKg: 0, startKg: 1, endKg: 1 + index } },
          ...(index % 3 === 0 && { revision: 1, reopenedAt: at(index) }),
        }),
        ledgerDay({ day, stream: 'dry', station: 'k2', depositedKg: 8, collectedKg: index / 8 }),
        ledgerDay({ day, origin: 'estimated', depositedKg: 0, depositedL: index, heard: {} }),
      ]);
      const corrections = [correction(), correction({ id: 'b', state: 'pending', kg: 2 })];
      const corrected = ledgerDay({
        day: '2025-01-02',
        station: 'k2',
        depositedKg: 2,
        corrections,
      });
      await step.save(stepCommit({ ledger: [...days, corrected] }));
      const within = [...days, corrected].filter(
        ({ day, station, stream }) =>
          day >= '2024-12-27' &&
          day <= '2025-01-09' &&
          (!('station' in asked) || station === asked.station) &&
          (!('stream' in asked) || stream === asked.stream),
      );
      const found = await ledger.sums({ from: '2024-12-27', to: '2025-01-09', ...asked });
      expect(inOrder(found)).toEqual(inOrder(addedUp(within.map(sumOfDay), asked.by)));
    });

    it('loads the days that a late reading may still change', async () => {
      const { step } = await opened();
      await step.save(stepCommit({ ledger: [ledgerDay()] }));
      expect((await step.load()).ledger).toEqual([savedDay(ledgerDay())]);
    });

    it('adds up the figures of a source that speak of the same, and counts those without a number', async () => {
      const { ledger } = await opened();
      const { kg: _none, ...blank } = figure({ key: 'c' });
      await ledger.take([figure(), figure({ key: 'b', kg: 0.5 }), blank], note({ added: 3 }));
      await ledger.take([figure({ key: 'd', source: 'other', kg: 7 })], note({ source: 'other' }));
      const of = { span: 'day', period: '2026-11-20', stream: 'wet', basis: 'collected' };
      const totals = await ledger.totals('2026-11-20', '2026-11-20');
      expect(totals.sort((a, b) => a.kg - b.kg)).toEqual([
        { ...of, source: 'other', kg: 7, figures: 1, usable: 1 },
        { ...of, source: 'crew', kg: 100.5, figures: 3, usable: 2 },
      ]);
    });

    it('keeps stations apart, and figures without a station too', async () => {
      const { ledger } = await opened();
      await ledger.take([figure(), figure({ key: 'b', station: 'k1', kg: 5 })], note());
      const totals = await ledger.totals('2026-11-01', '2026-11-30');
      const byStation = new Map(totals.map(({ station, kg }) => [station, kg]));
      expect(byStation).toEqual(
        new Map([
          [undefined, 100],
          ['k1', 5],
        ]),
      );
    });

    it('gives a month only where the whole of it lies in the span', async () => {
      const { ledger } = await opened();
      await ledger.take([figure({ span: 'month', period: '2024-02' })], note());
      const found = async (from: string, to: string) => (await ledger.totals(from, to)).length;
      expect(await found('2024-02-01', '2024-02-29')).toBe(1);
      expect(await found('2024-02-01', '2024-02-28')).toBe(0);
      expect(await found('2024-02-02', '2024-03-31')).toBe(0);
    });

    it('puts a figure in the place of the one with the same key, and can take its number back', async () => {
      const { ledger } = await opened();
      await ledger.take([figure()], note());
      await ledger.take([figure({ kg: 90, stream: 'dry' })], note({ added: 0, replaced: 1 }));
      expect(await ledger.figures('crew')).toEqual([figure({ kg: 90, stream: 'dry' })]);
      const { kg: _none, ...blank } = figure();
      await ledger.take([blank], note());
      expect(await ledger.figures('crew')).toEqual([blank]);
    });

    it('remembers every import, the newest first', async () => {
      const { ledger } = await opened();
      await ledger.take([figure()], note());
      await ledger.take([figure({ kg: 1 })], note({ at: at(1), file: 'corrected.csv' }));
      expect(await ledger.imports(1)).toMatchObject([{ at: at(1), file: 'corrected.csv' }]);
      expect(await ledger.imports(9)).toHaveLength(2);
    });
  });
}
