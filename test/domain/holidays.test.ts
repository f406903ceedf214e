import { describe, expect, it } from 'vitest';
import { publicHolidays } from '../../gateway/domain/holidays.ts';

describe('public holidays', () => {
  const isHoliday = publicHolidays();

  it.each([
    ['2026-01-01', true, 'New Year'],
    ['2026-02-16', true, 'the eve of the Spring Festival'],
    ['2026-02-23', true, 'the last day of its long holiday'],
    ['2026-02-24', false, 'the day after'],
    ['2026-02-28', false, 'a Saturday that is worked for it'],
    ['2026-10-01', true, 'National Day'],
    ['2026-10-10', false, 'a Saturday that is worked for it'],
    ['2026-11-22', false, 'any Sunday'],
    ['2026-11-23', false, 'any Monday'],
  ])('%s is one: %s (%s)', (day, expected) => {
    expect(isHoliday(day)).toBe(expected);
  });

  it.each([
    ['2098-01-01', true, 'New Year'],
    ['2098-02-01', true, 'the Spring Festival by the moon'],
    ['2098-01-31', true, 'its eve'],
    ['2098-02-04', false, 'its fourth day'],
    ['2098-10-03', true, 'the third of October'],
    ['2098-10-04', false, 'whatever else will be arranged'],
  ])('of a year that nobody arranged yet are the law’s: %s %s (%s)', (day, expected) => {
    expect(isHoliday(day)).toBe(expected);
  });

  it('of a year beyond the moon’s table are the site’s own alone', () => {
    expect(isHoliday('2150-01-01')).toBe(false);
  });

  it('are what the site says where it says something', () => {
    const here = publicHolidays({ add: ['2026-11-23'], remove: ['2026-10-01'] });
    expect(['2026-11-23', '2026-10-01', '2026-10-02'].map(here)).toEqual([true, false, true]);
  });
});
