import { fillFromDistance, hasGeometry } from '../domain/bin.ts';
import type { Millimetres } from '../domain/quantity.ts';
import type { Projection } from './projection.ts';

/** distance (mm) and the bin's geometry → fill (ratio) */
export const binFill: Projection = {
  name: 'bin-fill',
  from: 'distance',
  to: 'fill',
  project: (asset, value) =>
    asset.kind === 'bin' && hasGeometry(asset)
      ? { quantity: 'fill', value: fillFromDistance(asset, value as Millimetres) }
      : undefined,
};
