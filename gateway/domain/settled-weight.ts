// What is remembered of a bin's weight between two readings.
import type { Instant } from './time.ts';

export interface SettledWeight {
  /** What lies in the bin, in kg; absent until it first came to rest. */
  readonly baseKg?: number;
  /** How many readings the base is the mean of, up to a limit. */
  readonly restedFor?: number;
  /** Of the last reading that was taken in. */
  readonly at: Instant;
  /** What the scale says when nothing lies in the container that stands there now; 0 where absent. */
  readonly zeroKg?: number;
  readonly noise?: WeightNoise;
  /** The last readings, oldest first: a ring at rest, all since it moved while it moves. */
  readonly recent?: readonly WeightPoint[];
  /** Since when it is not where it rested. */
  readonly moving?: { readonly since: Instant };
  /** There was a time without data between the base and what is heard now. */
  readonly isAcrossGap?: true;
  /** The container is off its scale. */
  readonly away?: Away;
  /** Steps of the last minutes, oldest first, so that what goes back is known for it. */
  readonly steps?: readonly WeightStep[];
  /** Before the last deposit, so that one that is taken out again at once is known for it. */
  readonly before?: { readonly kg: number; readonly at: Instant };
}

export interface WeightPoint {
  readonly at: Instant;
  readonly kg: number;
}

/** Up where above 0. */
export type WeightStep = WeightPoint;

/** Learned from how much one reading at rest differs from the next. */
export interface WeightNoise {
  /** One standard deviation. */
  readonly kg: number;
  /** From how many readings, up to a limit. */
  readonly count: number;
  readonly lastKg: number;
  /** The usual time between two readings, in ms. */
  readonly everyMs: number;
  /** The least that it ever moved by: the scale's own step where it is coarser than its noise. */
  readonly tickKg?: number;
}

export interface Away {
  readonly since: Instant;
  /** What the empty scale first came to rest at. */
  readonly firstKg?: number;
  readonly lastKg?: number;
  /** How often something small was put on what should be an empty scale. */
  readonly rises: number;
  /** It came back on, and has not come to rest yet. */
  readonly isBack?: true;
}
