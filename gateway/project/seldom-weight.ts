// A scale that speaks every few seconds or minutes: a median of the last twenty seconds is one reading,
// and says nothing. So what it says at rest is kept apart from the base, and held against it as a
// whole: where a change splits it best, and by more than chance does, something moved then.
// Pure; the state machine is settled-weight.ts.
//
//   base ◀── the oldest ── 8.02 7.98 8.01 8.03 │ 8.31 8.29 8.33 ◀── the newest
//            follows no faster than it creeps  └ a light bag, seen at its third word
//
// Promise: a light bag is not drawn into the base before it was looked at with all that came after it.
import type { SettledWeight, WeightNoise, WeightPoint } from '../domain/settled-weight.ts';
import { between, hours, minutes, seconds, type Instant } from '../domain/time.ts';
import { leastSeldom, sigmaOf, tickOf } from './weight-noise.ts';
import { middle, type Plateau } from './weight-plateaus.ts';

/** From here on every reading counts; usual intervals are learned a little short. */
const SELDOM_FROM = seconds(4);
/** Readings that wait beside the base. */
const WAIT = 16;
/** Readings that a base is the mean of, before it follows no faster than drift. */
const BASE_OF = 24;
const DRIFT_KG_PER_HOUR = 0.03;
/** One reading alone is believed to be elsewhere from here on. */
const SIGMAS_ALONE = 5;
const BAG_AND_CREW = minutes(2);
/** An emptied container does not weigh less than this. */
const LEAST_NET_KG = -0.4;

export const isSeldom = (noise: WeightNoise | undefined): boolean =>
  (noise?.everyMs ?? 0) >= SELDOM_FROM;

export interface Change {
  readonly since: Instant;
  /** What it rested at before, all that was said before the change taken in. */
  readonly baseKg: number;
  readonly restedFor: number;
}

/** Where what waits beside the base is split best by a change, if it is by more than chance does. */
export function changeIn(state: SettledWeight): Change | undefined {
  const { recent = [], baseKg = 0, restedFor = 1, noise } = state;
  let [best, found] = [1, undefined as Change | undefined];
  let [headKg, tailKg] = [0, recent.reduce((sum, { kg }) => sum + kg, 0)];
  recent.forEach(({ at, kg }, before) => {
    const after = recent.length - before;
    const from = (baseKg * restedFor + headKg) / (restedFor + before);
    const off = Math.abs(tailKg / after - from) / leastFor(noise, after, restedFor + before);
    if (off > best) {
      best = off;
      found = { since: at, baseKg: from, restedFor: restedFor + before };
    }
    headKg += kg;
    tailKg -= kg;
  });
  return found;
}

const leastFor = (noise: WeightNoise | undefined, after: number, before: number): number =>
  after > 1
    ? leastSeldom(noise, after, before)
    : Math.max(leastSeldom(noise, 1, before), SIGMAS_ALONE * sigmaOf(noise));

/** The oldest of what waits goes into the base. */
export function takenToBase(state: SettledWeight): SettledWeight {
  const { recent = [], baseKg = 0, restedFor = 1, noise, isAcrossGap, ...rest } = state;
  const gap = isAcrossGap && recent.length < 3 ? { isAcrossGap } : {};
  const [oldest, next] = recent;
  if (recent.length <= WAIT || !oldest || !next || !noise) return withoutStale(state, gap);
  const off = (restedFor < BASE_OF ? oldest.kg : middle(recent)) - baseKg;
  const most =
    restedFor < BASE_OF
      ? 3 * sigmaOf(noise)
      : (DRIFT_KG_PER_HOUR * between(oldest.at, next.at)) / hours(1);
  const by = Math.max(-most, Math.min(most, off)) / (restedFor < BASE_OF ? restedFor + 1 : 1);
  return {
    ...rest,
    ...gap,
    noise,
    baseKg: baseKg + by,
    restedFor: Math.min(BASE_OF, restedFor + 1),
    recent: recent.slice(1),
  };
}

function withoutStale(state: SettledWeight, gap: { isAcrossGap?: true }): SettledWeight {
  const { isAcrossGap: _gap, ...rest } = state;
  return { ...rest, ...gap };
}

/** All that waits is part of what it rested at: the container is gone. */
export function folded({ recent = [], baseKg = 0, restedFor = 1 }: SettledWeight): number {
  const sum = recent.reduce((all, { kg }) => all + kg, baseKg * restedFor);
  return sum / (restedFor + recent.length);
}

/** The longest end of it that is calm, where that is long enough. */
export function calmEnd(
  points: readonly WeightPoint[],
  isLong: (end: readonly WeightPoint[]) => boolean,
  isCalm: (end: readonly WeightPoint[]) => boolean,
): readonly WeightPoint[] | undefined {
  for (let from = 0; from < points.length - 1; from += 1) {
    const end = points.slice(from);
    if (!isLong(end)) return undefined;
    if (isCalm(end)) return end;
  }
  return undefined;
}

/** A first word far from the others is not of the same rest. */
export function beginsAlike(points: readonly WeightPoint[], noise: WeightNoise | undefined) {
  const most = Math.max(0.1, 3.3 * sigmaOf(noise), tickOf(noise));
  return Math.abs(points[0]!.kg - middle(points)) <= most;
}

/**
 * Of words that stand alone, those that lie on the way up: a hand on the rim or a gust in the one
 * second that is heard is above, or below, all that comes later. On the way down they are the crew's
 * hands; but where minutes lie between two words, the lowest is the emptied bin, and a bag came since.
 */
export function onTheWay(
  { baseKg = 0, noise }: SettledWeight,
  levels: readonly Plateau[],
  last: Plateau,
): Plateau[] {
  const isUp = last.kg > baseKg;
  const lowest = Math.min(...levels.map(({ kg }) => kg));
  const isSlow = (noise?.everyMs ?? 0) >= BAG_AND_CREW && lowest > LEAST_NET_KG;
  return levels.filter(({ kg, count }, index) => {
    if (count > 1) return true;
    if (!isUp) return isSlow && kg === lowest && last.kg - kg >= leastSeldom(noise, 1, last.count);
    return kg > baseKg && [...levels.slice(index + 1), last].every((later) => later.kg > kg);
  });
}

/** With the first word on the way up; else with the first after which none was beyond its half. */
export function beganAt(
  fromKg: number,
  toKg: number,
  points: readonly WeightPoint[],
): Instant | undefined {
  const [first] = points;
  if (first && first.kg > fromKg && first.kg < toKg) return first.at;
  const half = (fromKg + toKg) / 2;
  const crossed = points.findLastIndex(({ kg }) => (toKg > fromKg ? kg < half : kg > half));
  return points[crossed + 1]?.at;
}

/**
 * What rose before the container was lifted. A word that stands alone between rest and lift is the
 * crew's hands; after others that rose, people were coming, and it is one more of them.
 */
export function beforeHands(state: SettledWeight, levels: readonly Plateau[]): Plateau[] {
  const { baseKg = 0 } = state;
  const isHands = levels.length === 1 && levels[0]!.count === 1;
  const top = levels.findLast(({ kg, count }) => count > 1 || kg > baseKg);
  if (!top || isHands) return [];
  return [...onTheWay(state, levels.slice(0, levels.indexOf(top)), top), top];
}
