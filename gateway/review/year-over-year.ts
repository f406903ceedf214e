// Which day of last year a day is held against. 364 days back, so that weekdays agree; within 20 days
// of the Spring Festival the day with the same distance from it, because the festival moves by weeks
// and half the compound is away.
import { addDays, daysBetween, type LocalDay } from '../domain/day.ts';
import { springFestival, type FestivalDates } from './spring-festival.ts';

export interface ComparableDay {
  readonly day: LocalDay;
  readonly by: 'weekday' | 'spring-festival';
}

const WEEKDAYS_AGREE = 364;
const NEAR_FESTIVAL = 20;

export function comparableDay(day: LocalDay, given: FestivalDates = {}): ComparableDay {
  const year = Number(day.slice(0, 4));
  const festival = springFestival(year, given);
  const before = springFestival(year - 1, given);
  if (festival !== undefined && before !== undefined) {
    const distance = daysBetween(festival, day);
    if (Math.abs(distance) <= NEAR_FESTIVAL) {
      return { day: addDays(before, distance), by: 'spring-festival' };
    }
  }
  return { day: addDays(day, -WEEKDAYS_AGREE), by: 'weekday' };
}
