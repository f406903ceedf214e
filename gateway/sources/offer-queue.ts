// Between a line that cannot be asked to wait and an intake that may be slow or failing.
//
//   line ──▶ [ waiting, oldest first ] ──▶ [ one group, offered together ] ──▶ intake
//               full: the oldest goes          │ a storage fault: back to the front,
//               and is said to be lost         └ in order, and again after back-off
//
// Promise: never more than CAPACITY messages are kept, whatever does not reach the intake is
// counted and said by its reason, and what reaches it does so in the order in which it was heard.
import type { SourceId } from '../domain/asset.ts';
import type { LossReason } from '../domain/loss.ts';
import type { Cancel, Duration } from '../domain/time.ts';
import { createBackOff } from './back-off.ts';
import type { SourceSurroundings } from './link.ts';
import type { Envelope, Intake } from './source.ts';

export interface OfferQueue {
  add(envelope: Envelope): void;
  /** Messages that were given up. */
  dropped(): number;
  /** Resolves when nothing waits: each message is tried once more, and is dropped if that fails. */
  finish(): Promise<void>;
}

/** At ten lines a second, three minutes of a store that does not answer; half a megabyte. */
const CAPACITY = 2000;
/** Enough for one commit to carry; what waits longer than that is better dropped from the front. */
const GROUP = 256;

export function createOfferQueue(id: SourceId, around: SourceSurroundings): OfferQueue {
  const { intake, clock } = around;
  const waiting = createWaiting((gone, reason) => tellLost(intake, gone, reason));
  const trouble = createTrouble(id, around);
  let current: Promise<void> = Promise.resolve();
  let state: 'idle' | 'offering' | 'postponed' = 'idle';
  let retry: Cancel = () => {};
  let finishing = false;

  function pump(): void {
    if (state === 'idle' && waiting.count() > 0) current = offerAll();
  }

  async function offerAll(): Promise<void> {
    state = 'offering';
    while (waiting.count() > 0) {
      const { refused, fault } = await offerTogether(intake, waiting.takeGroup());
      waiting.putBack(refused);
      if (refused.length > 0) return postpone(fault);
      trouble.over(waiting.dropped());
    }
    state = 'idle';
  }

  function postpone(fault: unknown): void {
    state = 'postponed';
    if (finishing) return waiting.dropAll('storage');
    retry = clock.after(trouble.waitAfter(fault), resume);
  }

  function resume(): void {
    state = 'idle';
    pump();
  }

  return {
    add(envelope) {
      waiting.add(envelope);
      pump();
    },
    dropped: () => waiting.dropped(),
    async finish() {
      finishing = true;
      retry();
      if (state === 'postponed') resume();
      await current;
    },
  };
}

/** Of one device in one breath: on a line there are few. */
function tellLost(intake: Intake, gone: readonly Envelope[], reason: LossReason): void {
  for (const [device, { length: count }] of Map.groupBy(gone, (one) => one.device)) {
    const source = gone[0]?.source ?? '';
    intake.lost({ source, reason, count, ...(device !== undefined && { device }) });
  }
}

/** Those that could not be stored, in their order, and why the first of them could not. */
async function offerTogether(
  intake: Intake,
  group: readonly Envelope[],
): Promise<{ refused: readonly Envelope[]; fault: unknown }> {
  const answers = await Promise.allSettled(group.map((envelope) => intake.offer(envelope)));
  return {
    refused: group.filter((_, place) => answers[place]?.status === 'rejected'),
    fault: answers.find((answer) => answer.status === 'rejected')?.reason,
  };
}

/** A store that takes nothing: said once when it begins and once when it is over. */
function createTrouble(id: SourceId, { log, chance }: SourceSurroundings) {
  const backOff = createBackOff(chance);
  let failing = false;
  return {
    waitAfter(fault: unknown): Duration {
      if (!failing) log.warn({ source: id, err: fault }, 'nothing can be stored, lines wait');
      failing = true;
      return backOff.next();
    },
    over(dropped: number): void {
      if (failing) log.info({ source: id, dropped }, 'lines are stored again');
      failing = false;
      backOff.reset();
    },
  };
}

/** Oldest first; what is offered at the moment still counts until its group is put back or over. */
function createWaiting(lost: (gone: readonly Envelope[], reason: LossReason) => void) {
  const waiting: Envelope[] = [];
  let away = 0;
  let dropped = 0;

  function drop(gone: readonly Envelope[], reason: LossReason): void {
    dropped += gone.length;
    lost(gone, reason);
  }

  return {
    count: () => waiting.length,
    dropped: () => dropped,
    add(envelope: Envelope): void {
      waiting.push(envelope);
      if (waiting.length + away > CAPACITY) drop(waiting.splice(0, 1), 'overflow');
    },
    takeGroup(): readonly Envelope[] {
      const group = waiting.splice(0, GROUP);
      away = group.length;
      return group;
    },
    putBack(refused: readonly Envelope[]): void {
      waiting.unshift(...refused);
      away = 0;
    },
    dropAll(reason: LossReason): void {
      drop(waiting.splice(0), reason);
    },
  };
}
