// The machine's clocks. Waits run on the monotonic one, which nobody can set. The time of day of a
// gateway runs on it too, from where it was set: what the machine's own time of day does meanwhile
// makes nothing fall due (flow/clock/clock-keeping.ts compares the two).
import { instant, milliseconds, type Clock, type KeptClock } from '../domain/time.ts';

/** Node's own timers cap a wait at 2^31−1 ms and would fire at once beyond it. */
const LONGEST_TIMER_MS = 2_147_483_647;

const after: Clock['after'] = (delay, task) => {
  let timer: NodeJS.Timeout;
  const wait = (leftMs: number): void => {
    const next = Math.min(leftMs, LONGEST_TIMER_MS);
    timer = setTimeout(() => (leftMs > next ? wait(leftMs - next) : task()), next);
  };
  wait(delay);
  return () => clearTimeout(timer);
};

/** The machine's time of day as it is, for commands that are over before it changes. */
export const systemClock: Clock = { now: () => instant(Date.now()), after };

/** Starts at the machine's time of day. */
export function keptClock(): KeptClock {
  let startMs = Date.now() - performance.now();
  return {
    now: () => instant(Math.floor(startMs + performance.now())),
    after,
    wall: () => instant(Date.now()),
    steady: () => milliseconds(performance.now()),
    move(byMs) {
      startMs += byMs;
    },
  };
}
