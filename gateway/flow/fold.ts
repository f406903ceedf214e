// Drives the fold: reads the log behind its own cursor, steps through it, saves what changed.
//
//   log ──▶ read ──▶ step, record by record ──▶ screens (at once)
//                          │
//                          └──▶ save state + derived + cursor (one transaction)
//
// An alarm or a ticket is saved at once; mere readings wait up to a second to be saved together,
// because all of it can be folded again from the log. Promise: a crash neither loses nor doubles.
import type { DerivedEntry, Sequence } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import { between, instant, seconds, type Cancel, type Clock } from '../domain/time.ts';
import type { Log, StepStore } from '../store/log.ts';
import type { Step } from './step.ts';

export interface FoldParts {
  readonly log: Log;
  readonly store: StepStore;
  readonly clock: Clock;
  readonly standing: Standing;
  readonly step: Step;
  /** The cursor that `standing` was saved with. */
  readonly from: Sequence;
  /** Called after each batch with the ids that may have changed. */
  readonly onChange: () => void;
  /** The store is failing; the fold goes on trying. */
  readonly onFault: (fault: unknown) => void;
}

export interface Fold {
  start(): void;
  /** Folds what is there, saves it, and stops. */
  stop(): Promise<void>;
  /** The last sequence that was folded, durable or not yet. */
  position(): Sequence;
  /** Resolves once the record at `sequence` is folded and its effects are durable. */
  settled(sequence: Sequence): Promise<void>;
}

const BATCH = 1000;
const SAVE_WITHIN = seconds(1);
const RETRY_AFTER = seconds(1);

interface Progress {
  readonly parts: FoldParts;
  cursor: Sequence;
  saved: Sequence;
  derived: DerivedEntry[];
  waiting: { readonly sequence: Sequence; readonly resolve: () => void }[];
  isSaveDue: boolean;
  isStopping: boolean;
  cancelSave: Cancel | undefined;
  cancelTick: Cancel | undefined;
  /** Wakes the loop when it sleeps. */
  wake: () => void;
  isAwake: boolean;
}

export function createFold(parts: FoldParts): Fold {
  const progress: Progress = {
    parts,
    cursor: parts.from,
    saved: parts.from,
    derived: [],
    waiting: [],
    isSaveDue: false,
    isStopping: false,
    cancelSave: undefined,
    cancelTick: undefined,
    wake: () => undefined,
    isAwake: false,
  };
  let running: Promise<void> = Promise.resolve();
  const stopListening = parts.log.onGrowth(() => ring(progress));
  return {
    start() {
      running = live(progress);
    },
    async stop() {
      stopListening();
      progress.isStopping = true;
      ring(progress);
      await running;
    },
    position: () => progress.cursor,
    settled(sequence) {
      if (progress.saved >= sequence) return Promise.resolve();
      return new Promise((resolve) => {
        progress.waiting.push({ sequence, resolve });
        ring(progress);
      });
    },
  };
}

function ring(progress: Progress): void {
  progress.isAwake = true;
  progress.wake();
}

const rung = (progress: Progress): Promise<void> =>
  new Promise((resolve) => {
    progress.wake = resolve;
    if (progress.isAwake) resolve();
  });

async function live(progress: Progress): Promise<void> {
  for (;;) {
    progress.isAwake = false;
    const isMore = await persist(progress.parts, () => foldBatch(progress));
    if (isSaveUrgent(progress)) await persist(progress.parts, () => save(progress));
    else saveLater(progress);
    // What was written while this batch was on its way is there too.
    if (isMore || (progress.isStopping && progress.cursor < progress.parts.log.head())) continue;
    if (progress.isStopping) break;
    tickWhenDue(progress);
    await rung(progress);
    progress.cancelTick?.();
  }
  progress.cancelSave?.();
}

/** Tries until it succeeds: a store that fails now is back later, and nothing may be skipped. */
async function persist<T>({ clock, onFault }: FoldParts, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (fault) {
      onFault(fault);
      await new Promise<void>((resolve) => void clock.after(RETRY_AFTER, resolve));
    }
  }
}

/** Folds what the log has next; true where there is probably more. */
async function foldBatch(progress: Progress): Promise<boolean> {
  const { log, step, onChange } = progress.parts;
  const records = await log.readAfter(progress.cursor, BATCH);
  for (const record of records) {
    progress.derived.push(...step.fold(record));
    progress.cursor = record.sequence;
  }
  if (records.length > 0) onChange();
  return records.length === BATCH;
}

/** Somebody waits for it, it is more than a reading, or it has waited its second. */
function isSaveUrgent(progress: Progress): boolean {
  const { waiting, derived, isSaveDue, isStopping, parts } = progress;
  if (progress.cursor === progress.saved) return false;
  return (
    isSaveDue ||
    isStopping ||
    waiting.length > 0 ||
    derived.length >= BATCH ||
    parts.standing.hasNews()
  );
}

function saveLater(progress: Progress): void {
  if (progress.cursor === progress.saved) return;
  progress.cancelSave ??= progress.parts.clock.after(SAVE_WITHIN, () => {
    progress.isSaveDue = true;
    ring(progress);
  });
}

async function save(progress: Progress): Promise<void> {
  const { standing, store } = progress.parts;
  const { cursor, derived } = progress;
  progress.cancelSave?.();
  progress.cancelSave = undefined;
  progress.isSaveDue = false;
  progress.derived = [];
  const commit = { cursor, derived, ...standing.takeChanges() };
  // Taken once: a failed attempt must write the very same changes again.
  await persist(progress.parts, () => store.save(commit));
  progress.saved = cursor;
  const isDone = (waiter: { sequence: Sequence }): boolean => waiter.sequence <= cursor;
  for (const waiter of progress.waiting.filter(isDone)) waiter.resolve();
  progress.waiting = progress.waiting.filter((waiter) => !isDone(waiter));
}

/** Time itself is a record: when something falls due in a quiet world, a tick is written down. */
function tickWhenDue(progress: Progress): void {
  const { clock, log, standing, onFault } = progress.parts;
  const due = standing.agenda.next();
  if (due === undefined) return;
  progress.cancelTick = clock.after(between(clock.now(), due), () => {
    const receivedAt = instant(Math.max(clock.now(), due));
    log.append([{ kind: 'tick', receivedAt }]).catch((fault: unknown) => {
      onFault(fault);
      clock.after(RETRY_AFTER, () => ring(progress));
    });
  });
}
