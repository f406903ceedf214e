// The machine's own clock, `times` as fast: for tests against real programs, which no hand moves.
import type { Clock } from '../../gateway/domain/time.ts';
import { instant } from '../../gateway/domain/time.ts';

export function wallClock(times = 1): Clock {
  return {
    now: () => instant(Date.now()),
    after(delay, task) {
      const timer = setTimeout(task, delay / times);
      return () => clearTimeout(timer);
    },
  };
}
