// What a reading concerns: its device, its asset, the rules that speak of it, the place of its latest
// value. Found once for each series (a quantity of an asset, as one device tells it) and gone back to
// with every reading, because to look each of them up anew was half of the fold's time.
// What lies here follows from the site file alone, or is a slot of the standing: nothing is folded here.
import type { AssetId, Compound, DeviceId } from '../domain/asset.ts';
import type { LatestPlace } from '../domain/latest.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { Reading } from '../domain/reading.ts';
import type { Slot } from '../domain/slices.ts';
import type { DeviceStanding } from '../domain/standing.ts';
import { minutes } from '../domain/time.ts';
import type { Touched, Watching } from '../rules/watching.ts';

export interface Series extends LatestPlace {
  readonly speaker: Speaker;
  /** Of a bin or a scale: something may be derived from it, and the books may want it. */
  readonly isBooked: boolean;
  /** The watches that look at it. */
  readonly touched: Touched;
  /** What its device told after it, the last time. */
  next: Series | undefined;
}

/** A device, for as long as the step lives. */
export interface Speaker {
  readonly id: DeviceId;
  /** The watches that look at whether it speaks. */
  readonly touched: Touched;
  /** Absent until something is known of it. */
  slot: Slot<DeviceStanding> | undefined;
  /** What it told last. */
  last: Series | undefined;
  readonly known: Map<AssetId, Map<Quantity, Series>>;
}

export interface SeriesBook {
  of(reading: Reading): Series;
}

export function createSeriesBook(compound: Compound, watching: Watching): SeriesBook {
  const speakers = new Map<DeviceId, Speaker>();
  const scene: Scene = { compound, watching };
  let speaking: Speaker | undefined;
  return {
    of(reading) {
      // The numbers of a message come one after the other.
      if (speaking?.id !== reading.device) speaking = speakerOf(scene, speakers, reading.device);
      const series = nextSeries(scene, speaking, reading);
      speaking.last = series;
      return series;
    },
  };
}

interface Scene {
  readonly compound: Compound;
  readonly watching: Watching;
}

function speakerOf({ watching }: Scene, speakers: Map<DeviceId, Speaker>, id: DeviceId): Speaker {
  const before = speakers.get(id);
  if (before) return before;
  const touched = watching.touchedByDevice(id);
  const speaker = { id, touched, slot: undefined, last: undefined, known: new Map() };
  speakers.set(id, speaker);
  return speaker;
}

/** A device tells the same quantities in the same order, message by message: nothing is looked up. */
function nextSeries(scene: Scene, speaker: Speaker, reading: Reading): Series {
  const { asset, quantity } = reading;
  const { last } = speaker;
  const guess = last?.next;
  if (guess && guess.asset === asset && guess.quantity === quantity) return guess;
  const series = seriesOf(scene, speaker, reading);
  if (last) last.next = series;
  return series;
}

function seriesOf(
  { compound, watching }: Scene,
  speaker: Speaker,
  { asset, quantity }: Reading,
): Series {
  const ofAsset = speaker.known.get(asset) ?? new Map<Quantity, Series>();
  const before = ofAsset.get(quantity);
  if (before) return before;
  const kind = compound.assets.get(asset)?.kind;
  const series: Series = {
    asset,
    quantity,
    every: compound.devices.get(speaker.id)?.every ?? minutes(1),
    slot: undefined,
    within: undefined,
    latest: undefined,
    speaker,
    isBooked: kind === 'bin' || kind === 'scale',
    touched: watching.touchedByReading(asset, quantity),
    next: undefined,
  };
  speaker.known.set(asset, ofAsset.set(quantity, series));
  return series;
}
