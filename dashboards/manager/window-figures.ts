// What the windows' days add up to, and at which hours of which station dumping is suspected. Pure.
import type { WindowDayView } from '../../gateway/api/schemas.ts';

export interface WindowTotals {
  readonly slots: number;
  readonly usedSlots: number;
  /** 0…1; absent where no station had a window. */
  readonly used?: number;
  readonly deposits: number;
  readonly kg: number;
  readonly offHours: { readonly count: number; readonly kg: number };
  readonly dumping: { readonly count: number; readonly kg: number };
  readonly fullMinutes: number;
}

export function totalsOf(days: readonly WindowDayView[]): WindowTotals {
  const sum = (of: (day: WindowDayView) => number): number =>
    days.reduce((total, day) => total + of(day), 0);
  const [slots, usedSlots] = [sum((day) => day.slots), sum((day) => day.usedSlots)];
  return {
    slots,
    usedSlots,
    ...(slots > 0 && { used: usedSlots / slots }),
    deposits: sum((day) => day.deposits),
    kg: sum((day) => day.kg),
    offHours: { count: sum((day) => day.offHours.count), kg: sum((day) => day.offHours.kg) },
    dumping: { count: sum((day) => day.dumping.count), kg: sum((day) => day.dumping.kg) },
    fullMinutes: sum(fullMinutesOf),
  };
}

export const fullMinutesOf = ({ full }: WindowDayView): number =>
  full.reduce((total, { minutes }) => total + minutes, 0);

export type Case = WindowDayView['dumping']['cases'][number] & {
  readonly day: string;
  readonly station: string;
};

/** Newest first. */
export const casesOf = (days: readonly WindowDayView[]): Case[] =>
  days
    .flatMap(({ day, station, dumping }) => dumping.cases.map((one) => ({ ...one, day, station })))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));

export interface HeatRow {
  readonly station: string;
  /** How many by hour of the site's day, 0…23. */
  readonly hours: readonly number[];
}

export function heatOf(cases: readonly Case[], hourOf: (moment: number) => number): HeatRow[] {
  const rows = new Map<string, number[]>();
  for (const { station, at } of cases) {
    const hours = rows.get(station) ?? Array.from({ length: 24 }, () => 0);
    const hour = hourOf(Date.parse(at));
    hours[hour] = (hours[hour] ?? 0) + 1;
    rows.set(station, hours);
  }
  return [...rows].map(([station, hours]) => ({ station, hours }));
}
