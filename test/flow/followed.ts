// A follower with a sink that answers as told, over a store in memory and a clock moved by hand.
import { onTestFinished } from 'vitest';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import { instant, milliseconds } from '../../gateway/domain/time.ts';
import { follow } from '../../gateway/flow/follow.ts';
import type { FollowParts } from '../../gateway/flow/follow.ts';
import type { Delivery, Sink } from '../../gateway/sinks/sink.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { keptLog } from '../fakes/kept-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

export const NOON = instant(Date.parse('2026-11-02T04:00:00Z'));
export const PACE = { batch: 3, gather: milliseconds(5) };
export const tick = { kind: 'tick', receivedAt: NOON } as const;
export const accepted = { kind: 'accepted' } satisfies Delivery;
export const away = { kind: 'keep', why: 'connect ECONNREFUSED' } satisfies Delivery;

/** A sink that answers as told and remembers what it was given. */
export function toldSink(answer: (records: readonly LogRecord[]) => Delivery | Promise<Delivery>) {
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

export function scene(answer: Parameters<typeof toldSink>[0], changes: Partial<FollowParts> = {}) {
  const store = memoryStore();
  const clock = handClock('2026-11-02T12:00:00+08:00');
  const logger = keptLog();
  const told = toldSink(answer);
  const follower = follow({
    sink: told.sink,
    log: store.log,
    cursors: store.cursors,
    clock,
    ...PACE,
    random: () => 0,
    logger,
    ...changes,
  });
  onTestFinished(() => follower.stop());
  const write = (count: number) => store.log.append(Array.from({ length: count }, () => tick));
  return { ...told, store, clock, logger, follower, write };
}

export const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};
