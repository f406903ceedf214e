import type { Kilograms } from '../domain/quantity.ts';
import { netWeight as netOf } from '../domain/scale.ts';
import type { Projection } from './projection.ts';

/** gross (kg) and the container's tare (kg) → net (kg) */
export const netWeight: Projection = {
  name: 'net-weight',
  from: 'gross',
  to: 'net',
  project: (asset, value) =>
    (asset.kind === 'bin' || asset.kind === 'scale') && asset.tareKg !== undefined
      ? { quantity: 'net', value: netOf(value as Kilograms, asset.tareKg) }
      : undefined,
};
