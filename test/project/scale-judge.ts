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
  readonly missed: readonly Done[];
  readonly wrong: readonly Done[];
}

const EPOCH = Date.UTC(2026, 2, 1);
const LEAST_KG = 0.3;
const NEAR_S = 30;
/** A scale that speaks seldom cannot say better when it was. */
const NEAR_READINGS = 2.5;

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
  const { missed, wrong } = bySum(
    { unmatched, left, near, silences: [...truth.silences, ...truth.unrests] },
    tolerance * 1.5,
  );
  const looked = truth.deposits.filter(({ kg }) => kg > LEAST_KG).length;
  const missedBig = missed.filter(({ kg }) => kg > LEAST_KG);
  const collected = events.filter(({ kind }) => kind === 'collection').map(done);
  const kept = oneByOne(
    truth.collections.filter(({ kg }) => kg > 0.5),
    collected,
    [1.5, 300],
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
    missed: missedBig,
    wrong,
  };
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
