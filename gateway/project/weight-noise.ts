// How restless a scale is when nothing happens, learned from the scale itself, and what follows from
// it: the least step that is believed. A step between two means is believed at five times what chance
// makes of it, so that a scale of any noise is wrong once in some hundred days.
import type { WeightNoise, WeightPoint } from '../domain/settled-weight.ts';

/** Of a good load cell under a 240 L bin in still air, until it is known better. */
const UNKNOWN_KG = 0.03;
const LEAST_KG = 0.004;
const MOST_KG = 0.6;
/** Readings that the noise is learned from; those long past weigh little. */
const MEMORY = 400;
/** A difference beyond this many times the noise is no noise. */
const OUTLIER = 3.5;
/** Lighter than this is a leaf: it is found with what follows. */
const LEAST_STEP_KG = 0.08;
const SIGMAS = 5;
const SIGMAS_SELDOM = 4.5;
/** Half of all differences of two readings are beyond this many times one's deviation. */
const HALF_BEYOND = 0.6745 * Math.SQRT2;
const MEMORY_SELDOM = 100;
const MOST_TICK_KG = 0.2;
/** What the median loses against the mean. */
const MEDIAN = 1.25;

export const sigmaOf = (noise: WeightNoise | undefined): number => noise?.kg ?? UNKNOWN_KG;

/** The least difference between a ring of `count` and a base of `rested` readings that is a step. */
export function leastStep(noise: WeightNoise | undefined, count: number, rested: number): number {
  const chance = MEDIAN * sigmaOf(noise) * Math.sqrt(1 / count + 1 / Math.max(1, rested));
  return Math.max(LEAST_STEP_KG, SIGMAS * chance, 1.5 * tickOf(noise));
}

/** Of a scale that speaks seldom: it has fewer chances to be wrong, and its means are means. */
export function leastSeldom(noise: WeightNoise | undefined, count: number, rested: number): number {
  const chance = sigmaOf(noise) * Math.sqrt(1 / count + 1 / Math.max(1, rested));
  return Math.max(LEAST_STEP_KG, SIGMAS_SELDOM * chance, 1.5 * tickOf(noise));
}

/** A scale that shows every tenth of a kilogram moves by a tenth without anybody's doing. */
export function tickOf(noise: WeightNoise | undefined): number {
  if (noise?.tickKg === undefined || noise.tickKg < 2 * noise.kg) return 0;
  return noise.tickKg;
}

/** @param isAtRest a weight that moves says nothing of the noise, but how often it is told */
export function learned(
  before: WeightNoise | undefined,
  { kg, elapsedMs }: { readonly kg: number; readonly elapsedMs: number },
  isAtRest: boolean,
): WeightNoise {
  if (!before) return { kg: UNKNOWN_KG, count: 0, lastKg: kg, everyMs: 0 };
  const everyMs = usual(before.everyMs, elapsedMs);
  const moved = Math.abs(kg - before.lastKg);
  if (!isAtRest || moved > 5 * OUTLIER * before.kg) return { ...before, lastKg: kg, everyMs };
  const most = OUTLIER * before.kg * Math.SQRT2;
  const square = Math.min(moved, most) ** 2 / 2;
  const count = Math.min(before.count + 1, MEMORY);
  const weight = 1 / Math.max(20, count);
  const variance = before.kg ** 2 * (1 - weight) + square * weight;
  const sigma = Math.min(MOST_KG, Math.max(LEAST_KG, Math.sqrt(variance)));
  const tickKg = moved > 1e-6 ? Math.min(moved, before.tickKg ?? moved) : before.tickKg;
  return { kg: sigma, count, lastKg: kg, everyMs, ...(tickKg !== undefined && { tickKg }) };
}

/**
 * By whether half of all differences are beyond what they should be, which a bag in every fourth does
 * not change much: where readings are few, most of a busy hour's differences are bags.
 */
export function learnedSeldom(
  before: WeightNoise,
  { kg, elapsedMs }: { readonly kg: number; readonly elapsedMs: number },
): WeightNoise {
  const moved = Math.abs(kg - before.lastKg);
  const count = Math.min(before.count + 1, MEMORY_SELDOM);
  const by = Math.exp((moved > HALF_BEYOND * before.kg ? 1 : -1) / Math.max(8, count));
  const sigma = Math.min(MOST_KG, Math.max(LEAST_KG, before.kg * by));
  const isTick = moved > 1e-6 && moved <= MOST_TICK_KG;
  const tickKg = isTick ? Math.min(moved, before.tickKg ?? moved) : before.tickKg;
  const everyMs = usual(before.everyMs, elapsedMs);
  return { kg: sigma, count, lastKg: kg, everyMs, ...(tickKg !== undefined && { tickKg }) };
}

/** What the first words of all tell; some of their differences may be bags. */
export function noiseInFew(noise: WeightNoise, points: readonly WeightPoint[]): WeightNoise {
  const apart = points.slice(1).map(({ kg }, index) => Math.abs(kg - points[index]!.kg));
  const half = apart.toSorted((a, b) => a - b)[apart.length >> 1] ?? 0;
  return { ...noise, kg: Math.min(MOST_KG, Math.max(LEAST_KG, half / HALF_BEYOND)), count: 0 };
}

/** What the first rest of all tells of the noise. */
export function noiseIn(noise: WeightNoise, points: readonly WeightPoint[]): WeightNoise {
  const squares = points.slice(1).map(({ kg }, index) => (kg - points[index]!.kg) ** 2 / 2);
  if (squares.length < 8) return noise;
  const mean = squares.reduce((sum, square) => sum + square, 0) / squares.length;
  const sigma = Math.min(MOST_KG, Math.max(LEAST_KG, Math.sqrt(mean)));
  return { ...noise, kg: sigma, count: squares.length };
}

/** Follows slowly, and faster down than up: an outage is not the usual. */
function usual(beforeMs: number, elapsedMs: number): number {
  if (beforeMs === 0) return elapsedMs;
  const weight = elapsedMs < beforeMs ? 0.3 : 0.05;
  return beforeMs + weight * (Math.min(elapsedMs, 4 * beforeMs) - beforeMs);
}
