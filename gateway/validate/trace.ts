// What one quantity of one asset last said: the memory that order and jump are judged by.
// Bounded by the site: one trace per asset and quantity, and both lists are finite.
import type { AssetId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { Instant } from '../domain/time.ts';

export interface Point {
  readonly value: number;
  readonly observedAt: Instant;
}

export interface Trace {
  /** The newest reading that was accepted without doubt. */
  readonly believed: Point;
  /** A jump that the next reading may bear out. */
  readonly suspect?: Point;
}

export interface Traces {
  of(asset: AssetId, quantity: Quantity): Trace | undefined;
  /** A reading is believed; whatever was suspected before it is forgotten. */
  believe(asset: AssetId, quantity: Quantity, point: Point): void;
  suspect(asset: AssetId, quantity: Quantity, point: Point): void;
}

export function createTraces(): Traces {
  const traces = new Map<string, Trace>();
  const key = (asset: AssetId, quantity: Quantity): string => `${quantity} ${asset}`;
  return {
    of: (asset, quantity) => traces.get(key(asset, quantity)),
    believe: (asset, quantity, point) => {
      traces.set(key(asset, quantity), { believed: point });
    },
    suspect: (asset, quantity, point) => {
      const trace = traces.get(key(asset, quantity));
      if (trace) traces.set(key(asset, quantity), { ...trace, suspect: point });
    },
  };
}
