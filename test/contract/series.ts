// What every store's charts keep, whether they are read from readings or from what was made of them.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../gateway/store/log.ts';
import { days, hours, instant, minutes, seconds } from '../../gateway/domain/time.ts';
import { at, reading } from '../store/entries.ts';

/** The site of the store lies in Shanghai. */
export function seriesContract(name: string, open: () => Promise<Store>): void {
  const told = async (
    readings: readonly (readonly [afterMs: number, value: number])[],
  ): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    await store.log.append(
      readings.map(([afterMs, value]) => reading({ observedAt: at(afterMs), value })),
    );
    return store;
  };
  const MIDNIGHT = Date.parse('2026-11-20T00:00:00+08:00');
  const midnight = (after = 0) => instant(MIDNIGHT + after);
  const chart = { asset: 'k1-wet', quantity: 'distance' } as const;

  describe(`${name}: charts`, () => {
    it('count whole days as the site does, not as UTC does', async () => {
      const hour = hours(1);
      const { books } = await told([
        [-12 * hour, 1],
        [12 * hour - 1, 3],
        [12 * hour, 5],
      ]);
      const query = { ...chart, from: midnight(0 - days(1)), to: midnight(days(3)) };
      expect(await books.series({ ...query, step: days(1) })).toEqual([
        [midnight(), 1, 2, 3, 2],
        [midnight(days(1)), 5, 5, 5, 1],
      ]);
      const weeks = await books.series({ ...query, step: days(7) });
      expect(weeks.reduce((sum, [, , , , count]) => sum + count, 0)).toBe(3);
      expect(new Date(weeks[0]?.[0] ?? 0).toISOString()).toMatch(/T16:00:00/);
    });

    it('cut their ends to the millisecond, also in the middle of a minute, an hour, a day', async () => {
      const { books } = await told([
        [0, 1],
        [30_000, 2],
        [90_000, 3],
        [91_000, 4],
      ]);
      for (const step of [seconds(1), minutes(1), hours(1), days(1)]) {
        const points = await books.series({ ...chart, from: at(1), to: at(91_000), step });
        const count = points.reduce((sum, point) => sum + point[4], 0);
        expect([step, count]).toEqual([step, 2]);
      }
    });

    it('are the same before and after all is rolled up', async () => {
      const store = await told([
        [0, 1],
        [59_999, 0.5],
        [60_000, 31.27],
        [hours(30), -4],
      ]);
      const charts = () =>
        Promise.all(
          [seconds(10), seconds(90), minutes(1), minutes(5), hours(1), days(1)].map((step) =>
            store.books.series({ ...chart, from: midnight(), to: midnight(days(3)), step }),
          ),
        );
      const before = await charts();
      await store.tidy();
      expect(await charts()).toEqual(before);
      expect(before[1]?.map(([start]) => start - at(0))).toEqual([0, hours(30)]);
    });

    it('leave steps without readings out, so that a line breaks there', async () => {
      const store = await told([
        [0, 1],
        [hours(3), 2],
      ]);
      await store.tidy();
      const query = { ...chart, from: at(0), to: at(hours(4)), step: hours(1) };
      expect((await store.books.series(query)).map(([start]) => start)).toEqual([
        at(0),
        at(hours(3)),
      ]);
    });

    it('have pruned nothing that nobody was told of', async () => {
      const { books } = await told([[0, 1]]);
      expect(await books.pruned()).toEqual({ rejections: [], gaps: [] });
    });
  });
}
