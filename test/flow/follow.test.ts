import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import type { Sequence } from '../../gateway/domain/record.ts';
import { milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import type { Follower } from '../../gateway/flow/follow.ts';
import type { Delivery } from '../../gateway/sinks/sink.ts';
import type { Cursors } from '../../gateway/store/log.ts';
import type { HandClock } from '../fakes/hand-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { until } from '../tools.ts';
import { accepted, away, NOON, scene, tick, turns } from './followed.ts';

/** Lets what waits on promises go on until all has arrived, and the cursor says so on the disk. */
async function settle(follower: Follower, clock: HandClock): Promise<void> {
  await until('the follower has caught up', () => {
    clock.moveBy(milliseconds(20));
    return follower.state().behind === 0;
  });
  clock.moveBy(seconds(1));
}

describe('a follower', () => {
  it('delivers what was there and what comes, in order, in batches, each once', async () => {
    const { write, follower, given, clock } = scene(() => accepted);
    await write(7);
    await follower.start();
    await settle(follower, clock);
    await write(2);
    await settle(follower, clock);
    expect(given).toEqual([[1, 2, 3], [4, 5, 6], [7], [8, 9]]);
    expect(follower.state()).toEqual({ cursor: 9, behind: 0, state: 'up', parked: 0 });
  });

  it('goes on where it stood', async () => {
    const { store, write, follower, given, clock } = scene(() => accepted);
    await write(5);
    await store.cursors.move('copy', 4);
    await follower.start();
    await settle(follower, clock);
    expect(given).toEqual([[5]]);
  });

  it('moves its cursor only after the delivery', async () => {
    const arrived = Promise.withResolvers<Delivery>();
    const { store, write, follower, given, clock } = scene(() => arrived.promise);
    await write(3);
    await follower.start();
    await turns();
    expect(given).toEqual([[1, 2, 3]]);
    clock.moveBy(minutes(1));
    expect(await store.cursors.position('copy')).toBe(0);
    arrived.resolve(accepted);
    await settle(follower, clock);
    expect(await store.cursors.position('copy')).toBe(3);
  });

  it('parks what is refused, with its words, and passes it', async () => {
    const { store, write, follower, clock } = scene((records) => {
      const bad = records.find(({ sequence }) => sequence === 2);
      if (!bad) return accepted;
      return { kind: 'parked', parked: [{ sequence: 2, words: 'field type conflict' }] };
    });
    await write(4);
    await follower.start();
    await settle(follower, clock);
    expect(follower.state()).toMatchObject({ cursor: 4, state: 'up', parked: 1 });
    expect(await store.books.deadLetters(9)).toMatchObject([
      { follower: 'copy', sequence: 2, words: 'field type conflict' },
    ]);
  });

  it('waits a little for more than one record, and not at all for more than a batch', async () => {
    const { write, follower, given, clock } = scene(() => accepted);
    await follower.start();
    await write(1);
    await turns();
    expect(given).toEqual([]);
    await write(1);
    clock.moveBy(milliseconds(5));
    await turns();
    expect(given).toEqual([[1, 2]]);
    await write(6);
    await turns();
    expect(given).toEqual([
      [1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ]);
  });

  it('writes its cursor down once a second, and when it stops', async () => {
    const { store, write, follower, clock } = scene(() => accepted);
    const moves: Sequence[] = [];
    const { move } = store.cursors;
    store.cursors.move = (follower, to, parked) => {
      moves.push(to);
      return move(follower, to, parked);
    };
    await follower.start();
    for (let record = 0; record < 9; record += 1) {
      await write(3);
      await turns();
    }
    expect([follower.state().cursor, moves]).toEqual([27, []]);
    clock.moveBy(seconds(1));
    expect(moves).toEqual([27]);
    await write(3);
    await turns();
    await follower.stop();
    expect(moves).toEqual([27, 30]);
  });
});

describe('while the far side is away', () => {
  it('waits 1, 2, 4 … 30 seconds, and speaks once when it is lost and once when it is back', async () => {
    let isAway = true;
    const { write, follower, given, clock, logger } = scene(() => (isAway ? away : accepted));
    await write(3);
    await follower.start();
    await turns();
    for (const [attempt, wait] of [1, 2, 4, 8, 16, 30, 30].entries()) {
      clock.moveBy(milliseconds(wait * 1000 - 1));
      await turns();
      expect(given).toHaveLength(attempt + 1);
      clock.moveBy(milliseconds(1));
      await turns();
      expect(given).toHaveLength(attempt + 2);
    }
    expect(follower.state()).toMatchObject({
      state: 'down',
      why: 'connect ECONNREFUSED',
      since: NOON,
      cursor: 0,
    });
    isAway = false;
    clock.moveBy(seconds(30));
    await turns();
    expect(follower.state()).toEqual({ cursor: 3, behind: 0, state: 'up', parked: 0 });
    expect(logger.lines).toEqual(['warn down; the log keeps it all', 'info back after 121s']);
  });

  it('begins anew with one second after it was back', async () => {
    const answers = [away, away, accepted, away];
    const { write, follower, given, clock } = scene(() => answers.shift() ?? accepted);
    await write(3);
    await follower.start();
    await turns();
    for (const wait of [1, 2]) {
      clock.moveBy(seconds(wait));
      await turns();
    }
    await write(3);
    await turns();
    expect(given).toHaveLength(4);
    clock.moveBy(seconds(1));
    await turns();
    expect(given).toHaveLength(5);
  });

  it('obeys the far side where it asks for longer, and is not woken by new records', async () => {
    const asked: Delivery = { ...away, after: minutes(2) };
    const { write, follower, given, clock } = scene(() => asked);
    await write(3);
    await follower.start();
    await turns();
    await write(3);
    clock.moveBy(milliseconds(119_999));
    await turns();
    expect(given).toHaveLength(1);
    clock.moveBy(milliseconds(1));
    await turns();
    expect(given).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('comes a little earlier by chance, never later', async () => {
    const { write, follower, given, clock } = scene(() => away, { random: () => 0.999 });
    await write(3);
    await follower.start();
    await turns();
    clock.moveBy(milliseconds(749));
    await turns();
    expect(given).toHaveLength(1);
    clock.moveBy(milliseconds(2));
    await turns();
    expect(given).toHaveLength(2);
  });

  it('stops at once, says nothing of it, and closes the sink', async () => {
    const { write, follower, given, closed, logger } = scene(() => away);
    await write(3);
    await follower.start();
    await turns();
    await follower.stop();
    expect(closed()).toBe(1);
    expect(given).toHaveLength(1);
    expect(logger.lines).toHaveLength(1);
  });
});

describe('whatever fails', () => {
  it('is tried again: a sink that throws, a store that cannot write down what was parked', async () => {
    const store = memoryStore();
    let failures = 1;
    const cursors: Cursors = {
      position: (follower) => store.cursors.position(follower),
      move(...where) {
        failures -= 1;
        if (failures === 0) return Promise.reject(new Fault('store-write-failed', 'disk full'));
        return store.cursors.move(...where);
      },
    };
    let throws = true;
    const answer = (): Delivery => {
      if (!throws) return { kind: 'parked', parked: [{ sequence: 2, words: 'no' }] };
      throws = false;
      throw new Error('a mistake in the sink');
    };
    const { follower, given, clock } = scene(answer, { log: store.log, cursors });
    await store.log.append([tick, tick, tick]);
    await follower.start();
    await turns();
    expect(follower.state()).toMatchObject({ state: 'down', why: 'a mistake in the sink' });
    clock.moveBy(seconds(1));
    await turns();
    expect(follower.state()).toMatchObject({ state: 'down', why: 'disk full', cursor: 0 });
    clock.moveBy(seconds(2));
    await turns();
    expect(follower.state()).toMatchObject({ state: 'up', cursor: 3, parked: 1 });
    expect(given).toHaveLength(3);
    expect(await store.books.deadLetters(9)).toMatchObject([{ sequence: 2, words: 'no' }]);
  });

  it('writes its cursor down a second later where the store could not', async () => {
    const store = memoryStore();
    let isFull = true;
    const cursors: Cursors = {
      position: (follower) => store.cursors.position(follower),
      move: (...where) =>
        isFull
          ? Promise.reject(new Fault('store-write-failed', 'disk full'))
          : store.cursors.move(...where),
    };
    const { follower, given, clock } = scene(() => accepted, { log: store.log, cursors });
    await store.log.append([tick, tick, tick]);
    await follower.start();
    for (let second = 0; second < 3; second += 1) {
      await turns();
      clock.moveBy(seconds(1));
    }
    isFull = false;
    await turns();
    clock.moveBy(seconds(1));
    await turns();
    expect(given).toEqual([[1, 2, 3]]);
    expect(await store.cursors.position('copy')).toBe(3);
  });
});
