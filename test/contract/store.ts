// What every store keeps, whatever it is made of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../gateway/store/log.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import { days, earlier, hours, instant, minutes, seconds } from '../../gateway/domain/time.ts';
import {
  NOON,
  NOTHING_KEPT,
  alarm,
  at,
  derived,
  reading,
  stepCommit,
  ticket,
} from '../store/entries.ts';

export function storeContract(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };

  describe(`${name}: cursors`, () => {
    it('stand at 0 first, then where they were moved', async () => {
      const { cursors } = await opened();
      expect(await cursors.position('influx')).toBe(0);
      await cursors.move('influx', 7);
      await cursors.move('uplink', 3);
      await cursors.move('influx', 9);
      expect([await cursors.position('influx'), await cursors.position('uplink')]).toEqual([9, 3]);
    });

    it('park what was refused, once per follower and sequence, the latest words winning', async () => {
      const { cursors, books } = await opened();
      await cursors.move('influx', 2, [{ sequence: 1, words: 'first', at: NOON }]);
      await cursors.move('influx', 4, [{ sequence: 3, words: 'second', at: at(1) }]);
      await cursors.move('influx', 4, [{ sequence: 3, words: 'again', at: at(2) }]);
      expect(await books.deadLetters(10)).toEqual([
        { follower: 'influx', sequence: 3, words: 'again', at: at(2) },
        { follower: 'influx', sequence: 1, words: 'first', at: NOON },
      ]);
      expect(await books.deadLetters(1)).toHaveLength(1);
    });
  });

  describe(`${name}: the step`, () => {
    it('has nothing at first', async () => {
      const { step } = await opened();
      expect(await step.load()).toEqual(NOTHING_KEPT);
    });

    it('is loaded as it was saved, with derived entries in the log', async () => {
      const { log, step, cursors } = await opened();
      await log.append([reading()]);
      const puts = [
        ['bin:k1-wet', '{"fill":0.735}'],
        ['gone', '1'],
      ] as const;
      await step.save(
        stepCommit({
          cursor: 1,
          puts,
          alarms: [alarm()],
          tickets: [ticket()],
          derived: [derived()],
        }),
      );
      await step.save(stepCommit({ cursor: 2, puts: [['gone', null]] }));
      expect(await step.load()).toEqual({
        cursor: 2,
        slices: [['bin:k1-wet', '{"fill":0.735}']],
        alarms: [alarm()],
        tickets: [ticket()],
        ledger: [],
      });
      expect(await cursors.position('step')).toBe(2);
      expect(await log.readAfter(1, 10)).toEqual([{ ...derived(), sequence: 2 }]);
    });

    it('saves nothing of a commit of which a part is refused', async () => {
      const { log, step, books } = await opened();
      const save = step.save(
        stepCommit({
          cursor: 1,
          puts: [['a', '1']],
          alarms: [alarm()],
          tickets: [ticket()],
          derived: [derived(), derived({ value: Number.NaN })],
        }),
      );
      await expect(save).rejects.toMatchObject({ code: 'store-write-failed' });
      expect(await step.load()).toEqual(NOTHING_KEPT);
      expect([log.head(), await books.alarm('a1'), await books.ticket('t1')]).toEqual([
        0,
        undefined,
        undefined,
      ]);
    });

    it('leaves what is over out of the load, and keeps it in the books', async () => {
      const { step, books } = await opened();
      const over = alarm({ id: 'a0', state: 'normal', clearedAt: at(5), raisedAt: at(-5) });
      const returned = alarm({ state: 'returned-unacknowledged', clearedAt: at(5) });
      const closed = ticket({
        id: 't0',
        number: 1,
        state: 'closed',
        raisedAt: earlier(NOON, days(2)),
      });
      const open = ticket({ id: 't1', number: 2 });
      await step.save(stepCommit({ alarms: [over, returned], tickets: [closed, open] }));
      const saved = await step.load();
      expect([saved.alarms, saved.tickets]).toEqual([[returned], [open]]);
      expect(await books.alarms('active', 9)).toEqual([returned]);
      expect(await books.alarms('all', 9)).toEqual([returned, over]);
      expect(await books.tickets('open', 9)).toEqual([open]);
      expect(await books.tickets('all', 9)).toEqual([open, closed]);
      expect(await books.tickets('all', 1)).toEqual([open]);
      expect(await books.ticket('t0')).toEqual(closed);
      expect(await books.alarm('nobody')).toBeUndefined();
    });

    it('loads a ticket that ended within the last day, as it may be opened again', async () => {
      const { step } = await opened();
      const endedAt = (id: string, moment: Instant) =>
        ticket({
          id,
          state: 'closed',
          raisedAt: earlier(NOON, days(9)),
          history: [
            {
              at: moment,
              by: 'li',
              role: 'manager',
              action: 'look-back',
              from: 'inspected',
              to: 'closed',
            },
          ],
        });
      const [justNow, hoursAgo] = [endedAt('t3', NOON), endedAt('t2', earlier(NOON, hours(23)))];
      await step.save(
        stepCommit({ tickets: [endedAt('t1', earlier(NOON, days(1))), hoursAgo, justNow] }),
      );
      const ids = (await step.load()).tickets.map(({ id }) => id);
      expect(ids.sort()).toEqual(['t2', 't3']);
    });

    it('replaces an alarm or a ticket that it saves again', async () => {
      const { step, books } = await opened();
      await step.save(stepCommit({ alarms: [alarm()], tickets: [ticket()] }));
      await step.save(
        stepCommit({ alarms: [alarm({ state: 'normal' })], tickets: [ticket({ version: 2 })] }),
      );
      expect(await books.alarms('all', 9)).toEqual([alarm({ state: 'normal' })]);
      expect(await books.tickets('all', 9)).toEqual([ticket({ version: 2 })]);
    });
  });

  describe(`${name}: the books`, () => {
    const MINUTE = minutes(1);
    const hour = { from: NOON, to: at(3_600_000), step: MINUTE };

    it('fold a series into steps, without steps that have no data', async () => {
      const { log, books } = await opened();
      await log.append([
        reading({ observedAt: at(-1), value: 1 }),
        reading({ observedAt: NOON, value: 10 }),
        reading({ observedAt: at(59_999), value: 20 }),
        reading({ observedAt: at(180_000), value: 5.5 }),
        reading({ observedAt: at(3_600_000), value: 2 }),
      ]);
      expect(await books.series({ asset: 'k1-wet', quantity: 'distance', ...hour })).toEqual([
        [NOON, 10, 15, 20, 2],
        [at(180_000), 5.5, 5.5, 5.5, 1],
      ]);
    });

    it('leave doubted readings, other assets and other quantities out of a series', async () => {
      const { log, books } = await opened();
      await log.append([
        reading({ value: 400, doubt: 'jump' }),
        reading({ value: 401, asset: 'k1-dry' }),
        reading({ value: 12, quantity: 'gross' }),
      ]);
      expect(await books.series({ asset: 'k1-wet', quantity: 'distance', ...hour })).toEqual([]);
    });

    it('keep a late reading in its series: it is true, only out of order', async () => {
      const { log, books } = await opened();
      await log.append([reading({ value: 400, doubt: 'late' })]);
      const [point] = await books.series({ asset: 'k1-wet', quantity: 'distance', ...hour });
      expect(point).toEqual([NOON, 400, 400, 400, 1]);
      expect((await log.readAfter(0, 1))[0]).toMatchObject({ doubt: 'late' });
    });

    it('put derived values and two devices of one asset into one series', async () => {
      const { log, books } = await opened();
      await log.append([
        derived({ value: 0.5 }),
        reading({ quantity: 'fill', value: 0.7, device: 'other' }),
      ]);
      const [point] = await books.series({ asset: 'k1-wet', quantity: 'fill', ...hour });
      expect(point).toEqual([NOON, 0.5, expect.closeTo(0.6), 0.7, 2]);
    });

    it('begin steps at whole multiples of their width', async () => {
      const { log, books } = await opened();
      await log.append([reading({ observedAt: at(61_500), value: 3 })]);
      const query = { from: at(61_000), to: at(62_000), step: seconds(60) };
      expect(await books.series({ asset: 'k1-wet', quantity: 'distance', ...query })).toEqual([
        [instant(NOON + 60_000), 3, 3, 3, 1],
      ]);
    });

    it('list rejections newest first, with the bytes that were heard', async () => {
      const { log, books } = await opened();
      const bytes = Buffer.from('..$k1,42,x*0000..').subarray(2, 15);
      await log.append([
        { kind: 'rejection', source: 'bins-line', reason: 'checksum', receivedAt: NOON },
        reading(),
      ]);
      await log.append(
        [
          reading({ doubt: 'jump' }),
          {
            kind: 'rejection',
            source: 'broker',
            device: 'k1',
            reason: 'malformed',
            detail: 'x is no quantity',
            receivedAt: at(1),
          },
        ],
        [{ index: 1, bytes }],
      );
      expect(await books.rejections(10)).toEqual([
        {
          sequence: 4,
          source: 'broker',
          device: 'k1',
          reason: 'malformed',
          detail: 'x is no quantity',
          receivedAt: at(1),
          rawHex: bytes.toString('hex'),
        },
        { sequence: 1, source: 'bins-line', reason: 'checksum', receivedAt: NOON },
      ]);
      expect(await books.rejections(1)).toHaveLength(1);
    });
  });

  describe(`${name}: its health and its end`, () => {
    it('is well, knows its head and counts its commits', async () => {
      const store = await opened();
      await store.log.append([reading(), reading()]);
      expect(store.health()).toMatchObject({ state: 'ok', head: 2, commits: 1 });
      expect(store.health().freeBytes).toBeGreaterThan(0);
    });

    it('writes what waits before it closes, then takes nothing more', async () => {
      const store = await opened();
      const waiting = store.log.append([reading()]);
      await store.close();
      expect(await waiting).toBe(1);
      await expect(store.log.append([reading()])).rejects.toMatchObject({ code: 'stopping' });
      await store.close();
    });
  });
}
