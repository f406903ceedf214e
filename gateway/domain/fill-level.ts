// What is remembered of a bin's fill between two readings.
import type { Instant } from './time.ts';

export interface FillPoint {
  readonly at: Instant;
  readonly fill: number;
}

export interface FillLevel {
  /** The last few, oldest first. */
  readonly recent: readonly FillPoint[];
  /** One standard deviation of a reading, learned from how much one differs from the next. */
  readonly noise: number;
  /** The usual time between two readings, in ms. */
  readonly everyMs: number;
  /** It fell, and is watched whether it stays there. */
  readonly fall?: FillFall;
  /** The last emptying that it told of, while a bad echo may still be found out. */
  readonly emptied?: { readonly at: Instant; readonly from: number };
  /** Since when it last was higher by more than noise: what a platform's weight is given to. */
  readonly roseAt?: Instant;
  /** When it last seemed to fill in one step, and from where. */
  readonly jumped?: { readonly at: Instant; readonly from: number };
}

export interface FillFall {
  readonly from: number;
  /** The last moment at which it was still up there. */
  readonly before: Instant;
  readonly since: Instant;
  /** The lowest of what was heard since. */
  readonly lowest: number;
  readonly count: number;
  /** The last word was high again; one alone is a bad echo. */
  readonly isUp?: true;
}
