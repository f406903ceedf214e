// What a number can physically be, by its quantity, and what an echo can be in a given bin.
import type { Asset } from '../domain/asset.ts';
import { QUANTITIES } from '../domain/quantity.ts';
import type { Quantity } from '../domain/quantity.ts';

/** What can be said of a quantity, looked up once for each that a device says. */
export interface Range {
  readonly least: number;
  readonly most: number;
  /** Only 0 and 1 are values. */
  readonly isSwitch: boolean;
}

const RANGES = Object.fromEntries(
  Object.entries(QUANTITIES).map(([quantity, { least, most, unit }]) => [
    quantity,
    { least, most, isSwitch: unit === '0/1' },
  ]),
) as { readonly [Q in Quantity]: Range };

export const rangeOf = (quantity: Quantity): Range => RANGES[quantity];

/** Whether `outOfRange` has nothing to say; NaN is never within. */
export const isWithin = ({ least, most, isSwitch }: Range, value: number): boolean =>
  value >= least && value <= most && !(isSwitch && !Number.isInteger(value));

/** Why the value cannot be one of its quantity, in words; undefined where it can. */
export function outOfRange(quantity: Quantity, value: number): string | undefined {
  const { unit } = QUANTITIES[quantity];
  const { least, most, isSwitch } = rangeOf(quantity);
  if (!(value >= least && value <= most)) {
    return `${quantity} ${value} ${unit} is not within ${least}…${most}`;
  }
  return isSwitch && !Number.isInteger(value)
    ? `${quantity} ${value} is neither 0 nor 1`
    : undefined;
}

/**
 * Whether a distance cannot come from the rubbish: nearer than the sensor can hear, or from
 * behind the bin's floor (a lid that stands open, a neighbour's echo). Never a full bin.
 */
export function isBadEcho(asset: Asset, quantity: Quantity, value: number): boolean {
  if (quantity !== 'distance' || asset.kind !== 'bin') return false;
  if (value < asset.blindMm) return true;
  return asset.emptyMm !== undefined && value > asset.emptyMm + asset.toleranceMm;
}
