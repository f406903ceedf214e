// The chart's bars, worked out from the days: one a day, or a week's or a month's days together. Of a
// week and a month the mean of a day is shown, so that one with missing days is not a small one.
import { mondayOf, weekdayOf } from '../shared/calendar.ts';
import type { Grain } from './period.ts';
import { stateOf, type Day, type DayState, type Stream } from './tonnage.ts';

export interface Bar {
  /** The first and the last of its days. */
  readonly from: string;
  readonly to: string;
  /** Of its mean day; undefined where nothing is known. */
  readonly kg: number | undefined;
  readonly lastYearKg: number | undefined;
  readonly state: DayState;
  readonly missing: number;
}

export function barsOf(
  days: readonly Day[],
  stream: Stream,
  { today, grain }: { today: string; grain: Grain },
): Bar[] {
  const groups = new Map<string, Day[]>();
  for (const day of days) {
    const key = keyOf(day.day, grain);
    groups.set(key, [...(groups.get(key) ?? []), day]);
  }
  return [...groups.values()].map((group) => barOf(group, stream, today));
}

function keyOf(day: string, grain: Grain): string {
  if (grain === 'week') return mondayOf(day);
  return grain === 'month' ? day.slice(0, 7) : day;
}

function barOf(group: readonly Day[], stream: Stream, today: string): Bar {
  const states = group.map((day) => stateOf(day, stream, today));
  // A day that is still running would pull the mean of its week down.
  const told = group.length === 1 ? group : group.filter((_, index) => states[index] !== 'running');
  const figures = told.flatMap(({ figures: { [stream]: one } }) => (one ? [one] : []));
  const before = figures.flatMap(({ lastYear }) => (lastYear ? [lastYear.kg] : []));
  return {
    from: group[0]?.day ?? '',
    to: group[group.length - 1]?.day ?? '',
    kg: meanOf(figures.map(({ kg }) => kg)),
    lastYearKg: meanOf(before),
    state: worst(states),
    missing: states.filter((state) => state === 'missing').length,
  };
}

const meanOf = (numbers: readonly number[]): number | undefined =>
  numbers.length === 0 ? undefined : numbers.reduce((a, b) => a + b, 0) / numbers.length;

function worst(states: readonly DayState[]): DayState {
  if (states.every((state) => state === 'ahead')) return 'ahead';
  const come = states.filter((state) => state !== 'ahead');
  if (come.every((state) => state === 'missing')) return 'missing';
  if (come.some((state) => state === 'missing' || state === 'partial')) return 'partial';
  return come.includes('running') ? 'running' : 'whole';
}

/** A round top for the axis and the steps up to it, in kilograms. */
export function axisFor(highestKg: number): { readonly topKg: number; readonly stepsKg: number[] } {
  const rough = Math.max(highestKg, 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * magnitude).find((n) => n >= rough) ?? rough;
  // Two decimals of a tonne are all that the axis can say.
  const honest = Math.max(step, 10);
  const steps = Math.max(1, Math.ceil(highestKg / honest));
  return {
    topKg: steps * honest,
    stepsKg: Array.from({ length: steps + 1 }, (_, index) => index * honest),
  };
}

/** Which bars are named below the axis: Mondays where they are enough, never more than seven. */
export function namedBars(bars: readonly Bar[], grain: Grain): Bar[] {
  const mondays = bars.filter(({ from }) => weekdayOf(from) === 0);
  const wanted = grain === 'day' && mondays.length >= 3 ? mondays : bars;
  const every = Math.max(1, Math.ceil(wanted.length / 7));
  return wanted.filter((_, index) => index % every === 0);
}
