// From what a bin's scale says to what people did: a weight that moved and came to rest elsewhere.
// Pure: the state before, one believed net weight, the state after and what happened.
//
//            |v − base| ≥ step             in one band for SETTLES_IN
//   at rest ───────────────────▶ moving ─────────────────────────────▶ at rest on a new base
//      ▲                          │  ▲ │                                 up   deposit
//      └──── back at the base ────┘  └─┘ out of the band: begins anew    down collection, withdrawal
//
// Promise: deposits − withdrawals − collections = the change in what stands in the bin, but for the
// drift that was absorbed. So what was missed in one step is found again in the next.
import type { AssetId } from '../domain/asset.ts';
import type { WeightEvent } from '../domain/deposit.ts';
import type { Kilograms } from '../domain/quantity.ts';
import type { Plateau, SettledWeight } from '../domain/settled-weight.ts';
import { between, hours, minutes, seconds, type Instant } from '../domain/time.ts';

/** Twice the noise of a load cell under a 240 L bin; a lighter bag is found with the next one. */
const STEP_KG = 0.1;
/** Between the extremes of a weight at rest: wind on a lid, six times the noise. */
const BAND_KG = 0.3;
/** A bag is let go, a hand leaves the rim; wet paper takes up to 40 s more, but only by grams. */
const SETTLES_IN = seconds(20);
const LEAST_READINGS = 3;
/** Load cells creep with the day's warmth by some 10 g an hour. */
const DRIFT_KG_PER_HOUR = 0.03;
/** Below this the container itself is off its scale. */
const AWAY_KG = -2;
/** What sticks to the walls of an emptied bin: a tenth of what was in it, or a rag. */
const RESIDUE_SHARE = 0.1;
const RESIDUE_KG = 0.5;
/** Someone who leans on a bin, or throws the wrong bag in, is done within this. */
const TAKEN_BACK_WITHIN = minutes(5);

export interface Settled {
  readonly state: SettledWeight;
  readonly event?: WeightEvent;
}

export interface NetWeight {
  readonly asset: AssetId;
  readonly kg: number;
  readonly at: Instant;
}

/** A reading older than one that was taken in changes nothing: the past has been weighed already. */
export function settle(before: SettledWeight | undefined, weight: NetWeight): Settled {
  const { kg, at } = weight;
  if (before && at < before.at) return { state: before };
  const state: SettledWeight = { ...before, at };
  const base = before?.baseKg;
  if (kg < AWAY_KG) return { state: atRest(state) };
  if (base !== undefined && Math.abs(kg - base) < STEP_KG) {
    const elapsed = between(before?.at ?? at, at);
    return { state: { ...atRest(state), baseKg: drifted(base, kg, elapsed) } };
  }
  const moving = joined(before?.moving, kg) ?? plateauAt(kg, at);
  if (!isAtRest(moving, at)) return { state: { ...state, moving } };
  return cameToRest(state, moving, weight.asset);
}

function atRest({ moving: _moving, ...rest }: SettledWeight): SettledWeight {
  return rest;
}

/** Follows the reading no faster than a load cell creeps: a light bag must not be taken for drift. */
function drifted(base: number, kg: number, elapsed: number): number {
  const most = (DRIFT_KG_PER_HOUR * elapsed) / hours(1);
  return base + Math.min(most, Math.max(-most, kg - base));
}

const plateauAt = (kg: number, at: Instant): Plateau => ({
  since: at,
  count: 1,
  sumKg: kg,
  leastKg: kg,
  mostKg: kg,
});

function joined(plateau: Plateau | undefined, kg: number): Plateau | undefined {
  if (!plateau) return undefined;
  const leastKg = Math.min(plateau.leastKg, kg);
  const mostKg = Math.max(plateau.mostKg, kg);
  if (mostKg - leastKg > BAND_KG) return undefined;
  return { ...plateau, count: plateau.count + 1, sumKg: plateau.sumKg + kg, leastKg, mostKg };
}

const isAtRest = ({ since, count }: Plateau, at: Instant): boolean =>
  count >= LEAST_READINGS && between(since, at) >= SETTLES_IN;

/** The first rest of all tells what stands in the bin, not what was thrown in. */
function cameToRest(state: SettledWeight, plateau: Plateau, asset: AssetId): Settled {
  const level = plateau.sumKg / plateau.count;
  const { baseKg: base, before } = state;
  const { before: _before, ...rested } = { ...atRest(state), baseKg: level };
  if (base === undefined) return { state: rested };
  const at = plateau.since;
  const kg = Math.abs(level - base) as Kilograms;
  if (level > base) {
    const next = { ...rested, before: { kg: base, at } };
    return { state: next, event: { kind: 'deposit', asset, at, kg } };
  }
  const isTakenBack =
    before !== undefined &&
    between(before.at, at) <= TAKEN_BACK_WITHIN &&
    Math.abs(level - before.kg) <= BAND_KG;
  const isEmptied = level <= Math.max(RESIDUE_KG, RESIDUE_SHARE * base) && kg >= RESIDUE_KG;
  const kind = isEmptied && !isTakenBack ? 'collection' : 'withdrawal';
  return { state: rested, event: { kind, asset, at, kg } };
}
