// Holds what the gateway made of a world's readings against the world's truth.
// A deposit is found where one was told at its time with its weight, or where the sum of a few that
// came within half a minute, within one silence, or while one person leaned, was told as one.
import { isCounted, type WeightEvent } from '../../gateway/domain/deposit.ts';
import type { SettledWeight } from '../../gateway/domain/settled-weight.ts';
import { instant } from '../../gateway/domain/time.ts';
import { settle } from '../../gateway/project/settled-weight.ts';
import { scaleWorld, TARE_KG, type Done, type Truth, type WorldSettings } from './scale-world.ts';

export interface Judged {
  readonly deposits: number;
  /** Over 0.3 kg. */
  readonly looked: number;
  readonly found: number;
  /** Of those found, told by themselves. */
  readonly alone: number;
  readonly told: number;
  readonly isFalse: number;
  /** Of each day, told − true ÷ true. */
  readonly dayErrors: readonly number[];
  readonly collections: number;
  readonly collectionsFound: number;
  readonly collectionsFalse: number;
  /** Slow scales: those whose own sum is wrong, though right with their neighbours'. */
  readonly parted: number;
  readonly missed: readonly Done[];
  readonly wrong: readonly Done[];
}

const EPOCH = Date.UTC(2026, 2, 1);
const LEAST_KG = 0.3;
const NEAR_S = 30;
/** A scale that speaks seldom cannot say better when it was. */
const NEAR_READINGS = 2.5;
/** From here on the seconds that are heard are so few that a hand in one of them parts a sum wrongly. */
const SLOW_S = 60;
const MANY = 4;

/** Three times what one container's tare differs from another's: what is left in a heavier one. */
const TARES_APART_KG = 2.1;

export function judgeWorld(settings: WorldSettings): Judged {
  const { truth, readings } = scaleWorld(settings);
  let state: SettledWeight | undefined;
  const events: WeightEvent[] = [];
  for (const { second, grossKg } of readings()) {
    const at = instant(EPOCH + second * 1000);
    const net = { asset: 'bin', kg: grossKg - TARE_KG, at, tareKg: TARE_KG };
    const next: { state: SettledWeight; events: readonly WeightEvent[] } = settle(state, net);
    state = next.state;
    events.push(...next.events);
  }
  return judged(truth, events, settings);
}

function judged(
  truth: Truth,
  events: readonly WeightEvent[],
  { days, noiseKg, everyS = 1 }: WorldSettings,
): Judged {
  const near = Math.max(NEAR_S, NEAR_READINGS * everyS);
  const tolerance = Math.max(0.15, 2 * noiseKg);
  const told = toldIn(events);
  const { unmatched, left, alone } = oneByOne(truth.deposits, told, [tolerance, near]);
  const silences = [...truth.silences, ...truth.unrests];
  const single = bySum({ unmatched, left, near, silences }, tolerance * 1.5);
  const isSlow = everyS >= SLOW_S;
  const { missed, wrong } = isSlow ? byManySums(single, near, tolerance * 1.5) : single;
  const looked = truth.deposits.filter(({ kg }) => kg > LEAST_KG).length;
  const missedBig = missed.filter(({ kg }) => kg > LEAST_KG);
  const collected = events.filter(({ kind }) => kind === 'collection').map(done);
  const kept = oneByOne(
    truth.collections
      .filter(({ kg }) => kg > 0.5)
      .map((one) => ({ ...one, second: heardAt(one.second, truth.silences) })),
    collected,
    [TARES_APART_KG, Math.max(300, near)],
  );
  return {
    deposits: truth.deposits.length,
    looked,
    found: looked - missedBig.length,
    alone,
    told: told.length,
    isFalse: wrong.length,
    dayErrors: dayErrors(truth.deposits, events, days),
    collections: truth.collections.filter(({ kg }) => kg > 0.5).length,
    collectionsFound: kept.alone,
    collectionsFalse: kept.left.length,
    parted: single.missed.filter(({ kg }) => kg > LEAST_KG).length - missedBig.length,
    missed: missedBig,
    wrong,
  };
}

/** What was done while nothing was told is heard when it is told again. */
function heardAt(second: number, silences: Truth['silences']): number {
  return silences.reduce((at, [from, to]) => (from <= at && at < to ? to : at), second);
}

/** What stays told once everything was heard. */
function toldIn(events: readonly WeightEvent[]): Done[] {
  const told = new Map<number, Done>();
  for (const event of events) {
    if (event.kind === 'deposit' && isCounted(event)) told.set(event.at, done(event));
    for (const at of event.takesBack ?? []) told.delete(at);
    const reduced = event.reduces === undefined ? undefined : told.get(event.reduces);
    if (reduced) told.set(event.reduces!, { ...reduced, kg: reduced.kg - event.kg });
  }
  return [...told.values()];
}

const done = ({ at, kg }: WeightEvent): Done => ({ second: (at - EPOCH) / 1000, kg });

function oneByOne(
  truth: readonly Done[],
  told: readonly Done[],
  within: readonly [kg: number, seconds: number],
) {
  const [tolerance, near] = within;
  const left = [...told];
  const unmatched = truth.filter(({ second, kg }) => {
    const fits = left
      .map((one, index) => ({ one, index, apart: Math.abs(one.second - second) }))
      .filter(
        ({ one, apart }) =>
          apart <= near && Math.abs(one.kg - kg) <= Math.max(tolerance, 0.05 * kg),
      )
      .toSorted((a, b) => a.apart - b.apart)[0];
    if (fits) left.splice(fits.index, 1);
    return !fits;
  });
  return { unmatched, left, alone: truth.length - unmatched.length };
}

interface Remaining {
  readonly unmatched: readonly Done[];
  readonly left: readonly Done[];
  readonly silences: Truth['silences'];
  readonly near: number;
}

/** Those in a row, each near the next, against one that was told among them. */
function bySum({ unmatched, left, silences, near }: Remaining, tolerance: number) {
  const open = [...unmatched];
  const isHeardApart = (a: number, b: number): boolean =>
    b - a > near && !silences.some(([from, to]) => from - near <= a && b <= to + near);
  const wrong = left.filter((told) => {
    const fits = rows(open, isHeardApart)
      .map((row) => ({ ...row, off: Math.abs(row.kg - told.kg) }))
      .filter(({ ends }) => ends.some((end) => !isHeardApart(...ordered(end, told.second))))
      .toSorted((a, b) => a.off - b.off)[0];
    if (!fits || fits.off > tolerance) return true;
    open.splice(fits.first, fits.count);
    return false;
  });
  return { missed: open, wrong };
}

/** Of a scale that speaks seldom: a few in a row against a few that were told there, as one sum. */
function byManySums(
  { missed, wrong }: { readonly missed: readonly Done[]; readonly wrong: readonly Done[] },
  near: number,
  tolerance: number,
) {
  const open = [...missed];
  const isApart = (a: number, b: number): boolean => b - a > near;
  const left = [...wrong].toSorted((a, b) => a.second - b.second);
  for (let index = 0; index < left.length; index += 1) {
    const fits = rows(left.slice(index, index + MANY), isApart)
      .filter(({ first }) => first === 0)
      .flatMap((told) => rows(open, isApart).map((thrown) => ({ told, thrown })))
      .filter(({ told, thrown }) => Math.abs(told.kg - thrown.kg) <= tolerance)
      .find(({ told, thrown }) =>
        told.ends.some((a) => thrown.ends.some((b) => !isApart(...ordered(a, b)))),
      );
    if (!fits) continue;
    open.splice(fits.thrown.first, fits.thrown.count);
    left.splice(index, fits.told.count);
    index -= 1;
  }
  return { missed: open, wrong: left };
}

/** Every few in a row, with what they weigh together. */
function rows(open: readonly Done[], isApart: (a: number, b: number) => boolean) {
  return open.flatMap((from, first) => {
    const found = [];
    let kg = 0;
    for (let last = first; last < open.length && last < first + 20; last += 1) {
      const to = open[last]!;
      if (last > first && isApart(open[last - 1]!.second, to.second)) break;
      kg += to.kg;
      found.push({ first, count: last - first + 1, kg, ends: [from.second, to.second] });
    }
    return found;
  });
}

const ordered = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);

function dayErrors(truth: readonly Done[], events: readonly WeightEvent[], days: number): number[] {
  const sumOf = (list: readonly Done[], day: number): number =>
    list.reduce((sum, { second, kg }) => (Math.floor(second / 86_400) === day ? sum + kg : sum), 0);
  const net = events
    .filter(({ kind }) => kind !== 'collection')
    .map((event) => ({ ...done(event), kg: (event.kind === 'deposit' ? 1 : -1) * event.kg }));
  return Array.from({ length: days }, (_, day) => {
    const [is, was] = [sumOf(net, day), sumOf(truth, day)];
    return (is - was) / was;
  });
}
