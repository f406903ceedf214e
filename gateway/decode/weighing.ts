// What all cards of scales share: which quantity they yield, what an unstable weight becomes, and
// the one place where a number and its unit become kilograms. A weight is stored only where the
// scale itself vouches for it: an overload's digits, a blank field or a unit that is none never are.
import { Type } from 'typebox';
import { oneWordOf } from './card-options.ts';
import type { Decoded } from './decoder.ts';
import { refused } from './decoder.ts';
import { quoted } from './series-name.ts';
import { kilogramsOf } from './weight-unit.ts';

export const UNITS = ['kg', 'g', 't', 'lb', 'oz'] as const;

export const quantityOption = oneWordOf(['gross', 'net'], {
  title: 'Quantity',
  description: 'what its weights are: with the container on it, or without',
  default: 'gross',
});

export const unitOption = Type.Optional(
  oneWordOf(UNITS, {
    title: 'Unit',
    description: 'the unit where a line names none; without it such a line is refused',
    examples: ['kg'],
  }),
);

export const unstableOption = oneWordOf(['refuse', 'take'], {
  title: 'Unstable weights',
  description: 'whether a weight that the scale calls unstable is refused or taken like any other',
  default: 'refuse',
});

export interface Weighed {
  readonly quantity: 'gross' | 'net';
  readonly number: string;
  /** As the line says it; empty where it says none. */
  readonly unit: string;
  readonly imprint: string;
}

export function reading(weighed: Weighed, fallback: string | undefined): Decoded {
  const { quantity, number, imprint } = weighed;
  const unit = weighed.unit === '' ? fallback : weighed.unit;
  if (unit === undefined) return refused('unknown-quantity', `${quoted(imprint)} names no unit`);
  const value = kilogramsOf(number, unit);
  if (value === undefined) {
    return refused('unknown-quantity', `${quoted(unit)} is no unit of weight that we know`);
  }
  return { frames: [{ measured: [{ quantity, value }], imprint }], refused: [] };
}

/** The same out-of-range header stands for both ends; the sign of its digits tells which. */
export const outOfRange = (rest: string): Decoded =>
  rest.trimStart().startsWith('-')
    ? refused('underload', 'below its weighing range')
    : refused('overload', 'beyond its weighing range');
