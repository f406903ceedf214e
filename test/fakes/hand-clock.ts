// A clock that moves when a test says so, and not before.
import type { Clock, Duration, Instant } from '../../gateway/domain/time.ts';
import { instant, later } from '../../gateway/domain/time.ts';

export interface HandClock extends Clock {
  /** Moves to `moment`, running on the way whatever falls due, each at its own time. */
  moveTo(moment: Instant): void;
  moveBy(span: Duration): void;
}

export function handClock(start: string): HandClock {
  let now = instant(Date.parse(start));
  let waiting: { due: Instant; task: () => void }[] = [];
  const moveTo = (moment: Instant): void => {
    for (;;) {
      const next = waiting.filter((timer) => timer.due <= moment).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      waiting = waiting.filter((timer) => timer !== next);
      now = instant(Math.max(now, next.due));
      next.task();
    }
    now = moment;
  };
  return {
    now: () => now,
    after(delay, task) {
      const timer = { due: later(now, delay), task };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((other) => other !== timer);
      };
    },
    moveTo,
    moveBy: (span) => moveTo(later(now, span)),
  };
}
