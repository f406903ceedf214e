// Time that counts towards a deadline: the working hours of the site's zone, without its holidays
// and with the weekend days that are worked in their stead. Pure; the arithmetic is on instants, so a
// day of 23 or 25 hours counts the hours that it really has.
import { Temporal } from 'temporal-polyfill';
import type { DailySpan, Weekday } from '../domain/asset.ts';
import { WEEKDAYS } from '../domain/asset.ts';
import { isWorkedWeekend, publicHolidays, type HolidayChanges } from '../domain/holidays.ts';
import type { LocalDay } from '../domain/day.ts';
import {
  between,
  instant,
  later,
  milliseconds,
  type Duration,
  type Instant,
} from '../domain/time.ts';

export interface WorkCalendar {
  /** The moment at which so much time has counted since `from`; `from` itself for none. */
  after(from: Instant, span: Duration): Instant;
  /** How much of the time between the two counts. */
  counted(from: Instant, until: Instant): Duration;
}

/** Day and night, every day: what is dangerous waits for no Monday. */
export const AROUND_THE_CLOCK: WorkCalendar = { after: later, counted: between };

/** `holiday`: nobody works though it be a weekday. `make-up`: a weekend day that is worked (调休). */
export type DayKind = 'ordinary' | 'holiday' | 'make-up';
export type DayKindOf = (day: LocalDay) => DayKind;

export function dayKinds(changes?: HolidayChanges): DayKindOf {
  const isHoliday = publicHolidays(changes);
  return (day) => {
    if (isHoliday(day)) return 'holiday';
    return isWorkedWeekend(day) ? 'make-up' : 'ordinary';
  };
}

interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}

/** Past this many days without an open hour the calendar is taken to have none at all. */
const FAR_ENOUGH = 400;
const REMEMBERED = 64;

export function workCalendar(
  zone: string,
  spans: readonly DailySpan[],
  kindOf: DayKindOf,
): WorkCalendar {
  if (spans.length === 0) return AROUND_THE_CLOCK;
  const openOn = remembered((date) => openHours(date, { zone, spans, kind: kindOf(date) }));
  /** The open stretches after `from`, cut at it, in order. */
  function* stretches(from: Instant): Iterable<Stretch> {
    const here = Temporal.Instant.fromEpochMilliseconds(Math.floor(from)).toZonedDateTimeISO(zone);
    // Yesterday's night shift may reach into today.
    let date = here.toPlainDate().subtract({ days: 1 });
    let done = from;
    for (let day = 0; day < FAR_ENOUGH; day += 1, date = date.add({ days: 1 })) {
      for (const { start, end } of openOn(date.toString())) {
        if (end <= done) continue;
        yield { start: instant(Math.max(start, done)), end };
        done = end;
      }
    }
  }
  return {
    after(from, span) {
      if (span <= 0) return from;
      let left: number = span;
      for (const { start, end } of stretches(from)) {
        if (end - start >= left) return instant(start + left);
        left -= end - start;
      }
      return later(from, span);
    },
    counted(from, until) {
      let sum = 0;
      for (const { start, end } of stretches(from)) {
        if (start >= until) break;
        sum += Math.min(end, until) - start;
      }
      return milliseconds(sum);
    },
  };
}

function openHours(
  date: string,
  { zone, spans, kind }: { zone: string; spans: readonly DailySpan[]; kind: DayKind },
): Stretch[] {
  if (kind === 'holiday') return [];
  const day = Temporal.PlainDate.from(date);
  const weekday = WEEKDAYS[day.dayOfWeek - 1] as Weekday;
  return spans
    .filter(({ days }) => days.includes(weekday) || (kind === 'make-up' && isWorkweek(days)))
    .map((span) => ({
      start: momentOf(day, span.fromMinute, zone),
      end: momentOf(
        span.toMinute > span.fromMinute ? day : day.add({ days: 1 }),
        span.toMinute,
        zone,
      ),
    }))
    .toSorted((a, b) => a.start - b.start);
}

/** A Saturday that is worked has the hours of the Monday that is not. */
const isWorkweek = (days: readonly Weekday[]): boolean => days.includes('mon');

const momentOf = (day: Temporal.PlainDate, minute: number, zone: string): Instant =>
  instant(
    day.toZonedDateTime({
      timeZone: zone,
      plainTime: { hour: Math.floor(minute / 60), minute: minute % 60 },
    }).epochMilliseconds,
  );

function remembered(find: (date: string) => Stretch[]): (date: string) => Stretch[] {
  const known = new Map<string, Stretch[]>();
  return (date) => {
    const before = known.get(date);
    if (before) return before;
    if (known.size === REMEMBERED) known.clear();
    const found = find(date);
    known.set(date, found);
    return found;
  };
}
