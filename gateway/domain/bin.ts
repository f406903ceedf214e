// How full a bin is, from how far its sensor sees.
import type { Bin } from './asset.ts';
import type { Millimetres, Ratio } from './quantity.ts';

/** A bin whose geometry is known, so that a distance means a fill. */
export type MeasuredBin = Bin & { readonly emptyMm: Millimetres; readonly fullMm: Millimetres };

export const hasGeometry = (bin: Bin): bin is MeasuredBin =>
  bin.emptyMm !== undefined && bin.fullMm !== undefined;

/** 0 at the empty bin's floor, 1 at the full mark, clamped: rubbish above the mark is still full. */
export function fillFromDistance(bin: MeasuredBin, distance: Millimetres): Ratio {
  const share = (bin.emptyMm - distance) / (bin.emptyMm - bin.fullMm);
  return Math.min(1, Math.max(0, share)) as Ratio;
}

/**
 * Whether an echo can come from this bin's rubbish at all. Nearer than the blind zone the sensor
 * hears itself; farther than the floor and its tolerance it hears a wall through an open lid.
 */
export function isPlausibleEcho(bin: Bin, distance: Millimetres): boolean {
  if (distance < bin.blindMm) return false;
  return bin.emptyMm === undefined || distance <= bin.emptyMm + bin.toleranceMm;
}
