// A clock that moves when a test says so, and not before; beside it the machine's own time of day,
// which a hand may set to anything, and a machine that may stand still.
import type { Duration, Instant, KeptClock } from '../../gateway/domain/time.ts';
import { instant, milliseconds } from '../../gateway/domain/time.ts';

export interface HandClock extends KeptClock {
  /** Moves to `moment`, running on the way whatever falls due, each at its own time. */
  moveTo(moment: Instant): void;
  moveBy(span: Duration): void;
  /** Somebody sets the machine's time of day; no time passes. */
  setWall(moment: Instant): void;
  /** The process stands still: time passes, and whatever falls due runs late, when it is over. */
  standStill(span: Duration): void;
}

export function handClock(start: string): HandClock {
  let steady = 0;
  let ours = Date.parse(start);
  let wall = ours;
  let waiting: { due: number; task: () => void }[] = [];
  const runDue = (upTo: number, arrive: (due: number) => void): void => {
    for (;;) {
      const next = waiting.filter((timer) => timer.due <= upTo).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      waiting = waiting.filter((timer) => timer !== next);
      arrive(next.due);
      next.task();
    }
  };
  const pass = (span: number): void => {
    const end = steady + span;
    runDue(end, (due) => {
      steady = Math.max(steady, due);
    });
    steady = end;
  };
  const clock: HandClock = {
    now: () => instant(Math.floor(ours + steady)),
    wall: () => instant(wall + steady),
    steady: () => milliseconds(steady),
    move(byMs) {
      ours += byMs;
    },
    after(delay, task) {
      const timer = { due: steady + delay, task };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((other) => other !== timer);
      };
    },
    // What is set on the way is set: the rest of the way is the rest of the span.
    moveTo: (moment) => pass(moment - clock.now()),
    moveBy: (span) => pass(span),
    setWall(moment) {
      wall = moment - steady;
    },
    standStill(span) {
      steady += span;
      runDue(steady, () => undefined);
    },
  };
  return clock;
}
