// How many notices a channel may begin: no more than so many within any span of such a length, however
// it is laid. The far side counts by its own clock when they arrive, and nobody here knows when that is:
// at some time between their beginning and their end. So each counts from its beginning until its end,
// and as long again as the span is: then it holds for whatever moment the far side has for it.
// In memory: after a restart it counts anew, and the far side's own refusal is what is waited for.
import { instant, later, type Instant } from '../../domain/time.ts';
import type { Limit } from '../../notify/notifier.ts';

export interface Allowance {
  /** How many may be begun now. */
  left(now: Instant): number;
  begin(): void;
  /** One that was begun has been answered, or nobody waits for its answer any more. */
  end(now: Instant): void;
  /**
   * When time alone lets one more be begun: not after `now` where it may be already, and never where
   * one that is under way must end first.
   */
  nextAt(now: Instant): number;
}

export function createAllowance(limits: readonly Limit[] = []): Allowance {
  const windows = limits.map((limit) => ({ limit, ended: [] as Instant[] }));
  let underWay = 0;
  const forget = (now: Instant): void => {
    for (const { limit, ended } of windows) {
      // Where the clock was put back, what seems to lie ahead was long ago.
      while (ended[0] !== undefined && (later(ended[0], limit.within) <= now || ended[0] > now))
        ended.shift();
    }
  };
  const spent = (ended: readonly Instant[]): number => underWay + ended.length;
  return {
    left(now) {
      forget(now);
      return Math.min(Infinity, ...windows.map(({ limit, ended }) => limit.most - spent(ended)));
    },
    begin() {
      underWay += 1;
    },
    end(now) {
      underWay -= 1;
      for (const { ended } of windows) ended.push(now);
    },
    nextAt(now) {
      forget(now);
      const full = windows.filter(({ limit, ended }) => spent(ended) >= limit.most);
      const moments = full.map(({ limit, ended: [first] }) =>
        first === undefined ? Infinity : later(first, limit.within),
      );
      return Math.max(instant(0), ...moments);
    },
  };
}
