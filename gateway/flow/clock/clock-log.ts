// The log as everybody writes to it, with a place of its own for what is said of the clock: whatever
// is stamped by the clock that was put right lies behind the record that says so.
//
//   clock set and record appended in one breath ──▶ durable ──▶ those who came meanwhile, in order
//
// Promise: were the disk to fail in that very moment, nothing overtakes the record. So a sequence
// alone tells by which clock a record was stamped, also after a kill.
import { Fault } from '../../domain/fault.ts';
import type { Entry } from '../../domain/record.ts';
import { seconds, type Clock } from '../../domain/time.ts';
import type { Log } from '../../store/log.ts';

export interface ClockLog extends Log {
  /** Writes what is said of the clock, trying until it is durable. */
  say(entry: Entry): void;
}

export interface ClockLogParts {
  readonly log: Log;
  readonly clock: Clock;
  /** Called before each append; may say something first. */
  readonly before: () => void;
  readonly onFault: (fault: unknown) => void;
}

const RETRY_AFTER = seconds(1);

export function createClockLog({ log, clock, before, onFault }: ClockLogParts): ClockLog {
  let owed: Promise<void> | undefined;

  async function persist(entry: Entry): Promise<void> {
    for (;;) {
      try {
        await log.append([entry]);
        return;
      } catch (fault) {
        onFault(fault);
        if (fault instanceof Fault && fault.code === 'stopping') return;
        await new Promise<void>((resolve) => void clock.after(RETRY_AFTER, resolve));
      }
    }
  }

  return {
    ...log,
    append(entries, raw) {
      before();
      return owed ? owed.then(() => log.append(entries, raw)) : log.append(entries, raw);
    },
    say(entry) {
      const saying = owed ? owed.then(() => persist(entry)) : persist(entry);
      const mine = saying.finally(() => {
        if (owed === mine) owed = undefined;
      });
      owed = mine;
    },
  };
}
