// From what a bin's scale says to what people did: a weight that moved and came to rest elsewhere.
// Pure: the state before, one believed net weight, the state after and what happened.
//
//            a reading, or the ring's median,        the ring is calm, and all of it
//            is further off than chance takes it     later than the first that was off
//   at rest ───────────────────────────────▶ moving ───────────────────────────────▶ at rest
//      ▲ creep is followed, never counted     │  │                       on a new base: its steps
//      └──────── the ring is back ────────────┘  └──▶ away ──▶ back on, at rest: lifted-bin.ts
//
// Promise: deposits − withdrawals − collections = the change in what stands in the bin, but for the
// drift that was absorbed. So what was missed in one step is found again in the next.
import type { WeightEvent } from '../domain/deposit.ts';
import type { SettledWeight, WeightPoint } from '../domain/settled-weight.ts';
import { between, hours, minutes, type Instant } from '../domain/time.ts';
import { isOffScale, putDown, whileAway } from './lifted-bin.ts';
import {
  beforeHands,
  beganAt,
  changeIn,
  folded,
  isSeldom,
  onTheWay,
  takenToBase,
} from './seldom-weight.ts';
import { calmIn, isCalm, isRested, LEAST_READINGS, SETTLES_IN } from './weight-calm.ts';
import {
  learned,
  learnedSeldom,
  leastSeldom,
  leastStep,
  noiseIn,
  noiseInFew,
  sigmaOf,
  tickOf,
} from './weight-noise.ts';
import { levelOf, middle, plateausIn } from './weight-plateaus.ts';
import { told, type Rest } from './weight-steps.ts';

const RING_MOST = 32;
/** All since it moved, at a reading a second; more unrest than that is told level by level. */
const MOVING_MOST = 64;
/** Load cells creep by some 20 g a day, and by some 10 g an hour with the day's warmth. */
const DRIFT_KG_PER_HOUR = 0.03;
/** Readings that a base is the mean of, before it follows no faster than drift. */
const BASE_OF = 60;
/** Silent for so many usual intervals, and for so long: what happened meanwhile is one event. */
const GAP_INTERVALS = 5;
const GAP_LEAST = minutes(2);

/** Words of a scale that speaks seldom, before its noise is known. */
const FIRST_SELDOM = 5;

export interface Settled {
  readonly state: SettledWeight;
  /** Oldest first. */
  readonly events: readonly WeightEvent[];
}

export interface NetWeight {
  readonly asset: string;
  readonly kg: number;
  readonly at: Instant;
  readonly device?: string;
  /** Of the container, where it is known: how far down the scale goes without it. */
  readonly tareKg?: number;
}

const NOTHING: readonly WeightEvent[] = [];

/** A reading older than one that was taken in changes nothing: the past has been weighed already. */
export function settle(before: SettledWeight | undefined, weight: NetWeight): Settled {
  if (before && weight.at < before.at) return { state: before, events: NOTHING };
  const heard = takenIn(before, weight);
  const { baseKg } = heard.state;
  const { point } = heard;
  if (baseKg === undefined) return firstRest(heard);
  const off = isOffScale(point.kg, weight.tareKg);
  if (heard.state.away && !heard.state.away.isBack && off) return whileAway(heard);
  if (off) return liftedOff(heard, baseKg);
  if (heard.state.away && !heard.state.away.isBack) return backOn(heard);
  if (isSeldom(heard.state.noise))
    return heard.state.moving ? mayRestSeldom(heard, baseKg) : mayMoveSeldom(heard);
  return heard.state.moving ? mayRest(heard, baseKg) : mayMove(heard, baseKg);
}

/** One reading, with what it is to be looked at against. */
export interface Heard {
  readonly state: SettledWeight;
  readonly weight: NetWeight;
  /** The reading as net of what the container that stands there now weighs. */
  readonly point: WeightPoint;
}

function takenIn(before: SettledWeight | undefined, weight: NetWeight): Heard {
  const { at } = weight;
  const kg = weight.kg - (before?.zeroKg ?? 0);
  const point = { at, kg };
  const elapsedMs = between(before?.at ?? at, at);
  const everyMs = before?.noise?.everyMs ?? 0;
  const isGap = elapsedMs > Math.max(GAP_LEAST, GAP_INTERVALS * everyMs);
  const isAtRest = before?.baseKg !== undefined && !before.moving && !before.away && !isGap;
  const isRare = isSeldom(before?.noise);
  const heard = { kg, elapsedMs };
  const noise =
    before?.noise && isRare
      ? learnedSeldom(before.noise, heard)
      : learned(before?.noise, heard, isAtRest);
  const kept = isGap ? withoutMoving(before) : before;
  const recent = [...(isGap ? [] : (before?.recent ?? [])), point];
  const state = {
    ...kept,
    at,
    noise,
    recent: kept?.moving ? recent : isRare ? recent.slice(-RING_MOST) : ring(recent, at),
  };
  return { point, weight, state: isGap ? { ...state, isAcrossGap: true } : state };
}

function withoutMoving(before: SettledWeight | undefined): SettledWeight | undefined {
  if (!before) return undefined;
  const { moving: _moving, ...rest } = before;
  return rest;
}

/** What is not older than the settling time, but always the last few. */
function ring(points: readonly WeightPoint[], at: Instant): readonly WeightPoint[] {
  const from = points.findIndex((point) => between(point.at, at) <= SETTLES_IN);
  const start = Math.min(from, points.length - LEAST_READINGS);
  const newest = Math.max(start, points.length - RING_MOST, 0);
  return newest === 0 ? points : points.slice(newest);
}

/** It tells what stands in the bin, not what was thrown in. */
function firstRest(heard: Heard): Settled {
  const { state, point, weight } = heard;
  const { recent = [] } = state;
  if (isOffScale(point.kg, weight.tareKg)) return { state, events: NOTHING };
  if (isSeldom(state.noise)) return firstRestSeldom(heard);
  const noise = noiseIn(state.noise!, recent);
  if (!isRested(recent, state) || !isCalm(recent, { ...state, noise }))
    return { state, events: NOTHING };
  const { isAcrossGap: _gap, ...rested } = state;
  const baseKg = levelOf(recent, sigmaOf(noise));
  return { state: { ...rested, noise, baseKg, restedFor: recent.length }, events: NOTHING };
}

function firstRestSeldom({ state }: Heard): Settled {
  const { recent = [], noise: before, isAcrossGap: _gap, ...rested } = state;
  if (!before || recent.length < FIRST_SELDOM) return { state, events: NOTHING };
  const noise = noiseInFew(before, recent);
  const end = calmIn(recent, { ...state, noise });
  if (!end) return { state, events: NOTHING };
  const baseKg = levelOf(end, sigmaOf(noise));
  const now = { ...rested, noise, baseKg, restedFor: end.length, recent: [] };
  return { state: now, events: NOTHING };
}

function mayMove(heard: Heard, baseKg: number): Settled {
  const { state, point } = heard;
  const { recent = [], restedFor = 1, noise } = state;
  const least = leastStep(noise, recent.length, restedFor);
  const isFar = Math.abs(point.kg - baseKg) > Math.max(least, 5 * sigmaOf(noise));
  if (isFar) return mayRest({ ...heard, state: { ...state, moving: { since: point.at } } }, baseKg);
  if (Math.abs(middle(recent) - baseKg) >= least) {
    // By less than the noise of a reading: the ring has half filled with it by now.
    const since = recent[recent.length >> 1]!.at;
    return { state: { ...state, moving: { since } }, events: NOTHING };
  }
  return { state: atRest(state, baseKg, point), events: NOTHING };
}

function mayMoveSeldom(heard: Heard): Settled {
  const { state } = heard;
  const change = changeIn(state);
  if (!change) return { state: takenToBase(state), events: NOTHING };
  const { since, baseKg, restedFor } = change;
  const recent = (state.recent ?? []).filter(({ at }) => at >= since);
  const moved = { ...state, baseKg, restedFor, recent, moving: { since } };
  return mayRestSeldom({ ...heard, state: moved }, baseKg);
}

/** @param heard since it moved: all that was said since then is there */
function mayRestSeldom(heard: Heard, baseKg: number): Settled {
  const { state, weight } = heard;
  const { recent = [], noise, restedFor = 1 } = state;
  const end = calmIn(recent, state);
  if (!end)
    return recent.length > MOVING_MOST
      ? toldSoFar(heard, baseKg, recent[0]!.at)
      : { state, events: NOTHING };
  const level = levelOf(end, sigmaOf(noise));
  const { at } = end[0]!;
  const { moving: _moving, isAcrossGap, ...still } = state;
  const rest: Rest = { weight, level, since: at, points: end.length };
  if (state.away) return putDown({ ...heard, state: { ...state, recent: [] } }, baseKg, rest);
  const least = leastSeldom(noise, end.length, restedFor);
  if (Math.abs(level - baseKg) < least)
    return { state: { ...still, recent: end }, events: NOTHING };
  const levels = plateausIn(
    recent.filter((point) => point.at < at),
    { sigma: sigmaOf(noise), everyMs: noise?.everyMs ?? 0 },
  );
  const last = { at, kg: level, count: end.length };
  const kept = onTheWay({ ...state, baseKg }, levels, last);
  const { kg: from, at: since } = kept.at(-1) ?? { kg: baseKg, at: recent[0]!.at };
  const began = beganAt(
    from,
    level,
    recent.filter((point) => kept.length === 0 || point.at > since),
  );
  const way = { weight, baseKg, levels: [...kept, { ...last, at: began ?? at }], least };
  return told({ ...still, recent: [], ...(isAcrossGap && { isAcrossGap }) }, way);
}

/** Follows the readings no faster than a load cell creeps: a light bag must not be taken for drift. */
function atRest(state: SettledWeight, baseKg: number, { at, kg }: WeightPoint): SettledWeight {
  const { moving: _moving, recent = [], restedFor = 1, ...rest } = state;
  const kept = ring(recent, at);
  const isNew = restedFor < BASE_OF;
  const most = isNew ? 3 * sigmaOf(state.noise) : creepSince(recent, at);
  const pull = isNew ? 1 / (restedFor + 1) : 1;
  const aim = isNew ? kg : middle(kept);
  const moved = Math.min(most, Math.max(-most, aim - baseKg)) * pull;
  return { ...rest, recent: kept, restedFor: restedFor + 1, baseKg: baseKg + moved };
}

const creepSince = (recent: readonly WeightPoint[], at: Instant): number =>
  (DRIFT_KG_PER_HOUR * between(recent.at(-2)?.at ?? at, at)) / hours(1);

function mayRest(heard: Heard, baseKg: number): Settled {
  const { state, point } = heard;
  const { recent = [], noise, moving } = state;
  const since = moving?.since ?? point.at;
  const last = ring(recent, point.at);
  const later = last.filter(({ at }) => at >= since);
  if (isRested(later, state, between(since, point.at)) && isCalm(later, state))
    return cameToRest(heard, baseKg, since);
  const isBack =
    Math.abs(point.kg - baseKg) <= leastStep(noise, 1, 1) / 1.25 &&
    Math.abs(middle(last) - baseKg) < leastStep(noise, last.length, last.length) / 2 &&
    isCalm(last, state);
  if (isBack && !state.away) return { state: atRest(state, baseKg, point), events: NOTHING };
  return recent.length > MOVING_MOST ? toldSoFar(heard, baseKg, since) : { state, events: NOTHING };
}

function cameToRest(heard: Heard, baseKg: number, since: Instant): Settled {
  const { state, weight } = heard;
  const { recent = [], noise, restedFor = 1 } = state;
  const points = ring(recent, weight.at).filter(({ at }) => at >= since);
  const level = levelOf(points, sigmaOf(noise));
  const rest: Rest = { weight, level, since, points: points.length };
  const { moving: _moving, isAcrossGap: _gap, ...still } = state;
  const rested = { ...still, recent: points };
  if (state.away) return putDown({ ...heard, state: rested }, baseKg, rest);
  const least = leastStep(noise, points.length, restedFor);
  if (Math.abs(level - baseKg) < least) {
    // Where the readings are so few, a base that was never sure has nothing to say against them.
    return { state: atRest(rested, baseKg, points.at(-1)!), events: NOTHING };
  }
  const levels = [...levelsOf(heard, since, least), { at: since, kg: level, count: points.length }];
  const { isAcrossGap } = state;
  const now = isAcrossGap ? { ...rested, isAcrossGap } : rested;
  return told(now, { weight, baseKg, levels: lastFrom(levels, recent), least });
}

type Levels = ReturnType<typeof plateausIn>;

/** The levels before the one that it came to rest at. */
function levelsOf({ state, weight }: Heard, since: Instant, least: number): Levels {
  const { recent = [], noise } = state;
  const sigma = Math.max(sigmaOf(noise), tickOf(noise) / 2);
  const moved = recent.filter(({ at }) => at >= since);
  const settledFrom = ring(moved, weight.at)[0]?.at ?? weight.at;
  const levels = plateausIn(moved, { sigma, everyMs: noise?.everyMs ?? 0 });
  return levels.filter(
    ({ at }, index) => at < settledFrom && index < levels.length - 1 && least > 0,
  );
}

/** The last level began where the last plateau did, which may be later than the first unrest. */
function lastFrom(levels: Levels, recent: readonly WeightPoint[]): Levels {
  const last = levels.at(-1)!;
  const before = levels.at(-2);
  if (!before) return levels;
  const half = (before.kg + last.kg) / 2;
  const isUp = last.kg > before.kg;
  const crossed = recent.findLast(
    ({ at, kg }) => at >= before.at && (isUp ? kg < half : kg > half),
  );
  const next = recent.find(({ at }) => at > (crossed?.at ?? before.at));
  return [...levels.slice(0, -1), { ...last, at: next?.at ?? last.at }];
}

/** It does not come to rest: what has passed is told, and what goes on goes on from there. */
function toldSoFar(heard: Heard, baseKg: number, since: Instant): Settled {
  const { state, weight } = heard;
  const { recent = [], noise, restedFor = 1 } = state;
  const least = leastStep(noise, 4, restedFor);
  const moved = recent.filter(({ at }) => at >= since);
  const sigma = Math.max(sigmaOf(noise), tickOf(noise) / 2);
  const levels = plateausIn(moved, { sigma, everyMs: noise?.everyMs ?? 0 }).slice(0, -1);
  const kept = recent.slice(recent.length >> 1);
  const done = levels.filter(({ at }) => at < kept[0]!.at);
  const next = { ...state, recent: kept, moving: { since: kept[0]!.at } };
  if (done.length === 0 || state.away) return { state: next, events: NOTHING };
  const { isAcrossGap } = state;
  return told(isAcrossGap ? { ...next, isAcrossGap } : next, {
    weight,
    baseKg,
    levels: done,
    least,
  });
}

/** What was thrown in right before the crew came is told before the container is gone. */
function liftedOff(heard: Heard, baseKg: number): Settled {
  const { state, weight, point } = heard;
  const away = { since: point.at, rises: 0 };
  const { moving, ...still } = state;
  const rested = isSeldom(state.noise) && !moving && !state.away ? unheard(state) : {};
  const gone = { ...still, ...rested, recent: [point], away };
  if (!moving || state.away) return { state: gone, events: NOTHING };
  const points = (state.recent ?? []).slice(0, -1).filter(({ at }) => at >= moving.since);
  const { noise } = state;
  const sigma = Math.max(sigmaOf(noise), tickOf(noise) / 2);
  const levels = plateausIn(points, { sigma, everyMs: noise?.everyMs ?? 0 });
  const least = leastStep(noise, 4, state.restedFor ?? 1);
  const sure = isSeldom(noise) ? beforeHands({ ...state, baseKg }, levels) : levels;
  const before = told(still, { weight, baseKg, levels: sure, least });
  return { state: { ...before.state, recent: [point], away }, events: before.events };
}

/** What waited beside the base, but for the word that says it is gone. */
const unheard = (state: SettledWeight): Pick<SettledWeight, 'baseKg'> => ({
  baseKg: folded({ ...state, recent: (state.recent ?? []).slice(0, -1) }),
});

function backOn({ state, point }: Heard): Settled {
  const away = { ...state.away!, isBack: true as const };
  return {
    state: { ...state, away, recent: [point], moving: { since: point.at } },
    events: NOTHING,
  };
}
