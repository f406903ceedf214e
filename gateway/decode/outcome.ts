// What became of one message, as people and scripts read it: the answer of `courtyard decode`.
import { QUANTITIES } from '../domain/quantity.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { Refusal } from '../domain/reading.ts';
import type { Decoded, Frame } from './decoder.ts';

interface ReadingOutcome {
  readonly channel?: string;
  readonly quantity: Quantity;
  readonly value: number;
  readonly unit: string;
  readonly observedAt?: string;
}

interface RefusedOutcome {
  readonly reason: Refusal;
  readonly detail?: string;
}

/** Readings, what was refused beside them, or the first reason why there are none. */
export type Outcome =
  | { readonly readings: readonly ReadingOutcome[]; readonly refused?: readonly RefusedOutcome[] }
  | { readonly rejected: Refusal; readonly refused?: readonly RefusedOutcome[] };

export function describeOutcome(decoded: Decoded): Outcome {
  const readings = decoded.frames.flatMap(readingsOf);
  const refused = decoded.refused.map(({ reason, detail }) =>
    detail === undefined ? { reason } : { reason, detail },
  );
  const [first, ...others] = refused;
  if (first === undefined) return { readings };
  if (readings.length > 0) return { readings, refused };
  return others.length > 0 ? { rejected: first.reason, refused } : { rejected: first.reason };
}

const readingsOf = (frame: Frame): ReadingOutcome[] =>
  frame.measured.map(({ channel, quantity, value }) => ({
    ...(channel !== undefined && { channel }),
    quantity,
    value,
    unit: QUANTITIES[quantity].unit,
    ...(frame.observedAt !== undefined && { observedAt: new Date(frame.observedAt).toISOString() }),
  }));
