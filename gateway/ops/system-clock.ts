import { instant, type Clock } from '../domain/time.ts';

/** Node's own timers cap a wait at 2^31−1 ms and would fire at once beyond it. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's time of day; waits run on its monotonic clock, which never jumps. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  after(delay, task) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const next = Math.min(leftMs, LONGEST_TIMER_MS);
      timer = setTimeout(() => (leftMs > next ? wait(leftMs - next) : task()), next);
    };
    wait(delay);
    return () => clearTimeout(timer);
  },
};
