// Which local days are public holidays: as the State Council arranged them for the years that the
// calendar knows, the days that the law itself names for the others, and the site's own last word.
// Weekends are none, and neither are the working weekends that pay for a long holiday.
import {
  arrangementOf,
  FIRST_YEAR,
  LAST_YEAR,
  lunarDay,
  pureBrightness,
} from './chinese-calendar.ts';
import { addDays, type LocalDay } from './day.ts';

export type IsHoliday = (day: LocalDay) => boolean;

export interface HolidayChanges {
  readonly add: readonly LocalDay[];
  readonly remove: readonly LocalDay[];
}

export function publicHolidays(changes: HolidayChanges = { add: [], remove: [] }): IsHoliday {
  const added = new Set(changes.add);
  const removed = new Set(changes.remove);
  return (day) => added.has(day) || (!removed.has(day) && isPublicHoliday(day));
}

/** A Saturday or Sunday that is worked in a holiday's stead (调休); none in years not yet arranged. */
export const isWorkedWeekend = (day: LocalDay): boolean => arrangementOf(day) === 'worked';

function isPublicHoliday(day: LocalDay): boolean {
  const year = Number(day.slice(0, 4));
  return isArranged(year) ? isArrangedHoliday(day) : lawfulDays(year).has(day);
}

/** Each autumn the next year's days are arranged; a calendar that is older does not know them. */
const isArranged = (year: number): boolean => isArrangedHoliday(`${year}-10-01`);

const isArrangedHoliday = (day: LocalDay): boolean => arrangementOf(day) === 'holiday';

const known = new Map<number, ReadonlySet<LocalDay>>();

function lawfulDays(year: number): ReadonlySet<LocalDay> {
  const before = known.get(year);
  if (before) return before;
  const days = new Set(year < FIRST_YEAR || year > LAST_YEAR ? [] : lawfulDaysOf(year));
  if (known.size < LAST_YEAR - FIRST_YEAR) known.set(year, days);
  return days;
}

/** 全国年节及纪念日放假办法, as amended in 2024: thirteen days. */
function lawfulDaysOf(year: number): LocalDay[] {
  const newYear = lunarDay(year, 1, 1);
  return [
    `${year}-01-01`,
    ...[-1, 0, 1, 2].map((days) => addDays(newYear, days)),
    pureBrightness(year),
    `${year}-05-01`,
    `${year}-05-02`,
    lunarDay(year, 5, 5),
    lunarDay(year, 8, 15),
    ...['01', '02', '03'].map((date) => `${year}-10-${date}`),
  ];
}
