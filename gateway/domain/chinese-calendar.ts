// The calendar library, asked so that the machine's time zone has no say: it reads a bare date as midnight
// UTC and writes it by the machine's clock, so that west of Greenwich what it answers is a day too early.
// Promise: no date that it made is taken, and nothing of it is called anywhere else.
import chineseDays from 'chinese-days';
import { addDays, type LocalDay } from './day.ts';

// It is CommonJS: Node sees its default export alone, whatever its types say.
// oxlint-disable-next-line import/no-named-as-default-member
const { getDayDetail, getYearLeapMonth, monthDays } = chineseDays;

/** The years that can be asked for; the lunar table reaches one further at both ends. */
export const FIRST_YEAR = 1901;
export const LAST_YEAR = 2099;

/**
 * What the State Council arranged for a day: a holiday, a weekend that is worked in its stead (调休), or
 * nothing. The library's own table is a day off as well, so the bare date finds the right line in it.
 */
export function arrangementOf(day: LocalDay): 'holiday' | 'worked' | undefined {
  const { work, name } = getDayDetail(day);
  // What was arranged has its name in two languages and by commas; any other day that of a weekday.
  if (!name.includes(',')) return undefined;
  return work ? 'worked' : 'holiday';
}

/** The first day of the lunar table's first month. */
const LUNAR_EPOCH: LocalDay = '1900-01-31';
const FIRST_TABLED = 1900;

/** The day of a lunar date, of the ordinary month where the year has a leap one of the same number. */
export function lunarDay(year: number, month: number, day: number): LocalDay {
  let count = day - 1;
  for (let before = FIRST_TABLED; before < year; before += 1) count += daysBefore(before, 13);
  return addDays(LUNAR_EPOCH, count + daysBefore(year, month));
}

/** Days of a lunar year that lie before its month of that number; a leap month follows its namesake. */
function daysBefore(year: number, month: number): number {
  const { leapMonth = 13, days } = getYearLeapMonth(year);
  let count = leapMonth < month ? days : 0;
  for (let each = 1; each < month; each += 1) count += monthDays(year, each);
  return count;
}

/** 清明, by the rule of thumb that holds for both centuries: the sun returns 0.2422 days later each year. */
export function pureBrightness(year: number): LocalDay {
  const [since, first] = year >= 2000 ? [year - 2000, 4.81] : [year - 1900, 5.59];
  const day = Math.floor(since * 0.2422 + first) - Math.floor(since / 4);
  return `${year}-04-0${day}`;
}
