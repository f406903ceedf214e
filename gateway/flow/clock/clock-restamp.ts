// Writes readings again whose moment was not known when they came, now that it is.
//
//   stretch due ──▶ read a batch ──▶ [ each at its right moment …, note: through here ] ──▶ folded ─┐
//        ▲                                        one append, all or none                          │
//        └──────────────────────────────── the fold says how far ◀─────────────────────────────────┘
//
// Why nothing is there twice or not at all: an unsynchronised row counts in no chart, no sink and no
// sum; the row written here does. A batch and the note of how far it got are one append, so the log
// has both or neither; and the next batch begins where the fold, having read that note, says. Killed
// anywhere, the fold reads the same notes again. Only one of these runs, and it waits for the fold.
//
// A row written again has no counter of the device's: it is not the device that repeats itself.
import { isPossible } from '../../domain/clock-state.ts';
import type { LogRecord, ReadingEntry, Recorded, Sequence } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';
import { dueStretch, type Stretch } from '../../domain/stretch.ts';
import { milliseconds, moved, seconds, type Clock } from '../../domain/time.ts';
import type { Log } from '../../store/log.ts';
import { pointTime } from '../../validate/device-time.ts';
import { createNap } from './nap.ts';

export interface RestampParts {
  readonly log: Pick<Log, 'readAfter' | 'append' | 'head'>;
  readonly standing: Standing;
  readonly clock: Clock;
  /** Resolves once the record at `sequence` is folded. */
  readonly settled: (sequence: Sequence) => Promise<void>;
  readonly onFault: (fault: unknown) => void;
}

export interface Restamp {
  start(): void;
  stop(): Promise<void>;
}

const BATCH = 1000;
/** A clock is seldom put right, and nobody waits for it. */
const LOOK_EVERY = seconds(1);
/** Between batches, so that a long stretch leaves room for what arrives now. */
const REST = milliseconds(20);
const RETRY_AFTER = seconds(1);

export function createRestamp(parts: RestampParts): Restamp {
  const { standing, clock, log, settled, onFault } = parts;
  const nap = createNap(clock);
  const due = (): Stretch | undefined => dueStretch(standing.gateway().stretches ?? []);
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    while (!nap.isOver()) {
      const stretch = due();
      if (!stretch) {
        await nap.during(LOOK_EVERY);
        continue;
      }
      try {
        await settled(await passBatch(parts, stretch));
        await nap.during(REST);
      } catch (fault) {
        onFault(fault);
        await nap.during(RETRY_AFTER);
        // Whatever of it did reach the disk is known to the fold first.
        if (!nap.isOver()) await settled(log.head());
      }
    }
  }
  return {
    start() {
      running = run();
    },
    async stop() {
      nap.end();
      await running;
    },
  };
}

/** Gives the sequence of the note. */
async function passBatch({ log, clock }: RestampParts, stretch: Stretch): Promise<Sequence> {
  const { from, to = Infinity, boot } = stretch;
  const read = await log.readAfter(from, BATCH);
  const inside = read.filter(({ sequence }) => sequence < to);
  const isEnd = inside.length < read.length || read.length < BATCH;
  const whole = isEnd ? inside : withoutTornEnd(inside);
  const through = isEnd ? to - 1 : (whole.at(-1)?.sequence ?? from);
  const entries = rewritten(whole, stretch.offMs ?? 0);
  const note = { kind: 'clock', boot, stepMs: 0, through, receivedAt: clock.now() } as const;
  return (await log.append([...entries, note])) + entries.length;
}

const messageOf = (record: LogRecord): Sequence =>
  record.kind === 'reading' ? record.sequence - record.part : record.sequence;

/** The last message may go on in the next batch; its parts share one point, so they stay together. */
function withoutTornEnd(records: readonly LogRecord[]): readonly LogRecord[] {
  const last = records.at(-1);
  if (!last) return records;
  const kept = records.filter((record) => messageOf(record) !== messageOf(last));
  return kept.length > 0 ? kept : records;
}

/** What cannot have been, even by the right clock, stays where it is and counts nowhere. */
export function rewritten(records: readonly LogRecord[], offMs: number): ReadingEntry[] {
  const entries: ReadingEntry[] = [];
  let message = -1;
  let part = 0;
  for (const record of records) {
    if (record.kind !== 'reading' || record.doubt !== 'unsynchronised') continue;
    const entry = dated(record, offMs);
    if (!isPossible(entry.observedAt)) continue;
    part = messageOf(record) === message ? part + 1 : 0;
    message = messageOf(record);
    entries.push({ ...entry, part });
  }
  return entries;
}

function dated(record: Recorded<ReadingEntry>, offMs: number): ReadingEntry {
  const { sequence: _, seq: __, ...entry } = record;
  const receivedAt = moved(record.receivedAt, offMs);
  const said = record.observedAt === record.receivedAt ? undefined : record.observedAt;
  const { observedAt } = pointTime(said, receivedAt);
  return { ...entry, receivedAt, observedAt, doubt: 'restamped' };
}
