// The widths in which readings are kept, and where their buckets begin. Minutes and hours are those
// of UTC; days are the site's own and so may last 23 or 25 hours.
import type { DaySpan, SiteDays } from '../domain/day.ts';
import { daysBetween, addDays } from '../domain/day.ts';
import type { Duration } from '../domain/time.ts';
import { days, hours, instant, minutes } from '../domain/time.ts';

/** From coarse to fine; `raw` are the readings themselves. */
export const GRAINS = ['day', 'hour', 'minute', 'raw'] as const;
export type Grain = (typeof GRAINS)[number];
export type Rollup = Exclude<Grain, 'raw'>;

export const MINUTE = minutes(1);
export const HOUR = hours(1);
export const DAY = days(1);

/** A table of rollups: its name, the column of its buckets' starts, and what one of those counts. */
export const ROLLUPS = {
  minute: { table: 'minutes', column: 'minute', unit: MINUTE },
  hour: { table: 'hours', column: 'hour', unit: HOUR },
  // a day begins on a whole minute, wherever it is
  day: { table: 'days', column: 'day', unit: MINUTE },
} as const satisfies Record<Rollup, { table: string; column: string; unit: Duration }>;

/** Where no site says otherwise. */
export const UTC_DAY = { zone: 'UTC', dayStartsAtMinute: 0 };

export interface Borders {
  /** The start of the bucket that a moment lies in. */
  floor(moment: number): number;
  /** The first start of a bucket at or after a moment. */
  ceil(moment: number): number;
}

export function bordersOf(grain: Grain, siteDays: SiteDays): Borders {
  switch (grain) {
    case 'day':
      return { floor: (at) => dayAt(siteDays, at).start, ceil: (at) => dayAfter(siteDays, at) };
    case 'hour':
      return multiplesOf(HOUR);
    case 'minute':
      return multiplesOf(MINUTE);
    case 'raw':
      return multiplesOf(1);
  }
}

/** The coarsest grain of which a step is made up exactly. */
export function grainOf(step: number): Grain {
  if (step % DAY === 0) return 'day';
  if (step % HOUR === 0) return 'hour';
  return step % MINUTE === 0 ? 'minute' : 'raw';
}

/**
 * Where the step of a series begins that a moment lies in: at whole multiples of the step since
 * 1970, as InfluxDB's do; steps of whole days at whole multiples of the site's days.
 */
export function stepStart(step: number, siteDays: SiteDays): (moment: number) => number {
  if (grainOf(step) !== 'day') return multiplesOf(step).floor;
  const known = new Map<number, number>();
  return (moment) => {
    const span = dayAt(siteDays, moment);
    const start = known.get(span.start) ?? firstOf(span, step / DAY, siteDays);
    known.set(span.start, start);
    return start;
  };
}

/** The start of the first of `width` days that go together. */
function firstOf({ day, start }: DaySpan, width: number, siteDays: SiteDays): number {
  const into = ((daysBetween(FIRST_DAY, day) % width) + width) % width;
  return into === 0 ? start : siteDays.span(addDays(day, -into)).start;
}

const FIRST_DAY = '1970-01-01';

const multiplesOf = (width: number): Borders => ({
  floor: (moment) => Math.floor(moment / width) * width,
  ceil: (moment) => Math.ceil(moment / width) * width,
});

const dayAt = (siteDays: SiteDays, moment: number): DaySpan => siteDays.at(instant(moment));

function dayAfter(siteDays: SiteDays, moment: number): number {
  const { start, end } = dayAt(siteDays, moment);
  return start === moment ? start : end;
}
