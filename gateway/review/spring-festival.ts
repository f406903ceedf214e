// When the Spring Festival falls: the first day of the first lunar month. The household year turns
// around it, so days near it are compared by their distance from it.
import chineseDays from 'chinese-days';
import { isLocalDay, type LocalDay } from '../domain/day.ts';

// It is CommonJS: Node sees its default export alone, whatever its types say.
// oxlint-disable-next-line import/no-named-as-default-member
const { getSolarDateFromLunar } = chineseDays;

/** Dates that a site gives itself, by year; they go before the calendar's. */
export type FestivalDates = Readonly<Record<number, LocalDay>>;

/** Undefined outside the years that the lunar table covers (1900 to 2100). */
export function springFestival(year: number, given: FestivalDates = {}): LocalDay | undefined {
  const own = given[year];
  if (own !== undefined) return own;
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const { date } = getSolarDateFromLunar(`${year}-01-01`);
  return date !== undefined && isLocalDay(date) ? date : undefined;
}

const FIRST_YEAR = 1901;
const LAST_YEAR = 2099;
