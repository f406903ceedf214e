// People with bags: who comes when, with what, and to which bin.
import { HOUR } from './moment.ts';
import type { Random } from './random.ts';
import { SHORTEST_GAP, visitsPerHour } from './rhythm.ts';
import type { Stream } from './site.ts';
import { STREAMS } from './site.ts';
import type { Bag, BinTruth, World } from './world.ts';
import { dropBag, hasRoom, KG_PER_LITRE } from './world.ts';

/** How often a visit brings a bag of the stream, and what it weighs on average. */
export const HABITS: Readonly<Record<Stream, { readonly share: number; readonly kg: number }>> = {
  wet: { share: 0.8, kg: 1.2 },
  dry: { share: 0.7, kg: 0.6 },
  recyclable: { share: 0.25, kg: 0.5 },
  hazardous: { share: 0.01, kg: 0.15 },
};

/**
 * Everyone who comes from the world's now until `to`, station by station: a Poisson process whose
 * rate follows the day, drawn at its highest rate and thinned (Lewis and Shedler, 1979).
 */
export function residentsCome(world: World, to: number, random: Random): World {
  const stations = [...new Set(world.site.bins.map((bin) => bin.station))];
  let after = world;
  for (const station of stations) {
    for (const _ of visitsUntil(world, to, { stations: stations.length, random })) {
      after = oneVisit(after, station, random);
    }
  }
  return after;
}

interface Queue {
  /** Among how many stations the compound's people divide. */
  readonly stations: number;
  readonly random: Random;
}

function* visitsUntil(world: World, to: number, { stations, random }: Queue): Generator<number> {
  const most = 1 / SHORTEST_GAP;
  const pace = world.quiet ? 1 : world.pace;
  const rateAt = (at: number) => visitsPerHour(at, world.site.place, pace) / HOUR / stations;
  for (let at = world.now + random.wait(1 / most); at < to; at += random.wait(1 / most)) {
    if (random.chance(rateAt(at) / most)) yield at;
  }
}

function oneVisit(world: World, station: string, random: Random): World {
  let after: World = { ...world, visits: world.visits + 1 };
  for (const stream of STREAMS) {
    if (!random.chance(HABITS[stream].share)) continue;
    const bag = bagOf(stream, random);
    const bin = chosenBin(after, { station, stream, bag });
    if (bin) after = dropBag(after, bin.id, bag);
  }
  return after;
}

/** Weights spread about their mean as household waste does: many light, few heavy, none negative. */
function bagOf(stream: Stream, random: Random): Bag {
  const kg = HABITS[stream].kg * Math.exp(0.4 * random.normal() - 0.08);
  return { kg, litres: kg / KG_PER_LITRE[stream] };
}

interface Errand {
  readonly station: string;
  readonly stream: Stream;
  readonly bag: Bag;
}

/** The nearest bin of the stream with room; where none has, the first, to stand the bag beside. */
function chosenBin(world: World, { station, stream, bag }: Errand): BinTruth | undefined {
  const bins = Object.values(world.bins).filter(
    (bin) => bin.station === station && bin.stream === stream,
  );
  return bins.find((bin) => hasRoom(bin, bag)) ?? bins[0];
}
