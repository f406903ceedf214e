// What every store keeps of what happened.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Happening } from '../../gateway/domain/happening.ts';
import type { Store } from '../../gateway/store/log.ts';
import { earlier, hours, later } from '../../gateway/domain/time.ts';
import { NOON, stepCommit } from '../store/entries.ts';

const bag = (id: string, change: Partial<Happening> = {}): Happening => ({
  kind: 'deposit',
  id,
  at: NOON,
  day: '2026-11-22',
  place: 'k1',
  asset: 'k1-wet',
  body: { kg: 1.5 },
  ...change,
});

export function happeningsContract(name: string, open: () => Promise<Store>): void {
  const kept = async (...happenings: Happening[]) => {
    const store = await open();
    onTestFinished(() => store.close());
    await store.step.save({ ...stepCommit(), happenings });
    return store;
  };

  describe(`${name}: what happened`, () => {
    it('is found again as it was written, the newest first', async () => {
      const [first, second] = [bag('a'), bag('b', { at: later(NOON, hours(1)) })];
      const { books } = await kept(first, second);
      expect(await books.happenings({ kind: 'deposit', limit: 10 })).toEqual([second, first]);
      expect(await books.happening('deposit', 'a')).toEqual(first);
      expect(await books.happening('deposit', 'c')).toBeUndefined();
      expect(await books.happening('collection', 'a')).toBeUndefined();
    });

    it('is found by place, by asset and by when', async () => {
      const { books } = await kept(
        bag('before', { at: earlier(NOON, hours(1)) }),
        bag('here'),
        bag('there', { place: 'k2', asset: 'k2-wet' }),
        { kind: 'bag-count', id: 'nowhere', at: NOON, day: '2026-11-22', body: {} },
      );
      const ids = async (query: object) =>
        (await books.happenings({ kind: 'deposit', limit: 10, ...query })).map(({ id }) => id);
      expect(await ids({ place: 'k2' })).toEqual(['there']);
      expect(await ids({ asset: 'k1-wet' })).toEqual(['here', 'before']);
      expect(await ids({ asset: 'k1-wet', from: NOON })).toEqual(['here']);
      expect(await ids({ to: NOON })).toEqual(['before']);
      expect(await ids({ asset: 'k1-wet', limit: 1, offset: 1 })).toEqual(['before']);
      expect(await ids({ kind: 'bag-count' })).toEqual(['nowhere']);
    });

    it('takes the place of what had its id', async () => {
      const { books, step } = await kept(bag('a'));
      const revised = bag('a', { body: { kg: 2 } });
      await step.save({ ...stepCommit(), happenings: [revised] });
      expect(await books.happenings({ kind: 'deposit', limit: 10 })).toEqual([revised]);
    });
  });
}
