// A container that left its scale, and what stands there when something is put down again: the same
// one moved aside, the same one emptied, or another one with a tare of its own.
//
// A scale that is set to zero under a standing container looks the same at first: its weight falls by
// the tare too. But nobody puts a container down on it again. It goes on by bags, small steps from the
// new zero, and two of those are what tells it: the place's history then goes on where it was.
import type { WeightEvent } from '../domain/deposit.ts';
import type { Kilograms } from '../domain/quantity.ts';
import { minutes, between } from '../domain/time.ts';
import type { Heard, Settled } from './settled-weight.ts';
import { isSeldom } from './seldom-weight.ts';
import { leastStep, sigmaOf } from './weight-noise.ts';
import { levelOf, middle, spreadOf } from './weight-plateaus.ts';
import { acrossGap, flagged, isEmptied, told, type Rest } from './weight-steps.ts';

/** Without its container a scale is lower by the tare; two containers differ by less than this. */
const AWAY_SHARE = 0.4;
const AWAY_KG = 2;
/** More than anybody throws in while a bin stands aside: another one came, with something in it. */
const BROUGHT_KG = 20;
/** By how much a container may be lighter than the one before and still be empty. */
const LIGHTER_KG = 0.3;
/** A container that was moved aside is back within this of what it was. */
const SAME_KG = 0.5;
const SAME_SHARE = 0.03;
const RISES_TELL = 2;

export const isOffScale = (kg: number, tareKg: number | undefined): boolean =>
  kg < -Math.max(AWAY_KG, AWAY_SHARE * (tareKg ?? 0));

/** Watches what should be an empty scale for bags that are put on it one by one. */
export function whileAway({ state, weight, point }: Heard): Settled {
  const away = state.away!;
  const recent = (state.recent ?? []).slice(isSeldom(state.noise) ? -5 : -20);
  const still = { ...state, recent };
  const isCalm = recent.length >= 5 && between(recent[0]!.at, point.at) >= minutes(1) / 3;
  if (!isCalm || spreadOf(recent) > 0.3) return { state: still, events: [] };
  const level = levelOf(recent, sigmaOf(state.noise));
  const last = away.lastKg ?? level;
  const firstKg = away.firstKg ?? level;
  const rose = level - last;
  const isRise = rose >= leastStep(state.noise, recent.length, recent.length);
  const rises = away.rises + (isRise ? 1 : 0);
  const lastKg = isRise || rose < 0 ? level : last;
  if (rises < RISES_TELL)
    return { state: { ...still, away: { ...away, firstKg, lastKg, rises } }, events: [] };
  return goesOn({ state: still, weight, point }, firstKg, level);
}

/** The scale was set to zero: what it says from now on is what stood there, and what came since. */
function goesOn({ state, weight, point }: Heard, firstKg: number, level: number): Settled {
  const { away: _away, baseKg = 0, ...rest } = state;
  const zeroKg = (state.zeroKg ?? 0) + firstKg - baseKg;
  const kg = level - firstKg + baseKg;
  const recent = [{ at: point.at, kg }];
  const next = { ...rest, baseKg, zeroKg, recent };
  const least = leastStep(state.noise, 4, 4);
  const levels = [{ at: point.at, kg, count: 4 }];
  const { state: now, events } = told(next, { weight, baseKg, levels, least });
  return { state: now, events: events.map((event) => flagged(event, 're-zeroed')) };
}

/** @param rest where it came to rest once it was back */
export function putDown({ state, point }: Heard, baseKg: number, rest: Rest): Settled {
  const { away: _away, isAcrossGap, before: _before, ...here } = state;
  const { weight, level, since, points } = rest;
  const still = { ...here, restedFor: points };
  const levels = [{ at: since, kg: level, count: points }];
  const least = leastStep(state.noise, points, points);
  const isSame = level >= baseKg - Math.max(SAME_KG, SAME_SHARE * baseKg);
  if (isSame && Math.abs(level - baseKg) < Math.max(least, SAME_SHARE * baseKg))
    return { state: { ...still, baseKg: level }, events: [] };
  if (isSame && level - baseKg < BROUGHT_KG) return told(still, { weight, baseKg, levels, least });
  const fell = (kg: number): WeightEvent => ({
    kind: isEmptied(baseKg, level) || kg >= 0.5 * baseKg ? 'collection' : 'withdrawal',
    asset: weight.asset,
    at: since,
    kg: kg as Kilograms,
    by: 'weight',
    ...(weight.device !== undefined && { device: weight.device }),
  });
  const said = (event: WeightEvent): WeightEvent => (isAcrossGap ? acrossGap(event) : event);
  const isOther = level < -LIGHTER_KG || level >= baseKg;
  if (!isOther) {
    const event = { ...fell(baseKg - level), standsKg: level };
    return { state: { ...still, baseKg: level, steps: [] }, events: [said(event)] };
  }
  // An empty one that is lighter has its own zero; one that brings something stands with it.
  const zeroKg = (state.zeroKg ?? 0) + Math.min(0, level);
  const stands = Math.max(0, level);
  const recent = [{ at: point.at, kg: middle([point]) - Math.min(0, level) }];
  const now = { ...still, baseKg: stands, zeroKg, recent, steps: [] };
  if (baseKg < SAME_KG) return { state: now, events: [] };
  return { state: now, events: [flagged(said({ ...fell(baseKg), standsKg: stands }), 'swapped')] };
}
