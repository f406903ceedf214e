// What every store keeps of the ledger, whatever it is made of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ImportedFigure } from '../../gateway/domain/ledger.ts';
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

    it('loads the days that a late reading may still change', async () => {
      const { step } = await opened();
      await step.save(stepCommit({ ledger: [ledgerDay()] }));
      expect((await step.load()).ledger).toEqual([ledgerDay()]);
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
