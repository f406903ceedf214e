// What was last heard of an asset, by quantity. The one thing in the standing that is changed in place:
// readings come by the thousand, and each is one of many here. Whoever keeps a value copies it.
// Promise: within one AssetStanding what is told of a quantity is the same object for ever.
import type { AssetId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import type { Doubt, Reading } from './reading.ts';
import type { LastingSlices, Slot } from './slices.ts';
import { between, type Duration, type Instant } from './time.ts';

export interface Latest {
  readonly value: number;
  readonly observedAt: Instant;
  readonly receivedAt: Instant;
  /** Since when it was repeated without a gap: it differed before, or had gone stale. */
  readonly changedAt: Instant;
  readonly doubt?: Doubt;
}

export interface AssetStanding {
  readonly latest: Readonly<Partial<Record<Quantity, Latest>>>;
}

/** Past this many expected intervals a value is no longer current. */
export const STALE_AFTER = 5;

/** Where one quantity of one asset is kept, as whoever hears it keeps hold of it between two readings. */
export interface LatestPlace {
  readonly asset: AssetId;
  readonly quantity: Quantity;
  /** How often its device speaks. */
  readonly every: Duration;
  /** Absent until something was heard. */
  slot?: Slot<AssetStanding> | undefined;
  /** What `latest` was found in: where another was put since, it is looked for anew. */
  within?: AssetStanding | undefined;
  latest?: Draft<Latest> | undefined;
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** A doubted value is kept only where nothing believed has been heard yet. */
export function hearLatest(
  assets: LastingSlices<AssetStanding>,
  place: LatestPlace,
  reading: Reading,
): void {
  const { value, observedAt, receivedAt, doubt } = reading;
  const slot = (place.slot ??= assets.slot(place.asset));
  const latest = found(place, slot?.value);
  if (!slot || !latest) return begin(assets, place, reading);
  if (doubt && !latest.doubt) return;
  const isRepeated =
    latest.value === value && between(latest.receivedAt, receivedAt) <= STALE_AFTER * place.every;
  if (!isRepeated) latest.changedAt = receivedAt;
  latest.value = value;
  latest.observedAt = observedAt;
  latest.receivedAt = receivedAt;
  if (doubt) latest.doubt = doubt;
  else if (latest.doubt) delete latest.doubt;
  assets.fill(slot, slot.value);
}

function found(place: LatestPlace, within: AssetStanding | undefined): Draft<Latest> | undefined {
  if (place.latest && place.within === within) return place.latest;
  place.within = within;
  return (place.latest = within?.latest[place.quantity]);
}

function begin(
  assets: LastingSlices<AssetStanding>,
  { asset, quantity, slot }: LatestPlace,
  { value, observedAt, receivedAt, doubt }: Reading,
): void {
  const standing = slot?.value ?? { latest: {} };
  const quantities = standing.latest as Partial<Record<Quantity, Latest>>;
  const news = { value, observedAt, receivedAt, changedAt: receivedAt };
  quantities[quantity] = doubt ? { ...news, doubt } : news;
  assets.put(asset, standing);
}
