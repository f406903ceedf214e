// What every store keeps of what is to be told outside, whatever it is made of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Notice } from '../../gateway/domain/notice.ts';
import type { Store } from '../../gateway/store/log.ts';
import { cleared, notice } from '../fakes/notices.ts';
import { derived, stepCommit } from '../store/entries.ts';

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
  });
}
