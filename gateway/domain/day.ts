// The site's own days: where one begins and ends on the line of instants, and what week and month it
// belongs to. A day is called by its date and begins at the site's hour (`dayStartsAt`), so it lasts
// 23 or 25 hours where the clocks change. Nobody else may count days from milliseconds.
import { Temporal } from 'temporal-polyfill';
import type { Place } from './asset.ts';
import { instant, type Instant } from './time.ts';

/** 2026-11-22 */
export type LocalDay = string;
/** 2026-11 */
export type LocalMonth = string;

export interface DaySpan {
  readonly day: LocalDay;
  readonly start: Instant;
  /** The start of the next day. */
  readonly end: Instant;
}

export interface SiteDays {
  /** The day that an instant belongs to. */
  at(moment: Instant): DaySpan;
  span(day: LocalDay): DaySpan;
  /** 1440 but where the clocks change. */
  minutesIn(day: LocalDay): number;
}

/** Enough for readings that come in some disorder around midnight. */
const REMEMBERED = 8;

export function siteDays({
  zone,
  dayStartsAtMinute,
}: Pick<Place, 'zone' | 'dayStartsAtMinute'>): SiteDays {
  let recent: DaySpan[] = [];
  const wallStart = Temporal.PlainTime.from({ hour: 0 }).add({ minutes: dayStartsAtMinute });
  const startOf = (date: Temporal.PlainDate): Instant =>
    instant(date.toZonedDateTime({ timeZone: zone, plainTime: wallStart }).epochMilliseconds);
  const spanOf = (date: Temporal.PlainDate): DaySpan => ({
    day: date.toString(),
    start: startOf(date),
    end: startOf(date.add({ days: 1 })),
  });
  const find = (moment: Instant): DaySpan => {
    const here = Temporal.Instant.fromEpochMilliseconds(Math.floor(moment)).toZonedDateTimeISO(
      zone,
    );
    const span = spanOf(here.toPlainDate());
    // Before the site's hour it is still yesterday's day, whatever the calendar says.
    return moment < span.start ? spanOf(here.toPlainDate().subtract({ days: 1 })) : span;
  };
  const span = (day: LocalDay): DaySpan => spanOf(Temporal.PlainDate.from(day));
  return {
    at(moment) {
      const known = recent.find(({ start, end }) => moment >= start && moment < end);
      if (known) return known;
      const found = find(moment);
      recent = [found, ...recent].slice(0, REMEMBERED);
      return found;
    },
    span,
    minutesIn(day) {
      const { start, end } = span(day);
      return Math.round((end - start) / 60_000);
    },
  };
}

export const addDays = (day: LocalDay, count: number): LocalDay =>
  Temporal.PlainDate.from(day).add({ days: count }).toString();

/** How many days `to` lies after `from`. */
export const daysBetween = (from: LocalDay, to: LocalDay): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;

export const isLocalDay = (text: string): text is LocalDay =>
  /^\d{4}-\d\d-\d\d$/.test(text) && isDate(text);

export const isLocalMonth = (text: string): text is LocalMonth =>
  /^\d{4}-\d\d$/.test(text) && isDate(`${text}-01`);

function isDate(text: string): boolean {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const monthOf = (day: LocalDay): LocalMonth => day.slice(0, 7);

/** ISO 8601: 2026-W47. The first and last days of a year may belong to a week of another. */
export function weekOf(day: LocalDay): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`;
}

export const firstOfMonth = (month: LocalMonth): LocalDay => `${month}-01`;

export function lastOfMonth(month: LocalMonth): LocalDay {
  const first = Temporal.PlainDate.from(firstOfMonth(month));
  return first.with({ day: first.daysInMonth }).toString();
}

/** From `from` to `to`, both included; none where they are the wrong way round. */
export function daysFrom(from: LocalDay, to: LocalDay): LocalDay[] {
  const count = daysBetween(from, to) + 1;
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    first.add({ days: index }).toString(),
  );
}
