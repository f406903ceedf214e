// What happened and is looked up by when and where: kept for ever, unlike the readings behind it.
// Each kind has a body of its own, described beside its noun; here is only what all are found by.
// Promise: a happening is written with the record that it follows from, and the same id is the same.
import type { AssetId } from './asset.ts';
import type { LocalDay } from './day.ts';
import type { Instant } from './time.ts';

export const HAPPENING_KINDS = [
  'deposit',
  'withdrawal',
  'collection',
  'on-site',
  'correction',
  'bag-count',
  'round',
  'report',
  'post',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

export interface Happening {
  readonly kind: HappeningKind;
  /** Of its kind the only one. */
  readonly id: string;
  readonly at: Instant;
  /** The site's day that it belongs to. */
  readonly day: LocalDay;
  /** A station, a patrolled place, a building, a circuit. */
  readonly place?: string;
  readonly asset?: AssetId;
  /** JSON; what the kind's own noun says of it. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Newest first. */
export interface HappeningQuery {
  readonly kind: HappeningKind;
  /** At or after `from` and before `to`. */
  readonly from?: Instant;
  readonly to?: Instant;
  readonly place?: string;
  readonly asset?: AssetId;
  readonly limit: number;
  readonly offset?: number;
}
