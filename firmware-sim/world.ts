// The truth: what stands in the bins, which lamps would light, what the water main let through.
// The sensors look at it and the gateway never does. Pure: each change gives a new World.
// What was brought always equals what stands in the bins, plus what the crew took, plus what lies
// beside them. How time passes over it is in life.ts.
import type { Random } from './random.ts';
import { waterSince } from './rhythm.ts';
import type { BinHardware, LampHardware, Site } from './site.ts';
import { isDark } from './sun.ts';

/** A heap may stand this much over a bin's brim before people put their bags beside it. */
export const HEAP = 1.1;
/** From here on people call a bin full. */
export const FULL = 0.9;

export interface BinTruth extends BinHardware {
  readonly litres: number;
  readonly netKg: number;
  /** Since when it has stood full without a break. */
  readonly fullSince: number | null;
  /** The crew has forgotten this one. */
  readonly neglected: boolean;
  /** The crew has it in its hands until then. */
  readonly awayUntil?: number;
  /** Whose week's container stands there; absent while it is the first. */
  readonly week?: number;
}

export interface LampTruth extends LampHardware {
  readonly works: boolean;
}

export interface Collection {
  readonly at: number;
  readonly bin: string;
  readonly kg: number;
}

export interface World {
  readonly site: Site;
  readonly now: number;
  /** 1 is an ordinary day; more brings people sooner. */
  readonly pace: number;
  /** An ordinary day whatever the pace says. */
  readonly quiet: boolean;
  readonly crew: 'on' | 'off';
  readonly bins: Readonly<Record<string, BinTruth>>;
  readonly lamps: Readonly<Record<string, LampTruth>>;
  /** Whether a circuit's breaker is in. */
  readonly circuits: Readonly<Record<string, boolean>>;
  /** What each meter's dial shows, in litres. */
  readonly metersL: Readonly<Record<string, number>>;
  readonly visits: number;
  readonly broughtKg: number;
  /** Bags that found no room. */
  readonly besideKg: number;
  readonly collectedKg: number;
  /** The last hundred. */
  readonly collections: readonly Collection[];
}

export interface WorldSettings {
  readonly at: number;
  readonly pace?: number;
  readonly crew?: 'on' | 'off';
}

export function newWorld(site: Site, settings: WorldSettings, random: Random): World {
  const circuits = new Set(site.lamps.map((lamp) => lamp.circuit));
  const empty: World = {
    site,
    now: settings.at,
    pace: settings.pace ?? 1,
    quiet: false,
    crew: settings.crew ?? 'on',
    bins: byId(site.bins.map((bin) => ({ ...bin, ...EMPTY, neglected: false }))),
    lamps: byId(site.lamps.map((lamp) => ({ ...lamp, works: true }))),
    circuits: Object.fromEntries([...circuits].map((id) => [id, true])),
    metersL: Object.fromEntries(
      site.meters.map(({ id, dialL, dialReadAt }) => [
        id,
        dialL + waterSince(dialReadAt, settings.at, site.place),
      ]),
    ),
    visits: 0,
    broughtKg: 0,
    besideKg: 0,
    collectedKg: 0,
    collections: [],
  };
  // Nobody meets a compound with every bin empty.
  return site.bins.reduce((world, { id }) => fillBin(world, id, random.between(0.1, 0.5)), empty);
}

const EMPTY = { litres: 0, netKg: 0, fullSince: null } as const;

const byId = <Thing extends { readonly id: string }>(things: Thing[]): Record<string, Thing> =>
  Object.fromEntries(things.map((thing) => [thing.id, thing]));

export const levelOf = (bin: BinTruth): number => bin.litres / bin.volumeL;

export const isLit = (world: World, lamp: LampTruth): boolean =>
  lamp.works && world.circuits[lamp.circuit] === true && isCalledFor(world, lamp);

/** Whether its controller has switched it on, whether or not it shines. */
export const isCalledFor = (world: World, lamp: LampTruth): boolean =>
  lamp.lit === 'always' || isDark(world.now, world.site.place);

export interface Bag {
  readonly kg: number;
  readonly litres: number;
}

/** Into the bin where there is room under the heap, else on the ground beside it. */
export function dropBag(world: World, id: string, bag: Bag): World {
  const bin = binOf(world, id);
  const brought = { ...world, broughtKg: world.broughtKg + bag.kg };
  if (!hasRoom(bin, bag)) return { ...brought, besideKg: world.besideKg + bag.kg };
  return withBin(brought, { ...bin, litres: bin.litres + bag.litres, netKg: bin.netKg + bag.kg });
}

export const hasRoom = (bin: BinTruth, bag: Bag): boolean =>
  bin.litres + bag.litres <= bin.volumeL * HEAP;

/** What a litre of each stream weighs as it lies in a bin. */
export const KG_PER_LITRE = { wet: 0.5, dry: 0.08, recyclable: 0.06, hazardous: 0.25 } as const;

/** Raises what stands in a bin to the level `to` (1 = full); a bin that holds more is left alone. */
export function fillBin(world: World, id: string, to: number): World {
  const bin = binOf(world, id);
  const litres = Math.min(to, HEAP) * bin.volumeL - bin.litres;
  if (litres <= 0) return world;
  const kg = litres * KG_PER_LITRE[bin.stream];
  const brought = { ...world, broughtKg: world.broughtKg + kg };
  return withBin(brought, { ...bin, litres: bin.litres + litres, netKg: bin.netKg + kg });
}

export function emptyBin(world: World, id: string): World {
  const bin = binOf(world, id);
  const collected = {
    ...world,
    collectedKg: world.collectedKg + bin.netKg,
    collections: [...world.collections, { at: world.now, bin: id, kg: bin.netKg }].slice(-100),
  };
  return withBin(collected, { ...bin, ...EMPTY });
}

export function binOf(world: World, id: string): BinTruth {
  const bin = world.bins[id];
  if (!bin) throw new RangeError(`there is no bin ${id}`);
  return bin;
}

export function lampOf(world: World, id: string): LampTruth {
  const lamp = world.lamps[id];
  if (!lamp) throw new RangeError(`there is no lamp ${id}`);
  return lamp;
}

export function withBin(world: World, bin: BinTruth): World {
  const fullSince = levelOf(bin) < FULL ? null : (bin.fullSince ?? world.now);
  return { ...world, bins: { ...world.bins, [bin.id]: { ...bin, fullSince } } };
}

export function withLamp(world: World, lamp: LampTruth): World {
  return { ...world, lamps: { ...world.lamps, [lamp.id]: lamp } };
}
