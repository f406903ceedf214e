// What the ledger's rows say of each day, per stream: how much, how completely known, and how much it
// was on last year's counterpart day. The gateway aligns the years; here they are only added up.
// Promises: a day without figures is missing and never nought; nothing is counted twice where scales
// and sheets speak of the same; a figure is what was measured and what approved corrections add to it;
// what is only estimated stands apart; a comparison holds only days that are known well on both sides.
import type { LedgerRowView } from '../../gateway/api/schemas.ts';

export type Stream = LedgerRowView['stream'];
export const STREAMS: readonly Stream[] = ['wet', 'dry', 'recyclable', 'hazardous'];

/** Below this share a figure is shown, and not relied on. */
export const ENOUGH = 0.9;

export interface Figure {
  /** As it is to be reported: corrections are in it. */
  readonly kg: number;
  /** What approved corrections add to it, or take off it. */
  readonly correctedKg: number;
  /** 0…1, over the stations that ever told of this stream. */
  readonly completeness: number;
  readonly rows: readonly LedgerRowView[];
  readonly lastYear?: { readonly kg: number; readonly completeness: number };
}

export type DayState = 'whole' | 'partial' | 'running' | 'missing' | 'ahead';

export interface Day {
  readonly day: string;
  readonly figures: Readonly<Partial<Record<Stream, Figure>>>;
  /** Of bins without a scale: litres, and kilograms where somebody gave the density. */
  readonly estimated: readonly LedgerRowView[];
}

/** What a row comes to, with what people put right. */
export const reportedKg = ({ kg, correctedKg = 0 }: LedgerRowView): number | undefined =>
  kg === undefined && correctedKg === 0 ? undefined : (kg ?? 0) + correctedKg;

export function foldDays(rows: readonly LedgerRowView[], days: readonly string[]): Day[] {
  const told = rows.filter(({ basis }) => basis === 'deposited');
  const deposited = told.filter(({ origin }) => origin !== 'estimated');
  const estimated = grouped(
    told.filter(({ origin }) => origin === 'estimated'),
    ({ period }) => period,
  );
  const stations = stationsOf(deposited);
  const byDay = grouped(deposited, ({ period }) => period);
  return days.map((day) => {
    const byStream = grouped(byDay.get(day) ?? [], ({ stream }) => stream);
    const figures: Partial<Record<Stream, Figure>> = {};
    for (const [stream, accounts] of byStream) {
      figures[stream] = figureOf(accounts, stations.get(stream)?.size ?? 1);
    }
    return { day, figures, estimated: estimated.get(day) ?? [] };
  });
}

/** The stations that told of a stream anywhere in these rows: on each day all of them should have. */
function stationsOf(rows: readonly LedgerRowView[]): Map<Stream, Set<string>> {
  const found = new Map<Stream, Set<string>>();
  for (const { stream, station = '' } of rows) {
    found.set(stream, (found.get(stream) ?? new Set()).add(station));
  }
  return found;
}

function figureOf(told: readonly LedgerRowView[], stations: number): Figure {
  const weighed = told.filter(({ kg }) => kg !== undefined);
  const rows = [...grouped(weighed, ({ station = '' }) => station).values()].map(fullest);
  const before = rows.flatMap(({ lastYear }) => (lastYear ? [lastYear] : []));
  return {
    kg: sum(rows.map((row) => reportedKg(row) ?? 0)),
    correctedKg: sum(rows.map(({ correctedKg = 0 }) => correctedKg)),
    completeness: sum(rows.map(({ completeness }) => completeness)) / stations,
    rows,
    ...(before.length > 0 && {
      lastYear: {
        kg: sum(before.map(({ kg }) => kg)),
        completeness: sum(before.map(({ completeness }) => completeness)) / stations,
      },
    }),
  };
}

/** Of two accounts of one thing the more complete; of equals the scale's. */
const fullest = (accounts: readonly LedgerRowView[]): LedgerRowView =>
  accounts.reduce((best, one) => (trust(one) > trust(best) ? one : best));

const trust = ({ completeness, origin }: LedgerRowView): number =>
  completeness + (origin === 'measured' ? 0.001 : 0);

export function stateOf(day: Day, stream: Stream, today: string): DayState {
  const figure = day.figures[stream];
  if (day.day > today) return 'ahead';
  if (!figure) return day.day === today ? 'running' : 'missing';
  if (figure.completeness >= ENOUGH) return 'whole';
  return day.day === today ? 'running' : 'partial';
}

export interface Total {
  readonly kg: number;
  /** Days of the period that are not ahead. */
  readonly come: number;
  /** Of those, days with a figure, well known or not. */
  readonly told: number;
  readonly missing: number;
  readonly partial: number;
  /** Over all days of the period that have come, missing ones as nothing. */
  readonly completeness: number;
  readonly measured: number;
  readonly imported: number;
  readonly revised: number;
  readonly versus?: Versus;
}

/** The same days of both years, and how many they are. */
export interface Versus {
  readonly kg: number;
  readonly lastYearKg: number;
  readonly days: number;
}

export function totalOf(days: readonly Day[], stream: Stream, today: string): Total {
  const come = days.filter(({ day }) => day <= today);
  const figures = come.flatMap(({ figures: { [stream]: one } }) => (one ? [one] : []));
  const states = come.map((day) => stateOf(day, stream, today));
  const rows = figures.flatMap((figure) => figure.rows);
  const same = figures.filter(isComparable);
  return {
    kg: sum(figures.map(({ kg }) => kg)),
    come: come.length,
    told: figures.length,
    missing: states.filter((state) => state === 'missing').length,
    partial: states.filter((state) => state === 'partial').length,
    completeness: meanOver(figures, come.length),
    measured: rows.filter(({ origin }) => origin !== 'imported').length,
    imported: rows.filter(({ origin }) => origin === 'imported').length,
    revised: rows.filter(({ revision }) => revision !== undefined).length,
    ...(same.length > 0 && { versus: versusOf(same) }),
  };
}

const meanOver = (figures: readonly Figure[], days: number): number =>
  days === 0 ? 0 : sum(figures.map(({ completeness }) => completeness)) / days;

type Comparable = Figure & { readonly lastYear: NonNullable<Figure['lastYear']> };

const isComparable = (figure: Figure): figure is Comparable =>
  figure.completeness >= ENOUGH &&
  figure.lastYear !== undefined &&
  figure.lastYear.completeness >= ENOUGH;

const versusOf = (same: readonly Comparable[]): Versus => ({
  kg: sum(same.map(({ kg }) => kg)),
  lastYearKg: sum(same.map(({ lastYear }) => lastYear.kg)),
  days: same.length,
});

export interface Share {
  /** Wet in the whole, 0…1; undefined where nothing was weighed. */
  readonly now?: number;
  readonly lastYear?: number;
  readonly days: number;
}

/** Both shares over the same days, where wet and dry are well known in both years. */
export function wetShare(days: readonly Day[], today: string): Share {
  const come = days.filter(({ day }) => day <= today);
  const same = come.filter(({ figures: { wet, dry } }) =>
    [wet, dry].every((figure) => figure && isComparable(figure)),
  );
  const lastYear = shareIn(same, (figure) => figure.lastYear?.kg ?? 0);
  const now = shareIn(same.length > 0 ? same : come, ({ kg }) => kg);
  return {
    days: same.length,
    ...(now !== undefined && { now }),
    ...(lastYear !== undefined && { lastYear }),
  };
}

function shareIn(days: readonly Day[], kgOf: (figure: Figure) => number): number | undefined {
  const of = (streams: readonly Stream[]): number =>
    sum(days.flatMap(({ figures }) => streams.map((one) => figures[one])).map(kgOr0(kgOf)));
  const all = of(STREAMS);
  return all > 0 ? of(['wet']) / all : undefined;
}

const kgOr0 =
  (kgOf: (figure: Figure) => number) =>
  (figure: Figure | undefined): number =>
    figure ? kgOf(figure) : 0;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function grouped<T, K>(things: readonly T[], keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}
