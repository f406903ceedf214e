// What one quantity of one asset last said: the memory that order and jump are judged by.
// Bounded by the site: one trace per asset and quantity, and both lists are finite.
import type { AssetId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import { moved, type Instant } from '../domain/time.ts';

export interface Point {
  readonly value: number;
  readonly observedAt: Instant;
  /** Whose clock dated it; the device's where nothing is said. */
  readonly by?: 'device' | 'receipt';
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
  /** Our own clock was put right by so much; what devices dated themselves has nothing to do with it. */
  move(byMs: number): void;
}

export function createTraces(): Traces {
  const traces = new Map<AssetId, Map<Quantity, Trace>>();
  const ofAsset = (asset: AssetId): Map<Quantity, Trace> => {
    const known = traces.get(asset);
    if (known) return known;
    const fresh = new Map<Quantity, Trace>();
    traces.set(asset, fresh);
    return fresh;
  };
  return {
    of: (asset, quantity) => traces.get(asset)?.get(quantity),
    believe: (asset, quantity, point) => {
      const trace = traces.get(asset)?.get(quantity);
      // Changed in place where that is all: this is done for every number that is heard.
      if (trace && !trace.suspect) renew(trace.believed, point);
      else ofAsset(asset).set(quantity, { believed: { ...point } });
    },
    suspect: (asset, quantity, point) => {
      const trace = traces.get(asset)?.get(quantity);
      if (trace) ofAsset(asset).set(quantity, { ...trace, suspect: point });
    },
    move(byMs) {
      for (const ofAsset of traces.values())
        for (const [quantity, trace] of ofAsset) ofAsset.set(quantity, movedTrace(trace, byMs));
    },
  };
}

function renew(known: { -readonly [K in keyof Point]: Point[K] }, point: Point): void {
  known.value = point.value;
  known.observedAt = point.observedAt;
  if (point.by === undefined) delete known.by;
  else known.by = point.by;
}

function movedTrace({ believed, suspect }: Trace, byMs: number): Trace {
  const along = (point: Point): Point =>
    point.by === 'receipt' ? { ...point, observedAt: moved(point.observedAt, byMs) } : point;
  return { believed: along(believed), ...(suspect && { suspect: along(suspect) }) };
}
