// How often something may happen: so many at once, and then one each so often. One moment is kept for
// each name, at which all that it had is paid off; and of names a bounded number.
import { milliseconds, type Clock, type Duration } from '../domain/time.ts';

export interface Pace {
  readonly atOnce: number;
  readonly every: Duration;
}

export interface Paced {
  /** How long this one has to wait; 0 where it may go now. */
  ask(name: string): Duration;
  take(name: string): void;
}

/** Past this many the ones that are paid off first are forgotten: who is counted over all still counts. */
const MOST_NAMES = 10_000;

export function paced({ atOnce, every }: Pace, clock: Pick<Clock, 'now'>): Paced {
  const paidOff = new Map<string, number>();
  const owed = (name: string): number => Math.max(0, (paidOff.get(name) ?? 0) - clock.now());
  return {
    ask(name) {
      // A clock that was set back may not shut the door for days.
      const debt = Math.min(owed(name), atOnce * every);
      return milliseconds(Math.max(0, debt + every - atOnce * every));
    },
    take(name) {
      const until = clock.now() + Math.min(owed(name), atOnce * every) + every;
      paidOff.delete(name);
      paidOff.set(name, until);
      if (paidOff.size > MOST_NAMES) tidy(paidOff, clock.now());
    },
  };
}

function tidy(paidOff: Map<string, number>, now: number): void {
  for (const [name, until] of paidOff) if (until <= now) paidOff.delete(name);
  for (const name of paidOff.keys()) {
    if (paidOff.size <= MOST_NAMES) return;
    paidOff.delete(name);
  }
}
