// A bin on a scale in a courtyard, second by second, and the truth of what was done to it. It knows
// nothing of the gateway: who is to be judged by it is told the readings and nothing else.
//
// A bag falls with a jolt, a hand rests on the rim, paper gives way by grams; the cell hums, creeps and
// warms; gusts push for seconds, people lean for minutes; the crew lifts the container off twice a day
// and once a week puts another one down, whose tare is its own.
import { seeded, type Random } from './random-numbers.ts';

const DAY = 86_400;
/** Of the container that the scale was set up with. */
export const TARE_KG = 14.2;

export interface WorldSettings {
  readonly seed: number;
  readonly days: number;
  /** One standard deviation of a reading. */
  readonly noiseKg: number;
  /** Between two readings; 1 where absent. */
  readonly everyS?: number;
}

export interface Told {
  /** Since the beginning. */
  readonly second: number;
  readonly grossKg: number;
}

export interface Done {
  readonly second: number;
  readonly kg: number;
}

export interface Truth {
  readonly deposits: readonly Done[];
  /** What was taken away; the second at which the container stood again. */
  readonly collections: readonly Done[];
  /** Seconds in which nothing was told, half open. */
  readonly silences: readonly (readonly [from: number, to: number])[];
  /** While somebody leaned on the bin. */
  readonly unrests: readonly (readonly [from: number, to: number])[];
}

/** What the scale carries from `second` on, beside hum and drift; kg by second since it began. */
interface Push {
  readonly from: number;
  readonly to: number;
  readonly kg: (since: number) => number;
}

export interface World {
  readonly truth: Truth;
  readonly readings: () => Generator<Told>;
}

export function scaleWorld({ seed, days, noiseKg, everyS = 1 }: WorldSettings): World {
  const random = seeded(seed);
  const plan = planned(random, days);
  const silences = silencesIn(random, days);
  const { deposits, collections, unrests } = plan;
  const warmthKg = random.between(0, 0.03);
  function* readings(): Generator<Told> {
    const hum = seeded(seed + 1_000_003);
    const [loads, pushes, silent] = [queue(plan.loads), queue(plan.pushes), queue(silences)];
    let load = TARE_KG;
    let active: Push[] = [];
    let silence: readonly [number, number] = [0, 0];
    for (let second = 0; second < days * DAY; second += 1) {
      for (const next of loads((one) => one.second <= second)) load = next.grossKg;
      active.push(...pushes((one) => one.from <= second));
      if (active.length > 0) active = active.filter(({ to }) => to > second);
      for (const next of silent(([from]) => from <= second)) silence = next;
      const isSilent = second < silence[1] || second % everyS !== 0;
      const noise = hum.normal() * noiseKg;
      if (isSilent) continue;
      const pushed = active.reduce((sum, push) => sum + push.kg(second - push.from), 0);
      const creep = (0.02 * second) / DAY + warmthKg * Math.sin((2 * Math.PI * second) / DAY);
      const grossKg = Math.round((load + pushed + creep + noise) * 100) / 100;
      yield { second, grossKg };
    }
  }
  return { truth: { deposits, collections, silences, unrests }, readings };
}

/** Hands over, in order, what has come. */
function queue<T>(items: readonly T[]): (isDue: (item: T) => boolean) => T[] {
  let next = 0;
  return (isDue) => {
    const due: T[] = [];
    while (next < items.length && isDue(items[next]!)) due.push(items[next++]!);
    return due;
  };
}

interface Plan {
  readonly deposits: readonly Done[];
  readonly collections: readonly Done[];
  /** What stands on the scale from then on, the container with it. */
  readonly loads: readonly { readonly second: number; readonly grossKg: number }[];
  readonly pushes: readonly Push[];
  readonly unrests: Truth['unrests'];
}

function planned(random: Random, days: number): Plan {
  const visits = Array.from({ length: days }, (_, day) => crewVisits(random, day)).flat();
  const isCrewThere = (second: number): boolean =>
    visits.some(({ from, to }) => second > from - 40 && second < to + 40);
  const bags = Array.from({ length: days }, (_, day) => bagsOf(random, day))
    .flat()
    .filter(({ second }) => !isCrewThere(second) && second < days * DAY - 600)
    .toSorted((a, b) => a.second - b.second);
  const pushes = [...bags.flatMap((bag) => jolt(random, bag)), ...weather(random, days)];
  const passing = Array.from({ length: days }, (_, day) => passersBy(random, day)).flat();
  const leaning = passing.filter(({ from, to }) => !isCrewThere(from) && !isCrewThere(to));
  const unrests = leaning.map(({ from, to }): [number, number] => [from, to]);
  pushes.push(...leaning);
  const { loads, collections } = loadsOf(random, bags, visits);
  pushes.push(...visits.flatMap((visit) => handling(random, visit)));
  const ordered = pushes.toSorted((a, b) => a.from - b.from);
  return { deposits: bags, collections, loads, pushes: ordered, unrests };
}

interface Visit {
  readonly from: number;
  readonly to: number;
  readonly isSwap: boolean;
}

const crewVisits = (random: Random, day: number): Visit[] =>
  [10, 21.5].map((hour, index) => {
    const from = Math.round(day * DAY + hour * 3600 + random.between(-1800, 1800));
    return { from, to: from + random.whole(40, 240), isSwap: day % 7 === 3 && index === 0 };
  });

/** Most come in the drop-off windows, some with a second bag, some at any hour. */
function bagsOf(random: Random, day: number): Done[] {
  const windows = [
    [7, 9, random.whole(18, 32)],
    [18, 20, random.whole(22, 40)],
    [0, 24, random.whole(2, 6)],
  ] as const;
  return windows.flatMap(([from, to, count]) =>
    Array.from({ length: count }, () => {
      const second = day * DAY + Math.round(random.between(from * 3600, to * 3600));
      const bag = { second, kg: bagKg(random) };
      const isTwo = random.between(0, 1) < 0.15;
      return isTwo ? [bag, { second: second + random.whole(4, 16), kg: bagKg(random) }] : [bag];
    }).flat(),
  );
}

const bagKg = (random: Random): number =>
  Math.min(8, Math.max(0.2, Math.exp(random.normal() * 0.65 + 0.35)));

/** A blow of a second or two, a hand on the rim, and paper that gives way. */
const jolt = (random: Random, { second, kg }: Done): Push[] => {
  const hand = random.between(-1.5, 2.5);
  const lasts = random.whole(1, 3);
  return [
    { from: second, to: second + 1, kg: () => kg * random.between(0, 0.8) },
    { from: second, to: second + lasts, kg: () => hand + random.normal() * 0.4 },
  ];
};

function weather(random: Random, days: number): Push[] {
  return Array.from({ length: days }, (_, day) => {
    const gusts = random.between(0, 1) < 0.2 ? 240 : 40;
    return Array.from({ length: gusts }, (): Push => {
      const from = day * DAY + random.whole(0, DAY - 20);
      const lasts = random.whole(2, 8);
      const most = random.between(-0.5, 0.5);
      return {
        from,
        to: from + lasts,
        kg: (since) => most * Math.sin((Math.PI * (since + 1)) / (lasts + 1)),
      };
    });
  }).flat();
}

/** People who lean on the bin, and one who takes the wrong bag out again. */
function passersBy(random: Random, day: number): Push[] {
  const leans = Array.from({ length: 4 }, (): Push => {
    const from = day * DAY + Math.round(random.between(6, 22) * 3600);
    const weight = random.between(2, 30);
    const sway = random.between(0.05, 1);
    return { from, to: from + random.whole(4, 150), kg: () => weight + random.normal() * sway };
  });
  const from = day * DAY + Math.round(random.between(7, 9) * 3600);
  const wrong = random.between(0.5, 5);
  return [...leans, { from, to: from + random.whole(30, 150), kg: () => wrong }];
}

const handling = (random: Random, { from, to }: Visit): Push[] => [
  { from: from - 6, to: from, kg: () => random.normal() * 4 },
  { from: to, to: to + random.whole(2, 6), kg: () => random.normal() * 2 },
];

function loadsOf(random: Random, bags: readonly Done[], visits: readonly Visit[]) {
  const loads: { second: number; grossKg: number }[] = [];
  const collections: Done[] = [];
  let tare = TARE_KG;
  let inside = 0;
  const moments = [
    ...bags.map((bag) => ({ second: bag.second, bag })),
    ...visits.map((visit) => ({ second: visit.from, visit })),
  ].toSorted((a, b) => a.second - b.second);
  for (const moment of moments) {
    if ('bag' in moment) {
      inside += moment.bag.kg;
      loads.push({ second: moment.second, grossKg: tare + inside });
      continue;
    }
    const { from, to, isSwap } = moment.visit;
    loads.push({ second: from, grossKg: 0 });
    const left = isSwap ? 0 : Math.min(inside, random.between(0, 0.3));
    if (isSwap) tare = TARE_KG + random.normal() * 0.7;
    collections.push({ second: to, kg: inside - left });
    inside = left;
    loads.push({ second: to, grossKg: tare + inside });
  }
  return { loads, collections };
}

/** A hundredth of the time, in pieces from seconds to ten minutes. */
function silencesIn(random: Random, days: number): [number, number][] {
  const silences: [number, number][] = [];
  for (let left = 0.01 * days * DAY; left > 0;) {
    const lasts = Math.ceil(Math.exp(random.between(0, Math.log(600))));
    const from = random.whole(60, days * DAY - 700);
    silences.push([from, from + lasts]);
    left -= lasts;
  }
  return silences.toSorted(([a], [b]) => a - b);
}
