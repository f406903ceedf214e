// Drives the fold: reads the log behind its own cursor, steps through it, saves what changed.
//
//   log ──▶ read ──▶ step, record by record ──▶ screens (at once)
//                          ├──▶ save state + derived + cursor (one transaction) ──▶ tell outside
//                          └──▶ while that is put off: the notices alone ─────────▶ tell outside
//
// An alarm or a ticket is saved at once; mere readings wait up to a second to be saved together,
// because all of it can be folded again from the log. Promise: a crash neither loses nor doubles.
// A notice is written before it is told. Folded again it has the same key, and is there already.
import type { Notice } from '../domain/notice.ts';
import type { DerivedEntry, Sequence } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import {
  between,
  instant,
  milliseconds,
  seconds,
  type Cancel,
  type Clock,
  type Duration,
} from '../domain/time.ts';
import type { Log, StepStore } from '../store/log.ts';
import type { Step } from './step.ts';

export interface FoldParts {
  readonly log: Log;
  readonly store: StepStore;
  readonly clock: Clock;
  readonly standing: Standing;
  readonly step: Step;
  /** How long mere readings may wait to be saved together; a second where absent. */
  readonly saveWithin?: Duration;
  /** The cursor that `standing` was saved with. */
  readonly from: Sequence;
  /** Called after each batch with the ids that may have changed. */
  readonly onChange: () => void;
  /** These are to be told outside, and are durable now. */
  readonly onNotices?: (notices: readonly Notice[]) => void;
  /** The store is failing; the fold goes on trying. */
  readonly onFault: (fault: unknown) => void;
}

export interface Fold {
  start(): void;
  /**
   * Folds what is there, saves it, and stops. Rejects with the store's fault where it cannot be
   * saved: nothing is lost by that, for it is folded again from the log after the next start.
   */
  stop(): Promise<void>;
  /** The last sequence that was folded, durable or not yet. */
  position(): Sequence;
  /**
   * Resolves once the record at `sequence` is folded and its effects are durable. Rejects with the
   * store's fault where they cannot be made so for now: the record itself is, and is not folded twice.
   */
  settled(sequence: Sequence): Promise<void>;
}

const BATCH = 1000;
const SAVE_WITHIN = seconds(1);
const RETRY_AFTER = seconds(1);
/**
 * Between two saves of alarms: where they come by the hundred, some share one. The more a save had to
 * write, the longer: a thousand lamps that speak all the time are dirty in each of them.
 */
const SHORTEST_REST = milliseconds(100);
const LONGEST_REST = milliseconds(1000);
const PUTS_PER_MS = 1;
/** Written ahead of a save: of no more the outbox remembers for sure that they were told. */
const MOST_AHEAD = 100;

/** Failed attempts to save after which those who wait for it are told. */
const TOLD_AFTER = 3;

interface Waiting {
  readonly sequence: Sequence;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

interface Progress {
  readonly parts: FoldParts;
  cursor: Sequence;
  saved: Sequence;
  derived: DerivedEntry[];
  waiting: Waiting[];
  isSaveDue: boolean;
  /** It was saved a moment ago. */
  isResting: boolean;
  isStopping: boolean;
  /** Notices written ahead since the last save, those under way, and those that could not be. */
  aheadCount: number;
  ahead: Promise<void>;
  unwritten: Notice[];
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
    isResting: false,
    isStopping: false,
    aheadCount: 0,
    ahead: Promise.resolve(),
    unwritten: [],
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
      return new Promise((resolve, reject) => {
        progress.waiting.push({ sequence, resolve, reject });
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
    const isMore = await persist(progress, () => foldBatch(progress));
    if (isSaveUrgent(progress)) await save(progress);
    else {
      writeAhead(progress);
      saveLater(progress);
    }
    // What was written while this batch was on its way is there too.
    if (isMore || (progress.isStopping && progress.cursor < progress.parts.log.head())) continue;
    if (progress.isStopping) break;
    tickWhenDue(progress);
    await rung(progress);
    progress.cancelTick?.();
  }
  progress.cancelSave?.();
}

/**
 * Tries until it succeeds: a store that fails now is back later, and nothing may be skipped. Whoever
 * stops cannot wait for that, and whoever waits for an answer is told how it stands.
 */
async function persist<T>(progress: Progress, attempt: () => Promise<T>): Promise<T> {
  const { clock, onFault } = progress.parts;
  for (let failed = 1; ; failed += 1) {
    try {
      return await attempt();
    } catch (fault) {
      onFault(fault);
      if (failed >= TOLD_AFTER || progress.isStopping) tellWaiting(progress, fault);
      if (progress.isStopping) throw fault;
      await new Promise<void>((resolve) => void clock.after(RETRY_AFTER, resolve));
    }
  }
}

function tellWaiting(progress: Progress, fault: unknown): void {
  const waiting = progress.waiting.splice(0);
  for (const { reject } of waiting) reject(fault);
}

/** Folds what the log has next; true where there is probably more. */
async function foldBatch(progress: Progress): Promise<boolean> {
  const { log, step, onChange } = progress.parts;
  const records = await log.readAfter(progress.cursor, BATCH);
  for (const record of records) {
    const derived = step.fold(record);
    if (derived.length > 0) progress.derived.push(...derived);
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
    (parts.standing.hasNews() && !progress.isResting) ||
    progress.aheadCount >= MOST_AHEAD
  );
}

function saveLater(progress: Progress): void {
  const { parts } = progress;
  if (progress.cursor === progress.saved) return;
  progress.cancelSave ??= parts.clock.after(parts.saveWithin ?? SAVE_WITHIN, () => {
    progress.isSaveDue = true;
    ring(progress);
  });
}

async function save(progress: Progress): Promise<void> {
  const { standing, store, step, onNotices } = progress.parts;
  const { cursor, derived } = progress;
  progress.cancelSave?.();
  progress.cancelSave = undefined;
  progress.isSaveDue = false;
  progress.derived = [];
  await progress.ahead;
  const notices = [...progress.unwritten.splice(0), ...step.takeNotices()];
  const kept = { audit: step.takeAudit(), evidence: step.takeEvidence() };
  const told = notices.length > 0 && { notices };
  const commit = { cursor, derived, ...standing.takeChanges(), ...kept, ...told };
  // Taken once: a failed attempt must write the very same changes again.
  await persist(progress, () => store.save(commit));
  progress.saved = cursor;
  progress.aheadCount = 0;
  rest(progress, commit.puts.length);
  if (notices.length > 0) onNotices?.(notices);
  const isDone = (waiter: Waiting): boolean => waiter.sequence <= cursor;
  for (const waiter of progress.waiting.filter(isDone)) waiter.resolve();
  progress.waiting = progress.waiting.filter((waiter) => !isDone(waiter));
}

/** Into the outbox while the save is put off; nobody waits for it but the save. */
function writeAhead(progress: Progress): void {
  const { store, step, onNotices, onFault } = progress.parts;
  const notices = step.takeNotices();
  if (notices.length === 0) return;
  progress.aheadCount += notices.length;
  const writing = store.tellAhead(notices).then(
    () => onNotices?.(notices),
    (fault: unknown) => {
      onFault(fault);
      progress.unwritten.push(...notices); // the next save has them
    },
  );
  progress.ahead = Promise.all([progress.ahead, writing]).then(() => undefined);
}

function rest(progress: Progress, puts: number): void {
  const { clock, standing } = progress.parts;
  const span = Math.min(LONGEST_REST, Math.max(SHORTEST_REST, puts / PUTS_PER_MS));
  progress.isResting = true;
  clock.after(milliseconds(span), () => {
    progress.isResting = false;
    if (standing.hasNews()) ring(progress);
  });
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
