// A device as the judge knows it: for each number that it may say, all that this is judged by, looked
// up once and not with every reading. Bounded by the site: only what a device has an asset for is kept.
import type { Asset, AssetId, Compound, Device } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import { hasJumps } from './jump.ts';
import { type Range, rangeOf } from './range.ts';
import type { TracePlace, Traces } from './trace.ts';

/** A number that a device says, without its value. */
export interface Said {
  readonly channel?: string;
  readonly quantity: Quantity;
}

/** One quantity of one asset, as one device tells it. */
export interface Series {
  readonly channel: string | undefined;
  readonly quantity: Quantity;
  readonly asset: Asset;
  /** The asset's, at hand: it is asked for with every reading, and the asset hardly ever. */
  readonly id: AssetId;
  readonly range: Range;
  /** Some changes are more than the world can make. */
  readonly hasJumps: boolean;
  /** What any device said of it before. */
  readonly place: TracePlace;
}

export interface Speaker {
  readonly device: Device;
  readonly channels: Map<string | undefined, Map<Quantity, Series>>;
  /** By place in a frame, what stood there last: a device says the same things in the same order. */
  readonly usual: Series[];
}

export interface Speakers {
  /** Undefined for one that the site file does not have. */
  named(device: string): Speaker | undefined;
  /** Undefined where the channel has no asset that we know. */
  seriesOf(speaker: Speaker, said: Said, part: number): Series | undefined;
}

export function createSpeakers(compound: Compound, traces: Traces): Speakers {
  const speakers = new Map<string, Speaker>();

  function open({ device, channels }: Speaker, { channel, quantity }: Said): Series | undefined {
    const asset = compound.assets.get(device.assets.get(channel ?? '') ?? '');
    if (!asset) return undefined;
    const place = traces.placeOf(asset.id, quantity);
    const [range, jumps] = [rangeOf(quantity), hasJumps(quantity)];
    const { id } = asset;
    const series: Series = { channel, quantity, asset, id, range, hasJumps: jumps, place };
    const known = channels.get(channel) ?? new Map<Quantity, Series>();
    channels.set(channel, known.set(quantity, series));
    return series;
  }

  function find(speaker: Speaker, said: Said, part: number): Series | undefined {
    const known = speaker.channels.get(said.channel)?.get(said.quantity);
    const found = known ?? open(speaker, said);
    // No farther than its end, or the place would lie apart from the others.
    if (found && part <= speaker.usual.length) speaker.usual[part] = found;
    return found;
  }

  return {
    named(id) {
      const known = speakers.get(id);
      if (known) return known;
      const device = compound.devices.get(id);
      if (!device) return undefined;
      const speaker: Speaker = { device, channels: new Map(), usual: [] };
      speakers.set(id, speaker);
      return speaker;
    },
    seriesOf(speaker, said, part) {
      const usual = speaker.usual[part];
      if (usual && usual.quantity === said.quantity && usual.channel === said.channel) return usual;
      return find(speaker, said, part);
    },
  };
}
