// A sink that wants nothing but values is told them out of memory, and is given records otherwise.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Sequence } from '../../gateway/domain/record.ts';
import { milliseconds } from '../../gateway/domain/time.ts';
import { follow } from '../../gateway/flow/follow.ts';
import type { Delivery, Sink } from '../../gateway/sinks/sink.ts';
import type { Log } from '../../gateway/store/log.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { readingOf } from '../sinks/kiosk.ts';
import { accepted, PACE, tick, toldSink, turns } from './followed.ts';

type Changes = (log: Log) => Partial<Pick<Log, 'readAfter' | 'valuesAfter'>>;

function scene(changes: Changes = () => ({}), answer: () => Delivery = () => accepted) {
  const store = memoryStore();
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const { sink, given } = toldSink(answer);
  const told: Sequence[][] = [];
  const again: Sequence[][] = [];
  const ofValues: Sink = {
    ...sink,
    async deliverValues(values, askAgain) {
      const sequences: Sequence[] = [];
      values.each(({ sequence }) => sequences.push(sequence));
      told.push(sequences);
      again.push((await askAgain()).map(({ sequence }) => sequence));
      return answer();
    },
  };
  const follower = follow({
    sink: ofValues,
    log: { ...store.log, ...changes(store.log) },
    cursors: store.cursors,
    clock,
    ...PACE,
    valuesBatch: 7,
    random: () => 0,
    logger: keptLog(),
  });
  onTestFinished(() => follower.stop());
  return { store, clock, follower, given, told, again };
}

const { sequence: _, ...reading } = readingOf(1);

describe('a sink of values', () => {
  it('is told many at once, and passes what is no value', async () => {
    const { store, follower, given, told, clock } = scene();
    await store.log.append([tick, reading, reading, tick, reading, tick, tick, reading, tick]);
    await follower.start();
    await turns();
    expect(told).toEqual([[2, 3, 5]]);
    clock.moveBy(milliseconds(5));
    await turns();
    expect(told).toEqual([[2, 3, 5], [8]]);
    expect(given).toEqual([]);
    expect(follower.state()).toEqual({ cursor: 9, behind: 0, state: 'up', parked: 0 });
  });

  it('is given records, fewer at once, where the values are not in memory', async () => {
    const { store, follower, given, told } = scene(() => ({ valuesAfter: () => undefined }));
    await store.log.append(Array.from({ length: 9 }, () => reading));
    await follower.start();
    await turns();
    expect(told).toEqual([]);
    expect(given).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
  });

  it('gets all of the records again, however few of them the log gives at once', async () => {
    const { store, follower, again } = scene((log) => ({
      readAfter: (cursor, limit) => log.readAfter(cursor, Math.min(limit, 2)),
    }));
    await store.log.append([reading, tick, reading, reading, reading, reading, reading]);
    await follower.start();
    await turns();
    expect(again).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
  });

  it('waits for more as long as it may, and is behind where more is left than goes at once', async () => {
    const keep: Delivery = { kind: 'keep', why: 'no answer' };
    const { store, follower, told, clock } = scene(undefined, () => keep);
    await store.log.append(Array.from({ length: 6 }, () => reading));
    await follower.start();
    await turns();
    expect(told).toEqual([]);
    clock.moveBy(milliseconds(5));
    await turns();
    expect(told).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect(follower.state()).toMatchObject({ cursor: 0, behind: 6, state: 'down' });
  });
});
