// What every store keeps of what is to be told outside, whatever it is made of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notice } from '../../gateway/domain/notice.ts';
import type { Store } from '../../gateway/store/log.ts';
import { instant } from '../../gateway/domain/time.ts';
import { cleared, notice, RAISED_AT } from '../fakes/notices.ts';
import { derived, stepCommit } from '../store/entries.ts';

const LATER = instant(RAISED_AT + 60_000);

export function outboxContract(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };
  const save = ({ step }: Store, ...notices: Notice[]) => step.save(stepCommit({ notices }));

  describe(`${name}: the outbox`, () => {
    it('has nothing at first', async () => {
      const { outbox } = await opened();
      expect([await outbox.waiting('ops', 9), await outbox.counts()]).toEqual([[], []]);
    });

    it('gives back what a step has to tell, oldest first, each channel its own', async () => {
      const store = await opened();
      const other = notice(1, { channel: 'crew' });
      await save(store, notice(1), other, notice(2));
      await save(store, cleared(1));
      const told = [notice(1), notice(2), cleared(1)].map((one) => ({ ...one, tries: 0 }));
      expect(await store.outbox.waiting('ops', 9)).toEqual(told);
      expect(await store.outbox.waiting('ops', 2)).toEqual(told.slice(0, 2));
      expect(await store.outbox.waiting('crew', 9)).toEqual([{ ...other, tries: 0 }]);
    });

    it('takes the same notice once', async () => {
      const store = await opened();
      await save(store, notice(1));
      await save(store, notice(1), notice(2));
      expect(await store.outbox.waiting('ops', 9)).toHaveLength(2);
    });

    it('has nothing of a step of which a part is refused', async () => {
      const { step, outbox } = await opened();
      const half = step.save(
        stepCommit({ notices: [notice(1)], derived: [derived({ value: Number.NaN })] }),
      );
      await expect(half).rejects.toMatchObject({ code: 'store-write-failed' });
      expect(await outbox.waiting('ops', 9)).toEqual([]);
    });

    it('forgets what was told, counts what failed, and keeps what is given up out of the way', async () => {
      const store = await opened();
      await save(store, notice(1), notice(2), notice(3));
      await store.outbox.settle('ops', [
        { key: 'A1:raised', kind: 'told' },
        { key: 'A2:raised', kind: 'failed', words: 'answered 500' },
        { key: 'A3:raised', kind: 'given-up', words: 'answered 410' },
      ]);
      expect(await store.outbox.waiting('ops', 9)).toEqual([{ ...notice(2), tries: 1 }]);
      expect(await store.outbox.counts()).toEqual([{ channel: 'ops', waiting: 1, givenUp: 1 }]);
      await store.outbox.settle('crew', [{ key: 'A2:raised', kind: 'told' }]);
      expect(await store.outbox.waiting('ops', 9)).toHaveLength(1);
    });

    it('lets one notice speak for others, which stay to be seen with what speaks for them', async () => {
      const store = await opened();
      await save(store, notice(1), notice(2), notice(3), notice(2, { channel: 'crew' }));
      const all = notice(9);
      const merged = { kind: 'merged', key: all.key, notice: all, at: LATER } as const;
      const outcome = { ...merged, keys: [notice(1).key, notice(2).key] };
      await store.outbox.settle('ops', [outcome]);
      const waiting = await store.outbox.waiting('ops', 9);
      expect(waiting.map(({ key }) => key)).toEqual([notice(3).key, all.key]);
      expect(await store.outbox.waiting('crew', 9)).toHaveLength(1);
      // Once more, as after a crash between the two: nothing is doubled.
      await store.outbox.settle('ops', [outcome]);
      expect(await store.outbox.waiting('ops', 9)).toHaveLength(2);
      const spokenFor = await store.outbox.notes('superseded', 9);
      expect(spokenFor.map(({ key }) => key).toSorted()).toEqual(outcome.keys);
      expect(spokenFor.map(({ words, settledAt }) => [words, settledAt])).toEqual([
        [all.key, LATER],
        [all.key, LATER],
      ]);
      expect(await store.outbox.counts()).toContainEqual({
        channel: 'ops',
        waiting: 2,
        givenUp: 0,
      });
    });

    it('keeps what a person dropped to be seen with the reason, and never sends it', async () => {
      const store = await opened();
      await save(store, notice(1), notice(2));
      await store.outbox.settle('ops', [
        { key: notice(1).key, kind: 'dropped', words: 'known', at: LATER },
      ]);
      expect((await store.outbox.waiting('ops', 9)).map(({ key }) => key)).toEqual([notice(2).key]);
      const [dropped] = await store.outbox.notes('dropped', 9);
      expect(dropped).toMatchObject({ key: notice(1).key, words: 'known', settledAt: LATER });
      expect(await store.outbox.note(dropped?.id ?? 0)).toEqual(dropped);
      await store.outbox.settle('ops', [{ key: notice(1).key, kind: 'again' }]);
      await save(store, notice(1));
      expect(await store.outbox.waiting('ops', 9)).toHaveLength(1);
    });

    it('tries again what was given up where a person says so, and it knows how often it was tried', async () => {
      const store = await opened();
      await save(store, notice(1), notice(2));
      await store.outbox.settle('ops', [
        { key: notice(1).key, kind: 'failed', words: 'no answer' },
        { key: notice(1).key, kind: 'given-up', words: 'answered 410', at: LATER },
        { key: notice(2).key, kind: 'told', at: LATER },
      ]);
      const [given] = await store.outbox.notes('given-up', 9);
      expect(given).toMatchObject({ words: 'answered 410', tries: 2, settledAt: LATER });
      await store.outbox.settle('ops', [
        { key: notice(1).key, kind: 'again' },
        { key: notice(2).key, kind: 'again' },
      ]);
      expect(await store.outbox.waiting('ops', 9)).toEqual([{ ...notice(1), tries: 2 }]);
      const [waits] = await store.outbox.notes('waiting', 9);
      expect(waits).not.toHaveProperty('settledAt');
      expect(await store.outbox.notes('told', 9)).toHaveLength(1);
    });

    it('shows of each end the newest first, and so many as are asked for', async () => {
      const store = await opened();
      await save(store, notice(1), notice(2), notice(3));
      const at = (ms: number) => instant(RAISED_AT + ms);
      await store.outbox.settle('ops', [
        { key: notice(2).key, kind: 'told', at: at(3000) },
        { key: notice(1).key, kind: 'told', at: at(1000) },
        { key: notice(3).key, kind: 'told', at: at(2000) },
      ]);
      const keys = async (limit: number) =>
        (await store.outbox.notes('told', limit)).map(({ key }) => key);
      expect(await keys(9)).toEqual([notice(2).key, notice(3).key, notice(1).key]);
      expect(await keys(1)).toEqual([notice(2).key]);
      expect(await store.outbox.note(4711)).toBeUndefined();
    });
  });
}
