import { describe, expect, it } from 'vitest';
import { daysBetween, daysFrom } from '../../gateway/domain/day.ts';
import { comparableDay } from '../../gateway/review/year-over-year.ts';
import { springFestival } from '../../gateway/review/spring-festival.ts';

describe('the Spring Festival', () => {
  it.each([
    [1990, '1990-01-27'],
    [2023, '2023-01-22'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2027, '2027-02-06'],
    [2034, '2034-02-19'],
  ])('of %i is on %s', (year, day) => expect(springFestival(year)).toBe(day));

  it('is on the day that the site says, where it says one', () => {
    expect(springFestival(2026, { 2026: '2026-02-18' })).toBe('2026-02-18');
  });
});

describe('a day is held against', () => {
  it.each([
    ['2026-11-22', '2025-11-23', 'weekday'],
    // the festival of 2026 is 17 February, that of 2025 29 January
    ['2026-02-17', '2025-01-29', 'spring-festival'],
    ['2026-01-28', '2025-01-09', 'spring-festival'],
    ['2026-01-27', '2025-01-28', 'weekday'],
    ['2026-03-09', '2025-02-18', 'spring-festival'],
    ['2026-03-10', '2025-03-11', 'weekday'],
  ])('%s: %s, by %s', (day, before, by) => {
    expect(comparableDay(day)).toEqual({ day: before, by });
  });

  it.each([
    // worked: 364 days before Tuesday 7 July 2026 is Tuesday 8 July 2025
    ['a plain day', '2026-07-07', '2025-07-08'],
    // worked: 13 February 2026 is 4 days before the festival of 17 February; so is 25 January 2025
    ['within the festival', '2026-02-13', '2025-01-25'],
    // worked: 18 February 2007 and 29 January 2006 lie 20 days of the calendar apart, 385 in all. 31 January
    // 2007 is 18 days before the one; 18 days before the other is 11 January 2006
    ['where the festivals lie far apart', '2007-01-31', '2006-01-11'],
  ])('%s: %s against %s', (_what, day, before) => {
    expect(comparableDay(day).day).toBe(before);
  });

  it('the same weekday, all through a year outside the festival', () => {
    for (const day of daysFrom('2026-03-10', '2026-12-31')) {
      expect(daysBetween(comparableDay(day).day, day)).toBe(364);
    }
  });

  it('the festival that the site names', () => {
    const given = { 2025: '2025-02-01', 2026: '2026-02-20' };
    expect(comparableDay('2026-02-21', given).day).toBe('2025-02-02');
  });

  it('364 days back where the lunar table ends', () => {
    expect(comparableDay('1850-02-01')).toEqual({ day: '1849-02-02', by: 'weekday' });
  });
});
