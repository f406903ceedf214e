// What every store keeps of the loss ledger.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { IntakeChanges } from '../../gateway/domain/intake-book.ts';
import type { LossRow } from '../../gateway/domain/loss.ts';
import type { LossQuery, Store } from '../../gateway/store/log.ts';
import { instant } from '../../gateway/domain/time.ts';
import { at, stepCommit } from '../store/entries.ts';

const NOTHING: IntakeChanges = { counts: [], reasons: [], losses: [] };
const EVERYTHING: LossQuery = { from: instant(0), to: instant(9e15), limit: 100, offset: 0 };

const gap = (change: Partial<LossRow> = {}): LossRow => ({
  id: 'k1 42',
  day: '2026-11-22',
  source: 'bins-line',
  device: 'k1',
  reason: 'gap',
  from: at(0),
  to: at(1000),
  count: 10,
  firstSeq: 42,
  lastSeq: 51,
  ...change,
});

export function lossContract(name: string, open: () => Promise<Store>): void {
  const opened = async () => {
    const store = await open();
    onTestFinished(() => store.close());
    let cursor = 0;
    return {
      ...store,
      save: (changes: Partial<IntakeChanges>) =>
        store.step.save(stepCommit({ cursor: ++cursor, intake: { ...NOTHING, ...changes } })),
      ids: async (query: Partial<LossQuery> = {}) =>
        (await store.books.losses({ ...EVERYTHING, ...query })).map(({ id }) => id),
    };
  };
  const k1 = { day: '2026-11-22', source: 'bins-line', device: 'k1' };

  describe(`${name}: the loss ledger`, () => {
    it('is empty at first', async () => {
      const { books } = await opened();
      expect(await books.losses(EVERYTHING)).toEqual([]);
      expect(await books.intakeDays('0000-01-01', '9999-12-31')).toEqual({
        counts: [],
        reasons: [],
      });
    });

    it('adds up what is counted, by day, source, device and reason', async () => {
      const { books, save } = await opened();
      const refused = { ...k1, kind: 'rejected', reason: 'checksum' } as const;
      const lost = { ...k1, kind: 'lost', reason: 'gap' } as const;
      await save({
        counts: [
          { ...k1, frames: 3, readings: 6 },
          { ...k1, frames: 1, readings: 1 },
        ],
        reasons: [
          { ...refused, count: 2 },
          { ...lost, count: 3 },
        ],
      });
      await save({
        counts: [
          { ...k1, frames: 1, readings: 2 },
          { ...k1, day: '2026-11-23', frames: 5, readings: 5 },
        ],
        reasons: [
          { ...refused, count: 1 },
          { ...lost, count: -3 },
        ],
      });
      expect(await books.intakeDays('2026-11-22', '2026-11-22')).toEqual({
        counts: [{ ...k1, frames: 5, readings: 9 }],
        reasons: [{ ...refused, count: 3 }],
      });
      expect((await books.intakeDays('2026-11-22', '2026-11-23')).counts).toHaveLength(2);
    });

    it('gives back a loss as it was put, and its new value in its place', async () => {
      const { books, save } = await opened();
      await save({ losses: [gap()] });
      expect(await books.losses(EVERYTHING)).toEqual([gap()]);
      await save({ losses: [gap({ count: 9, lastSeq: 50, why: 'gateway-off' })] });
      expect(await books.losses(EVERYTHING)).toEqual([
        gap({ count: 9, lastSeq: 50, why: 'gateway-off' }),
      ]);
    });

    it('forgets a loss of which nothing is left', async () => {
      const { save, ids } = await opened();
      await save({ losses: [gap(), gap({ id: 'other' })] });
      await save({ losses: [gap({ count: 0 })] });
      expect(await ids()).toEqual(['other']);
    });

    it('tells the newest first, of whom and of when it is asked, page by page', async () => {
      const { save, ids } = await opened();
      const { device: _, ...nobodys } = gap({ id: 'd', to: at(4000), reason: 'shed' });
      await save({
        losses: [
          gap({ id: 'a', to: at(1000) }),
          gap({ id: 'b', to: at(2000), device: 'k2' }),
          gap({ id: 'c', to: at(3000), source: 'broker' }),
          nobodys,
        ],
      });
      expect(await ids()).toEqual(['d', 'c', 'b', 'a']);
      expect(await ids({ from: at(2000), to: at(4000) })).toEqual(['c', 'b']);
      expect(await ids({ device: 'k1' })).toEqual(['c', 'a']);
      expect(await ids({ source: 'broker' })).toEqual(['c']);
      expect(await ids({ reason: 'shed' })).toEqual(['d']);
      expect(await ids({ limit: 2, offset: 1 })).toEqual(['c', 'b']);
    });
  });
}
