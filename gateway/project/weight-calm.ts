// Whether a weight has come to rest: long enough, calm enough, and all of it alike.
// Pure; the readings are those since it moved, or the last few.
import type { SettledWeight, WeightPoint } from '../domain/settled-weight.ts';
import { between, minutes, seconds, type Duration, type Instant } from '../domain/time.ts';
import { beginsAlike, calmEnd } from './seldom-weight.ts';
import { sigmaOf, tickOf } from './weight-noise.ts';
import { middle, spreadOf } from './weight-plateaus.ts';

/** A bag is let go, a hand leaves the rim; wet paper takes up to 40 s more, but only by grams. */
export const SETTLES_IN = seconds(20);
export const LEAST_READINGS = 3;
/** Two readings that are a minute apart and agree have waited long enough. */
const SELDOM = minutes(1);

/** There is enough of it, and it has gone on for long enough. */
export function isRested(
  points: readonly WeightPoint[],
  { noise }: SettledWeight,
  lasted: Duration = between(points[0]?.at ?? (0 as Instant), points.at(-1)?.at ?? (0 as Instant)),
): boolean {
  if (lasted < SETTLES_IN) return false;
  const isSeldom = (noise?.everyMs ?? 0) >= SELDOM && lasted >= SELDOM;
  return points.length >= (isSeldom ? 2 : LEAST_READINGS);
}

/** As restless as at rest, both halves alike, and the last words no different from the others. */
export function isCalm(points: readonly WeightPoint[], { noise }: SettledWeight): boolean {
  if (points.length < 2) return false;
  const sigma = Math.max(sigmaOf(noise), tickOf(noise) / 2);
  if (spreadOf(points) > Math.max(0.1, 3.3 * sigma)) return false;
  const half = points.length >> 1;
  const apart = Math.abs(middle(points.slice(0, half)) - middle(points.slice(half)));
  const chance = 1.25 * sigma * Math.sqrt(2 / Math.max(1, half));
  if (apart > Math.max(0.06, 3.5 * chance)) return false;
  const lately = middle(points.slice(-LEAST_READINGS)) - middle(points);
  return Math.abs(lately) <= Math.max(0.1, 3 * sigma);
}

/** The end of it that has come to rest, where one has. */
export const calmIn = (points: readonly WeightPoint[], state: SettledWeight) =>
  calmEnd(
    points,
    (end) => isRested(end, state),
    (end) => isCalm(end, state) && beginsAlike(end, state.noise),
  );
