import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import { instant, milliseconds, minutes, seconds } from '../../gateway/domain/time.ts';
import { follow } from '../../gateway/flow/follow.ts';
import type { FollowParts, Follower } from '../../gateway/flow/follow.ts';
import type { Delivery, Sink } from '../../gateway/sinks/sink.ts';
import type { Cursors } from '../../gateway/store/log.ts';
import { handClock } from '../fakes/hand-clock.ts';
import type { HandClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { until } from '../tools.ts';

const NOON = instant(Date.parse('2026-11-02T04:00:00Z'));
const tick = { kind: 'tick', receivedAt: NOON } as const;
const accepted: Delivery = { kind: 'accepted' };
const away: Delivery = { kind: 'keep', why: 'connect ECONNREFUSED' };

/** A sink that answers as told and remembers what it was given. */
function toldSink(answer: (records: readonly LogRecord[]) => Delivery | Promise<Delivery>) {
  const given: Sequence[][] = [];
  let closed = 0;
  const sink: Sink = {
    id: 'copy',
    async deliver(records) {
      given.push(records.map(({ sequence }) => sequence));
      return answer(records);
    },
    async close() {
      closed += 1;
    },
  };
  return { sink, given, closed: () => closed };
}

function scene(answer: Parameters<typeof toldSink>[0], changes: Partial<FollowParts> = {}) {
  const store = memoryStore();
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const logger = keptLog();
  const told = toldSink(answer);
  const follower = follow({
    sink: told.sink,
    log: store.log,
    cursors: store.cursors,
    clock,
    batch: 3,
    random: () => 0,
    logger,
    ...changes,
  });
  onTestFinished(() => follower.stop());
  const write = (count: number) => store.log.append(Array.from({ length: count }, () => tick));
  return { ...told, store, clock, logger, follower, write };
}

/** Lets what waits on promises go on, moving time only by the rest between batches. */
async function settle(follower: Follower, clock: HandClock): Promise<void> {
  await until('the follower has caught up', () => {
    clock.moveBy(milliseconds(20));
    return follower.state().behind === 0;
  });
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

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
    await write(2);
    await follower.start();
    await turns();
    expect(given).toEqual([[1, 2]]);
    expect(await store.cursors.position('copy')).toBe(0);
    arrived.resolve(accepted);
    await settle(follower, clock);
    expect(await store.cursors.position('copy')).toBe(2);
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

  it('rests between batches, so that others have their turn', async () => {
    const { write, follower, given, clock } = scene(() => accepted);
    await write(9);
    await follower.start();
    await turns();
    expect(given).toHaveLength(1);
    expect(follower.state()).toMatchObject({ state: 'behind', behind: 6 });
    clock.moveBy(milliseconds(20));
    await turns();
    expect(given).toHaveLength(2);
  });
});

describe('while the far side is away', () => {
  it('waits 1, 2, 4 … 30 seconds, and speaks once when it is lost and once when it is back', async () => {
    let isAway = true;
    const { write, follower, given, clock, logger } = scene(() => (isAway ? away : accepted));
    await write(1);
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
    expect(follower.state()).toEqual({ cursor: 1, behind: 0, state: 'up', parked: 0 });
    expect(logger.lines).toEqual(['warn down; the log keeps it all', 'info back after 121s']);
  });

  it('begins anew with one second after it was back', async () => {
    const answers = [away, away, accepted, away];
    const { write, follower, given, clock } = scene(() => answers.shift() ?? accepted);
    await write(1);
    await follower.start();
    await turns();
    for (const wait of [1, 2]) {
      clock.moveBy(seconds(wait));
      await turns();
    }
    clock.moveBy(milliseconds(20));
    await write(1);
    await turns();
    expect(given).toHaveLength(4);
    clock.moveBy(seconds(1));
    await turns();
    expect(given).toHaveLength(5);
  });

  it('obeys the far side where it asks for longer, and is not woken by new records', async () => {
    const asked: Delivery = { ...away, after: minutes(2) };
    const { write, follower, given, clock } = scene(() => asked);
    await write(1);
    await follower.start();
    await turns();
    await write(1);
    clock.moveBy(milliseconds(119_999));
    await turns();
    expect(given).toHaveLength(1);
    clock.moveBy(milliseconds(1));
    await turns();
    expect(given).toEqual([[1], [1, 2]]);
  });

  it('comes a little earlier by chance, never later', async () => {
    const { write, follower, given, clock } = scene(() => away, { random: () => 0.999 });
    await write(1);
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
    await write(1);
    await follower.start();
    await turns();
    await follower.stop();
    expect(closed()).toBe(1);
    expect(given).toHaveLength(1);
    expect(logger.lines).toHaveLength(1);
  });
});

describe('whatever fails', () => {
  it('is tried again: a sink that throws, a store that cannot move the cursor', async () => {
    const store = memoryStore();
    let failures = 2;
    const cursors: Cursors = {
      position: (follower) => store.cursors.position(follower),
      move(...where) {
        failures -= 1;
        if (failures > 0) return Promise.reject(new Fault('store-write-failed', 'disk full'));
        return store.cursors.move(...where);
      },
    };
    let throws = true;
    const answer = (): Delivery => {
      if (!throws) return accepted;
      throws = false;
      throw new Error('a mistake in the sink');
    };
    const { follower, given, clock } = scene(answer, { log: store.log, cursors });
    await store.log.append([tick]);
    await follower.start();
    await turns();
    expect(follower.state()).toMatchObject({ state: 'down', why: 'a mistake in the sink' });
    clock.moveBy(seconds(1));
    await turns();
    expect(follower.state()).toMatchObject({ state: 'down', why: 'disk full', cursor: 0 });
    clock.moveBy(seconds(2));
    await turns();
    expect(given).toEqual([[1], [1], [1]]);
    expect(await store.cursors.position('copy')).toBe(1);
  });

  it('nothing is passed over and nothing moves before it has arrived, through any outages and restarts', async () => {
    const event = fc.constantFrom('write', 'write', 'keep', 'accept', 'park', 'restart', 'wait');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        let mode: 'keep' | 'accept' | 'park' = 'accept';
        const arrived = new Set<Sequence>();
        const answer = (records: readonly LogRecord[]): Delivery => {
          if (mode === 'keep') return away;
          const [first, ...rest] = records.map(({ sequence }) => sequence);
          rest.forEach((sequence) => arrived.add(sequence));
          if (mode === 'accept' || first === undefined) {
            if (first !== undefined) arrived.add(first);
            return accepted;
          }
          return { kind: 'parked', parked: [{ sequence: first, words: 'no' }] };
        };
        const { store, clock, logger, write } = scene(answer);
        const begin = async (): Promise<Follower> => {
          const { sink } = toldSink(answer);
          const { log, cursors } = store;
          const next = follow({ sink, log, cursors, clock, batch: 3, random: () => 0, logger });
          await next.start();
          return next;
        };
        let follower = await begin();
        for (const happens of events) {
          if (happens === 'write') await write(2);
          else if (happens === 'restart') {
            await follower.stop();
            follower = await begin();
          } else if (happens === 'wait') clock.moveBy(seconds(1));
          else mode = happens;
          await turns();
          const parked = (await store.books.deadLetters(999)).map(({ sequence }) => sequence);
          for (let passed = 1; passed <= (await store.cursors.position('copy')); passed += 1) {
            expect(arrived.has(passed) || parked.includes(passed)).toBe(true);
          }
        }
        mode = 'accept';
        for (let step = 0; step < 60 && follower.state().behind > 0; step += 1) {
          clock.moveBy(seconds(30));
          await turns();
        }
        expect(follower.state().behind).toBe(0);
        await follower.stop();
      }),
      { numRuns: 60 },
    );
  });
});
