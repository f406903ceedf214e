// What a bin's tile says, worked out from the asset as the gateway last told of it and from how
// long ago that was. Promise: a value that is too old is never shown as if it still held.
import type { AlarmView, AssetView } from '../../gateway/api/schemas.ts';
import type { Words } from '../shared/words.ts';
import { freshnessOf, type Freshness } from '../shared/freshness.ts';

export interface ShownValue {
  readonly quantity: string;
  readonly value: number;
  readonly observedAt: number;
  readonly ageS: number;
  readonly freshness: Freshness;
  readonly doubted: boolean;
}

export interface BinFace {
  readonly id: string;
  readonly name: string;
  /** As painted on the bin's place; none for a bin that the site file gave no number. */
  readonly position: number | undefined;
  readonly stream: AssetView['stream'];
  readonly state: 'unknown' | 'normal' | 'near-full' | 'full' | 'fault' | 'offline' | 'out';
  readonly fill: ShownValue | undefined;
  readonly net: ShownValue | undefined;
  readonly limit: number | undefined;
  /** Nobody has acknowledged its alarm yet. */
  readonly isCalling: boolean;
  /** When it will be full; none for one that is, or of which nothing new is known. */
  readonly forecast: AssetView['timeToFull'];
  /** By when it should have been emptied, and was not. */
  readonly missedBy: number | undefined;
  readonly collectedAt: number | undefined;
}

interface Moment {
  /** By the gateway's clock. */
  readonly now: number;
  readonly alarms: Iterable<AlarmView>;
}

export function binFace(asset: AssetView, { now, alarms }: Moment): BinFace {
  const fill = shownValue(asset, 'fill', now);
  const net = shownValue(asset, 'net', now);
  const state = stateOf(asset, fill ?? net);
  return {
    id: asset.id,
    name: asset.name,
    position: asset.position,
    stream: asset.stream,
    state,
    fill,
    net,
    limit: asset.limits?.['fill'],
    isCalling: [...alarms].some(
      (alarm) => alarm.asset === asset.id && alarm.state === 'active-unacknowledged',
    ),
    ...howItFills(asset, state),
  };
}

/** A forecast stands on a level that still holds. */
function howItFills(
  asset: AssetView,
  state: BinFace['state'],
): Pick<BinFace, 'forecast' | 'missedBy' | 'collectedAt'> {
  const { timeToFull, missedCollection, collectedAt } = asset;
  const isFilling = state === 'normal' || state === 'near-full';
  return {
    forecast: isFilling ? timeToFull : undefined,
    missedBy:
      missedCollection && state !== 'out' ? Date.parse(missedCollection.expectedBy) : undefined,
    collectedAt: collectedAt === undefined ? undefined : Date.parse(collectedAt),
  };
}

export function shownValue(
  asset: AssetView,
  quantity: string,
  now: number,
): ShownValue | undefined {
  const latest = asset.latest[quantity];
  if (!latest) return undefined;
  const observedAt = Date.parse(latest.observedAt);
  const ageS = Math.max(0, (now - observedAt) / 1000);
  const gone = latest.quality === 'stale' || asset.state === 'offline' || asset.state === 'stale';
  return {
    quantity,
    value: latest.value,
    observedAt,
    ageS,
    freshness: gone ? 'stale' : freshnessOf(ageS, asset.expectedS),
    doubted: latest.quality === 'doubted',
  };
}

function stateOf(asset: AssetView, main: ShownValue | undefined): BinFace['state'] {
  if (asset.outOfService) return 'out';
  if (asset.state === 'fault') return 'fault';
  if (asset.state === 'offline' || asset.state === 'stale') return 'offline';
  if (!main) return 'unknown';
  return main.freshness === 'stale' ? 'offline' : asset.state;
}

/** As people at the station call it. */
export const nameOf = (bin: BinFace, words: Words): string =>
  bin.position === undefined || !bin.stream
    ? bin.name
    : words.kiosk.bin(bin.position, words.streamBin[bin.stream]);

/** By the number painted on the ground, as people walk along them. */
export const byPosition = (one: BinFace, other: BinFace): number =>
  (one.position ?? Infinity) - (other.position ?? Infinity) || one.id.localeCompare(other.id);
