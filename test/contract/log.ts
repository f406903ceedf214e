// What every log keeps, whatever it is made of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../gateway/store/log.ts';
import { days, minutes } from '../../gateway/domain/time.ts';
import { until } from '../tools.ts';
import { NOON, ONE_OF_EACH, at, derived, reading } from '../store/entries.ts';

export function logContract(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name}: the log`, () => {
    it('is empty at first', async () => {
      const { log } = await opened();
      expect(log.head()).toBe(0);
      expect(await log.readAfter(0, 10)).toEqual([]);
      expect(await log.recent(days(1))).toEqual([]);
    });

    it('gives back every kind of entry as it was written, in order', async () => {
      const { log } = await opened();
      expect(await log.append(ONE_OF_EACH)).toBe(1);
      expect(log.head()).toBe(ONE_OF_EACH.length);
      expect(await log.readAfter(0, 100)).toEqual(
        ONE_OF_EACH.map((entry, index) => ({ ...entry, sequence: index + 1 })),
      );
    });

    it('reads on from a cursor, no more than asked for', async () => {
      const { log } = await opened();
      await log.append([1, 2, 3, 4, 5].map((value) => reading({ value })));
      const sequences = (await log.readAfter(2, 2)).map(({ sequence }) => sequence);
      expect(sequences).toEqual([3, 4]);
      expect(await log.readAfter(5, 10)).toEqual([]);
      expect(await log.readAfter(99, 10)).toEqual([]);
    });

    it('keeps the entries of one append together and appends in the order of the calls', async () => {
      const { log } = await opened();
      const firsts = await Promise.all(
        Array.from({ length: 50 }, (_, value) =>
          log.append([reading({ value, part: 0 }), reading({ value, part: 1 })]),
        ),
      );
      expect(firsts).toEqual(firsts.map((_, index) => 1 + 2 * index));
      const values = (await log.readAfter(0, 100)).map(
        (record) => 'value' in record && record.value,
      );
      expect(values).toEqual(firsts.flatMap((_, value) => [value, value]));
    });

    it('answers in the order of the calls', async () => {
      const { log } = await opened();
      const answered: number[] = [];
      await Promise.all(
        Array.from({ length: 50 }, async (_, call) => {
          await log.append([reading({ value: call })]);
          answered.push(call);
        }),
      );
      expect(answered).toEqual(answered.toSorted((a, b) => a - b));
    });

    it('refuses an append whole where one value is no number, and takes the ones beside it', async () => {
      const { log } = await opened();
      const before = log.append([reading({ value: 1 })]);
      const refused = log.append([reading({ value: 2 }), reading({ value: Number.NaN })]);
      const after = log.append([reading({ value: 3 })]);
      await expect(refused).rejects.toMatchObject({ code: 'store-write-failed' });
      expect([await before, await after]).toEqual([1, 2]);
      expect(await log.readAfter(0, 9)).toMatchObject([{ value: 1 }, { value: 3 }]);
    });

    it('tells its listeners when it grew, until they leave', async () => {
      const { log, cursors } = await opened();
      const heads: number[] = [];
      const leave = log.onGrowth((head) => heads.push(head));
      await log.append([reading(), reading()]);
      await until('the listener is told', () => heads.length === 1);
      await cursors.move('influx', 2);
      leave();
      await log.append([reading()]);
      expect(heads).toEqual([2]);
    });

    it('finds what was received in the last while, and stops looking beyond it', async () => {
      const { log } = await opened();
      await log.append([
        reading({ value: 1, receivedAt: at(-60_001) }),
        reading({ value: 2, receivedAt: at(-60_000) }),
        { kind: 'tick', receivedAt: at(-30_000) },
        { kind: 'rejection', source: 'broker', reason: 'not-json', receivedAt: at(-10_000) },
        derived({ receivedAt: NOON }),
        reading({ value: 3, observedAt: at(-999_999), receivedAt: NOON }),
      ]);
      const found = await log.recent(minutes(1));
      expect(found.map(({ sequence }) => sequence)).toEqual([2, 4, 6]);
    });
  });
}
