// The contract of a projection: what follows from a reading by arithmetic alone.
import type { Asset } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';

export interface Derived {
  readonly quantity: Quantity;
  /** In the quantity's unit. */
  readonly value: number;
}

export interface Projection {
  readonly name: string;
  /** The quantity it starts from. */
  readonly from: Quantity;
  /** What it yields. */
  readonly to: Quantity;
  /** Undefined where the asset lacks what the arithmetic needs (no geometry, no tare). */
  project(asset: Asset, value: number): Derived | undefined;
}
