// When the Spring Festival falls: the first day of the first lunar month. The household year turns
// around it, so days near it are compared by their distance from it.
import { FIRST_YEAR, LAST_YEAR, lunarDay } from '../domain/chinese-calendar.ts';
import type { LocalDay } from '../domain/day.ts';

/** Dates that a site gives itself, by year; they go before the calendar's. */
export type FestivalDates = Readonly<Record<number, LocalDay>>;

/** Undefined outside the years that the lunar table covers (1901 to 2099). */
export function springFestival(year: number, given: FestivalDates = {}): LocalDay | undefined {
  const own = given[year];
  if (own !== undefined) return own;
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  return lunarDay(year, 1, 1);
}
