// Scale against fill sensor, event by event: what each collection weighed for its volume, whether the
// level fell when the weight did and rose when the weight rose, and what an emptied bin is said to weigh.
// Pure; nothing here judges. Seldom written: at deposits, at collections, and once when a level falls.
import type { Agreement, Density } from '../domain/agreement.ts';
import type { WeighedEvent } from '../domain/deposit.ts';
import { between, days, type Instant } from '../domain/time.ts';

/** Of a stream nothing is usual before it was weighed so often, over so long. */
const LEAST_SAMPLES = 12;
const LEAST_SPAN = days(14);
const KEPT = 60;
/** Less than this of a bin, or of its kilograms, says little of either. */
const [LEAST_FALL, LEAST_KG] = [0.2, 5];
/** Heavier than this many times the usual, and than so many median deviations. */
const [HEAVY_TIMES, FAR] = [1.5, 6];
/** A level that fell by this much has seen that the bin was emptied. */
const SEEN = 0.15;
/** Below this there was too little in it for the level to tell. */
const LEAST_LEVEL = 0.3;
/** Further than this a level has moved, whatever its noise. */
const MOVED = 0.05;
const RESTS_KEPT = 6;

/** A collection that both told of. @param stream all densities known of its stream, its own bin's among them */
export function weighedOut(
  before: Agreement,
  event: WeighedEvent,
  { volumeL, stream }: { readonly volumeL: number; readonly stream: readonly Density[] },
): Agreement {
  const { at, fillBefore = 0, fillAfter = 0 } = event;
  const kg = kgOf(event);
  const fell = fillBefore - fillAfter;
  if (fell < LEAST_FALL || kg < LEAST_KG) return before;
  const density = { at, kgPerL: kg / (fell * volumeL) };
  const { heavy: known, ...rest } = without(before, at);
  const densities = [...(rest.densities ?? []), density].slice(-KEPT);
  const times = heavierBy(
    density,
    stream.filter((one) => one.at !== at),
  );
  if (times === undefined) return { ...rest, densities };
  return { ...rest, densities, heavy: { since: known?.since ?? at, times } };
}

/** It never was, or is told anew. */
function without(before: Agreement, at: Instant): Agreement {
  const { densities = [], ...rest } = before;
  return { ...rest, densities: densities.filter((one) => one.at !== at) };
}

/** How many times the usual, where that is far more; undefined where it is not, or nothing is usual yet. */
function heavierBy({ kgPerL }: Density, others: readonly Density[]): number | undefined {
  const moments = others.map(({ at }) => at).sort((a, b) => a - b);
  const [first, last] = [moments[0], moments.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (others.length < LEAST_SAMPLES || between(first, last) < LEAST_SPAN) return undefined;
  const usual = median(others.map((one) => one.kgPerL));
  const spread = median(others.map((one) => Math.abs(one.kgPerL - usual)));
  const times = kgPerL / usual;
  return times >= HEAVY_TIMES && kgPerL - usual > FAR * spread ? times : undefined;
}

/** The scale says that it was emptied. @param fill what the level says at that moment */
export function emptiedByWeight(
  before: Agreement,
  event: WeighedEvent,
  fill: number | undefined,
): Agreement {
  const { unmoved: _unmoved, unseen, ...rest } = before;
  if (fill === undefined || kgOf(event) < LEAST_KG || fill < LEAST_LEVEL)
    return unseen ? { ...rest, unseen } : rest;
  const count = (unseen?.count ?? 0) + 1;
  return { ...rest, unseen: { since: unseen?.since ?? event.at, fill, count } };
}

/** The same agreement unless the level has fallen as a bin's does that is emptied. */
export function heardLevelOf(before: Agreement, fill: number): Agreement {
  const { unseen, ...rest } = before;
  return unseen && fill <= unseen.fill - SEEN ? rest : before;
}

/** Something came by weight. @param noise of a level */
export function cameByWeight(
  before: Agreement,
  event: WeighedEvent,
  { fill, noise }: { readonly fill: number; readonly noise: number },
): Agreement {
  const { unmoved } = before;
  const [at, kg] = [event.at, kgOf(event)];
  const hasMoved = !unmoved || Math.abs(fill - unmoved.fill) > Math.max(MOVED, 4 * noise);
  if (hasMoved) return { ...before, unmoved: { since: at, fill, kg, deposits: 1 } };
  const { since, deposits } = unmoved;
  const told = { since, fill: unmoved.fill, kg: unmoved.kg + kg, deposits: deposits + 1 };
  return { ...before, unmoved: told };
}

/** @param kg what the scale says of the bin that was emptied */
export const restedAt = (before: Agreement, at: Instant, kg: number): Agreement => ({
  ...before,
  rests: [...(before.rests ?? []).filter((one) => one.at !== at), { at, kg }].slice(-RESTS_KEPT),
});

const kgOf = ({ kg }: WeighedEvent): number => kg ?? 0;

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}
