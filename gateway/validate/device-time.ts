// Whether a device's own clock can be believed. Where it cannot, the moment of receipt stands in:
// the number is as good as ever, only its date was not.
import { isPossible, momentInWords } from '../domain/clock-state.ts';
import { days, earlier, instant, later, minutes } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';

/** Before any of this hardware was built: a clock that lost its battery, or seconds read as ms. */
const FIRST_PLAUSIBLE = instant(Date.UTC(2020, 0, 1));
/** Cheap crystals drift by seconds a day; minutes ahead is a wrong zone or a wrong year. */
const AHEAD = minutes(5);
/** No device of ours keeps a backlog for over a year. */
const BEHIND = days(366);

export interface PointTime {
  readonly observedAt: Instant;
  /** The device's word, or ours where it gave none or an absurd one. */
  readonly by: 'device' | 'receipt';
  /** What the device said and nobody can believe. */
  readonly absurd?: Instant;
}

export function pointTime(said: Instant | undefined, receivedAt: Instant): PointTime {
  if (said === undefined) return { observedAt: receivedAt, by: 'receipt' };
  if (isPlausible(said, receivedAt)) return { observedAt: said, by: 'device' };
  return { observedAt: receivedAt, by: 'receipt', absurd: said };
}

/**
 * While our own clock is known to be wrong, a device's may be the better one: whatever can be true is
 * kept, and judged when the moment of receipt is known.
 */
export function undatedTime(said: Instant | undefined, receivedAt: Instant): PointTime {
  if (said === undefined) return { observedAt: receivedAt, by: 'receipt' };
  if (isPossible(said)) return { observedAt: said, by: 'device' };
  return { observedAt: receivedAt, by: 'receipt', absurd: said };
}

/** What the device said, and what its maker may have meant. */
export function absurdInWords(said: Instant, receivedAt: Instant): string {
  const words = `its clock says ${momentInWords(said)}`;
  return isPlausible(instant(said * 1000), receivedAt)
    ? `${words} (epoch seconds, where milliseconds are asked for?)`
    : words;
}

/** Both ends included; NaN is never within. */
export const isPlausible = (said: Instant, receivedAt: Instant): boolean =>
  said >= FIRST_PLAUSIBLE &&
  said >= earlier(receivedAt, BEHIND) &&
  said <= later(receivedAt, AHEAD);
