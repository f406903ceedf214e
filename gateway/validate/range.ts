// What a number can physically be, by its quantity, and what an echo can be in a given bin.
import type { Asset } from '../domain/asset.ts';
import { QUANTITIES } from '../domain/quantity.ts';
import type { Quantity } from '../domain/quantity.ts';

/** Why the value cannot be one of its quantity, in words; undefined where it can. */
export function outOfRange(quantity: Quantity, value: number): string | undefined {
  const { least, most, unit } = QUANTITIES[quantity];
  if (!(value >= least && value <= most)) {
    return `${quantity} ${value} ${unit} is not within ${least}…${most}`;
  }
  const isHalfASwitch = unit === '0/1' && !Number.isInteger(value);
  return isHalfASwitch ? `${quantity} ${value} is neither 0 nor 1` : undefined;
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
