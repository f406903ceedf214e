// What is remembered of a bin's weight between two readings.
import type { Instant } from './time.ts';

export interface SettledWeight {
  /** What lies in the bin, in kg; absent until it first came to rest. */
  readonly baseKg?: number;
  /** Of the last reading that was taken in. */
  readonly at: Instant;
  readonly moving?: Plateau;
  /** Before the last deposit, so that one that is taken out again at once is known for it. */
  readonly before?: { readonly kg: number; readonly at: Instant };
}

/** A weight that may be coming to rest. */
export interface Plateau {
  readonly since: Instant;
  readonly count: number;
  readonly sumKg: number;
  readonly leastKg: number;
  readonly mostKg: number;
}
