// What a stretch of weights says, in levels: a bag, six seconds, another bag, twenty seconds at rest.
// Pure; the last level is given, because it was waited for, and the steps between the levels add up
// to it exactly whatever is taken for a level in between.
import type { WeightPoint } from '../domain/settled-weight.ts';

/** Less than this between two bags, and they are one. */
const LASTS_MS = 5000;
/** A scale that speaks so seldom has averaged each of its words. */
const SELDOM_MS = 60_000;
const AT_A_GLANCE = 3;

export interface Plateau extends WeightPoint {
  readonly count: number;
}

export interface Restless {
  /** One standard deviation of a reading. */
  readonly sigma: number;
  readonly everyMs: number;
}

/** The levels on the way, without where it came from and where it came to rest. */
export function plateausIn(points: readonly WeightPoint[], restless: Restless): Plateau[] {
  const parts = segments(points, Math.max(0.15, (4 * 1.25 * restless.sigma) / Math.sqrt(3)));
  return parts
    .filter((part, index) => isLevel(part, parts[index + 1]?.[0], restless))
    .map((part) => ({ at: part[0]!.at, kg: middle(part), count: part.length }));
}

/** A new part begins where the next few are elsewhere, not where one is. */
function segments(points: readonly WeightPoint[], apart: number): WeightPoint[][] {
  const parts: WeightPoint[][] = [];
  let part: WeightPoint[] = [];
  points.forEach((point, index) => {
    const ahead = middle(points.slice(index, index + AT_A_GLANCE));
    const isElsewhere = part.length > 0 && Math.abs(ahead - middle(part)) > apart;
    if (part.length === 0 || isElsewhere) parts.push((part = []));
    part.push(point);
  });
  return parts;
}

function isLevel(
  part: readonly WeightPoint[],
  next: WeightPoint | undefined,
  { sigma, everyMs }: Restless,
): boolean {
  const first = part[0]!;
  const until = next?.at ?? part.at(-1)!.at;
  if (everyMs >= SELDOM_MS) return true;
  if (until - first.at < LASTS_MS || part.length < (everyMs >= LASTS_MS ? 2 : 4)) return false;
  return spreadOf(part) <= Math.max(0.1, 6 * sigma);
}

/** Between the 15th and the 85th of a hundred. */
export function spreadOf(points: readonly WeightPoint[]): number {
  const sorted = points.map(({ kg }) => kg).toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.15);
  return sorted[sorted.length - 1 - cut]! - sorted[cut]!;
}

/** The median. */
export function middle(points: readonly WeightPoint[]): number {
  const sorted = points.map(({ kg }) => kg).toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The mean of all that is near the median: nearer to the truth, and no hand on the rim is in it. */
export function levelOf(points: readonly WeightPoint[], sigma: number): number {
  const centre = middle(points);
  const near = points.filter(({ kg }) => Math.abs(kg - centre) <= Math.max(0.03, 2.5 * sigma));
  if (near.length === 0) return centre;
  return near.reduce((sum, { kg }) => sum + kg, 0) / near.length;
}
