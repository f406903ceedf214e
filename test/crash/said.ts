// What the gateway of the crash tests says to the world, one line of JSON each: its acknowledgements.
// Whatever lies above the moment of a line in the recording was promised before that moment.
import type { Sequence } from '../../gateway/domain/record.ts';

export type Said =
  | { readonly said: 'appended'; readonly first: Sequence; readonly values: readonly number[] }
  | { readonly said: 'saved'; readonly cursor: Sequence }
  | { readonly said: 'moved'; readonly to: Sequence };

/** The one follower besides the step. */
export const FOLLOWER = 'influx';

/** A message names itself and its length in each of its readings, so that a part of it shows. */
export const valuesOf = (message: number): number[] =>
  Array.from({ length: lengthOf(message) }, (_, part) => message * 10 + part);

export const lengthOf = (message: number): number => 1 + (message % 3);

/** What the follower cannot deliver. */
export const isPoison = (sequence: Sequence): boolean => sequence % 7 === 0;
