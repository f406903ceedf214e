// From levels that a weight went through to what people did: up is a deposit, down to near nothing a
// collection, down to anywhere else a withdrawal. What goes back within minutes to where it was is
// known for it: someone who leaned on the bin has thrown in nothing.
import type { EventFlag, WeightEvent } from '../domain/deposit.ts';
import type { Kilograms } from '../domain/quantity.ts';
import type { SettledWeight, WeightStep } from '../domain/settled-weight.ts';
import { between, minutes, type Instant } from '../domain/time.ts';
import { sigmaOf } from './weight-noise.ts';
import type { Plateau } from './weight-plateaus.ts';
import type { NetWeight, Settled } from './settled-weight.ts';

/** What sticks to the walls of an emptied bin: a tenth of what was in it, or a rag. */
const RESIDUE_SHARE = 0.1;
const RESIDUE_KG = 0.5;
/** Someone who leans on a bin, or throws the wrong bag in, is done within this. */
const TAKEN_BACK_WITHIN = minutes(5);
/** The same, where it went in a time without data that nobody can see into. */
const TAKEN_BACK_UNHEARD = minutes(20);
/** A hand that leans twice does not lean twice the same. */
const ALIKE_KG = 0.1;
const ALIKE_SHARE = 0.04;
const STEPS_KEPT = 8;

/** Where a weight came to rest. */
export interface Rest {
  readonly weight: NetWeight;
  readonly level: number;
  readonly since: Instant;
  readonly points: number;
}

interface Way {
  readonly weight: NetWeight;
  readonly baseKg: number;
  /** Oldest first. */
  readonly levels: readonly Plateau[];
  /** Less than this between two levels is no step. */
  readonly least: number;
}

/** The state at the last of the levels, and what happened on the way there. */
export function told(state: SettledWeight, { weight, baseKg, levels, least }: Way): Settled {
  const last = levels.at(-1);
  if (!last || Math.abs(last.kg - baseKg) < least) return { state, events: [] };
  const steps = netted(stepsBetween(baseKg, levels, least), state);
  const { isAcrossGap, ...heard } = state;
  let now: SettledWeight = { ...heard, baseKg, restedFor: last.count };
  const events: WeightEvent[] = [];
  for (const step of steps) {
    const next = taken(isAcrossGap ? { ...now, isAcrossGap } : now, weight, step);
    events.push(isAcrossGap ? acrossGap(next.event) : next.event);
    now = next.state;
  }
  return { state: { ...now, baseKg: last.kg }, events };
}

/** Each as the difference from the level before; those that are none are part of the next. */
function stepsBetween(baseKg: number, levels: readonly Plateau[], least: number): WeightStep[] {
  const steps: WeightStep[] = [];
  let from = baseKg;
  levels.forEach(({ at, kg }, index) => {
    const isLast = index === levels.length - 1;
    if (Math.abs(kg - from) < least && !isLast) return;
    if (Math.abs(kg - from) < 1e-9) return;
    steps.push({ at, kg: kg - from });
    from = kg;
  });
  const last = steps.at(-1);
  const before = steps.at(-2);
  if (!last || !before || Math.abs(last.kg) >= least) return steps;
  return [...steps.slice(0, -2), { at: before.at, kg: before.kg + last.kg }];
}

/** Up and down again, before anything was told of it, is nothing. */
function netted(steps: readonly WeightStep[], { noise }: SettledWeight): WeightStep[] {
  const kept: WeightStep[] = [];
  for (const step of steps) {
    const undone = kept.findLastIndex(
      (one) => one.kg * step.kg < 0 && Math.abs(one.kg + step.kg) <= alike(step, noise),
    );
    if (undone < 0) kept.push(step);
    else {
      const left = kept[undone]!.kg + step.kg;
      const next = kept[undone + 1];
      if (next) kept.splice(undone, 2, { at: next.at, kg: next.kg + left });
      else kept.splice(undone, 1);
    }
  }
  return kept;
}

interface Taken {
  readonly state: SettledWeight;
  readonly event: WeightEvent;
}

function taken(state: SettledWeight, weight: NetWeight, step: WeightStep): Taken {
  const from = state.baseKg ?? 0;
  const level = from + step.kg;
  const { before: _before, isAcrossGap, ...rest } = state;
  const within = isAcrossGap ? TAKEN_BACK_UNHEARD : TAKEN_BACK_WITHIN;
  const fresh = (state.steps ?? []).filter(({ at }) => between(at, step.at) <= within);
  const event = { ...eventOf(weight, step), standsKg: level };
  const undone = undoneBy(step, fresh, alike(step, state.noise));
  const steps = undone.length > 0 ? fresh.filter((one) => !undone.includes(one)) : [...fresh, step];
  const rested = { ...rest, baseKg: level, steps: steps.slice(-STEPS_KEPT) };
  if (step.kg > 0) {
    const isPutBack = undone.length > 0;
    const next = isPutBack ? rested : { ...rested, before: { kg: from, at: step.at } };
    return { state: next, event: isPutBack ? flagged(event, 'put-back') : event };
  }
  if (undone.length > 0) {
    const takesBack = undone.map(({ at }) => at);
    return { state: rested, event: { ...event, kind: 'withdrawal', takesBack } };
  }
  const reduced = fresh.findLast(({ kg }) => kg >= -step.kg);
  if (reduced) {
    const less = { ...reduced, kg: reduced.kg + step.kg };
    const kept = fresh.map((one) => (one === reduced ? less : one));
    const withdrawn = { ...event, kind: 'withdrawal' as const, reduces: reduced.at };
    return { state: { ...rested, steps: kept }, event: withdrawn };
  }
  const kind = isEmptied(from, level) ? 'collection' : 'withdrawal';
  return { state: rested, event: { ...event, kind } };
}

export const isEmptied = (from: number, level: number): boolean =>
  level <= Math.max(RESIDUE_KG, RESIDUE_SHARE * from) && from - level >= RESIDUE_KG;

const alike = ({ kg }: WeightStep, noise: SettledWeight['noise']): number =>
  Math.max(ALIKE_KG, 2.5 * sigmaOf(noise), ALIKE_SHARE * Math.abs(kg));

/** The step that this one undoes, or the last few of which it is the sum. */
function undoneBy(
  step: WeightStep,
  fresh: readonly WeightStep[],
  within: number,
): readonly WeightStep[] {
  const against = fresh.filter((one) => one.kg * step.kg < 0);
  const one = against.findLast(({ kg }) => Math.abs(kg + step.kg) <= within);
  if (one) return [one];
  let sum = 0;
  for (let index = against.length - 1; index >= 0; index -= 1) {
    sum += against[index]!.kg;
    if (Math.abs(sum + step.kg) <= within) return against.slice(index);
  }
  return [];
}

function eventOf({ asset, device }: NetWeight, { at, kg }: WeightStep): WeightEvent {
  return {
    kind: kg > 0 ? 'deposit' : 'withdrawal',
    asset,
    at,
    kg: Math.abs(kg) as Kilograms,
    by: 'weight',
    ...(device !== undefined && { device }),
  };
}

export const flagged = (event: WeightEvent, ...flags: readonly EventFlag[]): WeightEvent => ({
  ...event,
  flags: [...(event.flags ?? []), ...flags],
});

export const acrossGap = (event: WeightEvent): WeightEvent =>
  flagged({ ...event, estimated: true }, 'across-gap');
