// Hours of the week as spans on the line of instants: whether they are open at a moment, since when,
// and until when. Asked for each reading, so the span that was found last answers until it is over.
// A span that reaches over midnight belongs to the day it began on, holiday or not.
import { Temporal } from 'temporal-polyfill';
import type { Compound, DailySpan, DropOffWindow, Place, Station } from './asset.ts';
import { publicHolidays, type IsHoliday } from './holidays.ts';
import { WEEKDAYS } from './asset.ts';
import type { Hours } from './rule.ts';
import { instant, type Instant } from './time.ts';

export interface OpenSpan {
  readonly isOpen: boolean;
  /** The first moment of it; where that is older than a week, about a week ago. */
  readonly from: Instant;
  /** The first moment after it, when it is worth asking again. */
  readonly until: Instant;
}

export type OpenAt = (moment: Instant) => OpenSpan;

/** How far back an opening is told of, and how far ahead the next one is looked for. */
const DAYS_BACK = 7;
const DAYS_AHEAD = 400;

export function openingHours(hours: Hours, place: Pick<Place, 'zone' | 'holidays'>): OpenAt {
  const isHoliday = publicHolidays(place.holidays);
  const week: Week = { hours, isHoliday, zone: place.zone };
  let recent: OpenSpan[] = [];
  return (moment) => {
    const known = recent.find(({ from, until }) => moment >= from && moment < until);
    if (known) return known;
    const found = spanAt(week, moment);
    recent = [found, ...recent].slice(0, REMEMBERED);
    return found;
  };
}

/** Of every station that does not take rubbish always. */
export function dropOffHours({
  place,
  stations,
}: Pick<Compound, 'place' | 'stations'>): ReadonlyMap<string, OpenAt> {
  const limited = [...stations.values()].filter(({ windows }: Station) => windows.length > 0);
  return new Map(
    limited.map(({ id, windows: spans }) => [
      id,
      openingHours({ spans, holidays: 'as-weekdays' }, place),
    ]),
  );
}

/** The openings that begin on a date, which may reach into the next, in order. */
export function windowsOn(
  windows: readonly DropOffWindow[],
  place: Pick<Place, 'zone' | 'holidays'>,
  date: string,
): readonly { readonly start: Instant; readonly end: Instant }[] {
  const hours: Hours = { spans: windows, holidays: 'as-weekdays' };
  const week = { hours, isHoliday: publicHolidays(place.holidays), zone: place.zone };
  const found = windows.length === 0 ? [] : openingsOn(week, Temporal.PlainDate.from(date));
  return merged(found).map(({ start, end }) => ({ start: instant(start), end: instant(end) }));
}

/** Now, and whatever little lies behind: what is asked of then and of now in turn is found once. */
const REMEMBERED = 4;

interface Week {
  readonly hours: Hours;
  readonly isHoliday: IsHoliday;
  readonly zone: string;
}

interface Opening {
  readonly start: number;
  readonly end: number;
}

function spanAt(week: Week, moment: Instant): OpenSpan {
  const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(moment))
    .toZonedDateTimeISO(week.zone)
    .toPlainDate();
  const around: Opening[] = [];
  for (let day = -DAYS_BACK - 1; day <= DAYS_BACK; day++)
    around.push(...openingsOn(week, today.add({ days: day })));
  const near = merged(around);
  const open = near.find(({ start, end }) => moment >= start && moment < end);
  if (open) return { isOpen: true, from: instant(open.start), until: instant(open.end) };
  const closedAt = near.findLast(({ end }) => end <= moment)?.end;
  const from = instant(closedAt ?? instantAt(week, today.subtract({ days: DAYS_BACK }), 0));
  for (let day = -1; day <= DAYS_AHEAD; day++) {
    const next = openingsOn(week, today.add({ days: day })).filter(({ start }) => start > moment);
    const [first] = next.sort((a, b) => a.start - b.start);
    if (first) return { isOpen: false, from, until: instant(first.start) };
  }
  const end = instantAt(week, today.add({ days: DAYS_AHEAD }), 0);
  return { isOpen: false, from, until: instant(end) };
}

/** What touches is one: nothing closes between 24:00 and 00:00. */
function merged(openings: Opening[]): Opening[] {
  const whole: Opening[] = [];
  for (const next of openings.sort((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    if (last && next.start <= last.end)
      whole[whole.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else whole.push(next);
  }
  return whole;
}

function openingsOn(week: Week, date: Temporal.PlainDate): Opening[] {
  const { spans } = week.hours;
  if (!belongs(week, date)) return [];
  const tomorrow = date.add({ days: 1 });
  if (spans.length === 0)
    return [{ start: instantAt(week, date, 0), end: instantAt(week, tomorrow, 0) }];
  const weekday = WEEKDAYS[date.dayOfWeek - 1];
  return spans
    .filter(({ days }) => weekday !== undefined && days.includes(weekday))
    .filter((span) => spanBelongs(week, span, date.toString()))
    .map(({ fromMinute, toMinute }: DailySpan) => ({
      start: instantAt(week, date, fromMinute),
      end: instantAt(week, toMinute > fromMinute ? date : tomorrow, toMinute),
    }));
}

function belongs({ hours, isHoliday }: Week, date: Temporal.PlainDate): boolean {
  const day = date.toString();
  if (hours.season && !isInSeason(hours.season, day.slice(5))) return false;
  if (hours.holidays === 'as-weekdays') return true;
  return isHoliday(day) === (hours.holidays === 'only');
}

/** A window may have a season and holidays of its own. */
const spanBelongs = (
  { isHoliday }: Week,
  { season, holidays = 'as-weekdays' }: DropOffWindow,
  day: string,
): boolean =>
  (!season || isInSeason(season, day.slice(5))) &&
  (holidays === 'as-weekdays' || isHoliday(day) === (holidays === 'only'));

/** Both ends belong to it. */
const isInSeason = ({ from, to }: NonNullable<Hours['season']>, day: string): boolean =>
  from <= to ? day >= from && day <= to : day >= from || day <= to;

function instantAt({ zone }: Week, date: Temporal.PlainDate, minute: number): number {
  const plainTime = Temporal.PlainTime.from({ hour: 0 }).add({ minutes: minute });
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}
