// What a bin's scale and its fill sensor say of one another, remembered from one collection to the next:
// how heavy its rubbish is for its volume, whether the level sees what the scale sees, and what the scale
// says of a bin that is empty. project/agreement.ts learns it, rules/meaning.ts judges it.
import type { Instant } from './time.ts';

/** 混投 too heavy for its volume · the fill sensor sees nothing · 零点偏移 the scale's zero is off */
export const MEANINGS = ['contaminated', 'sensor-blinded', 'needs-tare'] as const;
export type Meaning = (typeof MEANINGS)[number];

export interface Agreement {
  /** Of the last collections that both told of, oldest first. */
  readonly densities?: readonly Density[];
  /** The last of them was so many times as heavy as the stream usually is; absent where it was not too heavy. */
  readonly heavy?: { readonly since: Instant; readonly times: number };
  /** Collections by weight, one after the other, in which the level did not fall from where it was. */
  readonly unseen?: { readonly since: Instant; readonly fill: number; readonly count: number };
  /** What came by weight while the level stayed where it was. */
  readonly unmoved?: Unmoved;
  /** What the scale said right after the last collections, oldest first. */
  readonly rests?: readonly Rested[];
}

export interface Density {
  readonly at: Instant;
  readonly kgPerL: number;
}

export interface Unmoved {
  readonly since: Instant;
  readonly fill: number;
  readonly kg: number;
  readonly deposits: number;
}

export interface Rested {
  readonly at: Instant;
  readonly kg: number;
}
