// What a rule says of one subject at one moment. Judging is arithmetic; waiting is watch.ts's.
import type { Instant } from '../domain/time.ts';

export type Verdict =
  /** The condition holds, since then; `value` tripped it, where it is a number that did. */
  | {
      readonly kind: 'violated';
      readonly since: Instant;
      readonly value?: number;
      /** Where time alone may end it. */
      readonly lookAgainAt?: Instant;
    }
  /** It does not; where only time can change that, the instant at which to judge again. */
  | { readonly kind: 'clear'; readonly lookAgainAt?: Instant }
  /** Between the limit and the clear level: too good to trip, not good enough to clear. */
  | { readonly kind: 'dead-band'; readonly lookAgainAt?: Instant }
  /** Nothing can be said: never measured, or not believed. Leaves things as they are. */
  | { readonly kind: 'unknown' };

export const UNKNOWN: Verdict = { kind: 'unknown' };
export const CLEAR: Verdict = { kind: 'clear' };
export const DEAD_BAND: Verdict = { kind: 'dead-band' };
