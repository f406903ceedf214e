// Every projection there is, and the one way to run them.
import type { Asset } from '../domain/asset.ts';
import type { Reading } from '../domain/reading.ts';
import { binFill } from './bin-fill.ts';
import { netWeight } from './net-weight.ts';
import type { Derived, Projection } from './projection.ts';

const PROJECTIONS: readonly Projection[] = [binFill, netWeight];

const BY_QUANTITY = Map.groupBy(PROJECTIONS, ({ from }) => from);
const NOTHING: Derived[] = [];

/** What follows from one believed reading; a doubted one yields nothing. */
export function project(asset: Asset, reading: Reading): Derived[] {
  if (reading.doubt) return [];
  const fitting = BY_QUANTITY.get(reading.quantity);
  if (!fitting) return NOTHING;
  return fitting.flatMap((projection) => projection.project(asset, reading.value) ?? []);
}
