// Two lanes: what is new does not wait for what was left behind.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import { instant, milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import { follow } from '../../gateway/flow/follow.ts';
import type { Delivery } from '../../gateway/sinks/sink.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

const tick = { kind: 'tick', receivedAt: instant(Date.parse('2026-11-02T04:00:00Z')) } as const;
const accepted: Delivery = { kind: 'accepted' };
const BATCH = 10;
/** More than the live lane would go through by itself. */
const BACKLOG = 200;

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

function scene(answer: (records: readonly LogRecord[]) => Delivery | Promise<Delivery>) {
  const store = memoryStore();
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const logger = keptLog();
  const given: Sequence[][] = [];
  const closed = Promise.withResolvers<Delivery>();
  const sink = {
    id: 'copy',
    deliver: async (records: readonly LogRecord[]) => {
      given.push(records.map(({ sequence }) => sequence));
      return Promise.race([answer(records), closed.promise]);
    },
    close: async () => closed.resolve({ kind: 'keep', why: 'closing' }),
  };
  const { log, cursors } = store;
  const begin = () => {
    const pace = { batch: BATCH, gather: milliseconds(5), random: () => 0 };
    const follower = follow({ ...pace, sink, log, cursors, clock, logger });
    onTestFinished(() => follower.stop());
    return follower;
  };
  const write = (count: number) => log.append(Array.from({ length: count }, () => tick));
  const pass = async (milli: number) => {
    await turns();
    for (let at = 0; at < milli; at += 5) {
      clock.moveBy(milliseconds(5));
      await turns();
    }
  };
  return { store, clock, logger, given, begin, write, pass };
}

const first = (batches: readonly Sequence[][]): (Sequence | undefined)[] =>
  batches.map((batch) => batch[0]);

describe('a follower that is far behind', () => {
  it('delivers what is new beside the backlog, and each record once', async () => {
    const { write, begin, given, pass } = scene(() => accepted);
    await write(BACKLOG);
    const follower = begin();
    await follower.start();
    await turns();
    expect(first(given)).toEqual([BACKLOG - BATCH + 1, 1]);
    await write(1);
    await pass(5);
    expect(first(given)).toEqual([BACKLOG - BATCH + 1, 1, BACKLOG + 1]);
    for (let record = 0; record < 200; record += 1) {
      await write(1);
      await pass(5);
    }
    expect(follower.state()).toEqual({ cursor: 401, behind: 0, state: 'up', parked: 0 });
    const all = given.flat();
    expect(all.length).toBe(401);
    expect(new Set(all).size).toBe(401);
  });

  it('keeps its cursor where the backlog is, so that a crash skips nothing', async () => {
    const { store, write, begin, given, pass } = scene(([record]) =>
      record?.sequence === 1 ? new Promise(() => undefined) : accepted,
    );
    await write(BACKLOG);
    const killed = begin();
    await killed.start();
    await write(3);
    await pass(2000);
    expect(given.at(-1)).toEqual([201, 202, 203]);
    expect(killed.state()).toMatchObject({ cursor: 0, behind: BACKLOG - BATCH });
    expect(await store.cursors.position('copy')).toBe(0);
  });

  it('is behind no more once the two lanes meet, and goes on as one', async () => {
    const { write, begin, given, pass } = scene(() => accepted);
    await write(BACKLOG);
    const follower = begin();
    await follower.start();
    await write(15);
    await pass(2000);
    expect(follower.state()).toMatchObject({ cursor: 215, behind: 0, state: 'up' });
    await write(25);
    await pass(50);
    expect(given.slice(-3)).toEqual([
      Array.from({ length: 10 }, (_, index) => 216 + index),
      Array.from({ length: 10 }, (_, index) => 226 + index),
      [236, 237, 238, 239, 240],
    ]);
  });

  it('lets a batch that nobody takes hold up the backlog alone', async () => {
    const { write, begin, given, pass, store } = scene((records) =>
      records.some(({ sequence }) => sequence === 33) ? { kind: 'keep', why: 'sorcery' } : accepted,
    );
    await write(BACKLOG);
    const follower = begin();
    await follower.start();
    await pass(3000);
    await write(2);
    await pass(10);
    expect(given.at(-1)).toEqual([201, 202]);
    await pass(1000);
    expect(follower.state()).toMatchObject({ state: 'down', why: 'sorcery', cursor: 30 });
    expect(await store.cursors.position('copy')).toBe(30);
  });

  it('parks what is refused at the live edge without passing the backlog', async () => {
    const { write, begin, store, pass } = scene((records) => {
      if (records[0]?.sequence === 1) return new Promise(() => undefined);
      if (records.length === BATCH) return accepted;
      return { kind: 'parked', parked: [{ sequence: records[0]?.sequence ?? 0, words: 'no' }] };
    });
    await write(BACKLOG);
    const follower = begin();
    await follower.start();
    await write(2);
    await pass(10);
    expect(await store.books.deadLetters(9)).toMatchObject([{ sequence: 201, words: 'no' }]);
    expect(await store.cursors.position('copy')).toBe(0);
    expect(follower.state()).toMatchObject({ cursor: 0, parked: 1 });
  });

  it('rests as long as a batch of the backlog took, so that others have their turn', async () => {
    const { write, begin, given, clock } = scene(([record]) => {
      if ((record?.sequence ?? 0) > BACKLOG - BATCH) return accepted;
      const slow = Promise.withResolvers<Delivery>();
      clock.after(milliseconds(300), () => slow.resolve(accepted));
      return slow.promise;
    });
    await write(BACKLOG);
    await begin().start();
    await turns();
    for (const [span, batches] of [
      [300, 2],
      [299, 2],
      [1, 3],
    ] as const) {
      clock.moveBy(milliseconds(span));
      await turns();
      expect(given).toHaveLength(batches);
    }
  });

  it('goes on with what is new as soon as the backlog finds that the far side is back', async () => {
    let isAway = true;
    const { write, begin, given, pass } = scene(([record]) => {
      if (!isAway) return accepted;
      const isNew = (record?.sequence ?? 0) > BACKLOG - BATCH;
      return { kind: 'keep', why: 'busy', ...(isNew && { after: minutes(60) }) };
    });
    await write(BACKLOG);
    await begin().start();
    await pass(1000);
    await write(3);
    isAway = false;
    await pass(30_000);
    expect(given.flat()).toContain(BACKLOG + 3);
  });

  it('delivers first what came while nobody knew that the far side was back', async () => {
    let isAway = true;
    const { write, begin, given, pass } = scene(() =>
      isAway ? { kind: 'keep', why: 'connect ECONNREFUSED' } : accepted,
    );
    await begin().start();
    await write(BACKLOG);
    await pass(1000);
    await write(BACKLOG);
    isAway = false;
    given.length = 0;
    for (let step = 0; given.length === 0 && step < 600; step += 1) await pass(100);
    expect(given.slice(0, 2).flat()).toContain(2 * BACKLOG);
  });

  it('says once that the far side is lost and once that it is back, whichever lane saw it', async () => {
    let isAway = true;
    const { write, begin, logger, clock, pass } = scene(() =>
      isAway ? { kind: 'keep', why: 'connect ECONNREFUSED' } : accepted,
    );
    await write(BACKLOG);
    const follower = begin();
    await follower.start();
    for (let second = 0; second < 100; second += 1) {
      await write(30);
      clock.moveBy(seconds(1));
      await turns();
    }
    expect(follower.state()).toMatchObject({ state: 'down', behind: 3200 });
    isAway = false;
    await pass(40_000);
    expect(follower.state()).toMatchObject({ state: 'up', cursor: 3200, behind: 0 });
    expect(logger.lines).toEqual([
      'warn down; the log keeps it all',
      expect.stringMatching(/^info back after /),
    ]);
  });
});
