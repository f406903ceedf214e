// Hours of the week on the line of instants: edges to the millisecond, midnight, holidays, seasons.
import { describe, expect, it } from 'vitest';
import { WEEKDAYS, type DailySpan, type Weekday } from '../../gateway/domain/asset.ts';
import { openingHours } from '../../gateway/domain/opening-hours.ts';
import type { Hours } from '../../gateway/domain/rule.ts';
import { instant, type Instant } from '../../gateway/domain/time.ts';

const SHANGHAI = { zone: 'Asia/Shanghai' };
const local = (text: string): Instant => instant(Date.parse(`${text}+08:00`));
const span = (from: string, to: string, days: readonly Weekday[] = WEEKDAYS): DailySpan => {
  const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { days, fromMinute: minute(from), toMinute: minute(to) };
};
const hours = (spans: readonly DailySpan[], more: Partial<Hours> = {}): Hours => ({
  spans,
  holidays: 'as-weekdays',
  ...more,
});

const at = (given: Hours, moment: string) => openingHours(given, SHANGHAI)(local(moment));
const until = (given: Hours, moment: string): string =>
  new Date(at(given, moment).until + 8 * 3_600_000).toISOString().slice(0, 16);

describe('two windows a day', () => {
  const windows = hours([span('07:00', '09:00'), span('18:00', '20:00')]);
  it.each([
    ['2026-11-02T06:59:59.999', false, '2026-11-02T07:00'],
    ['2026-11-02T07:00:00', true, '2026-11-02T09:00'],
    ['2026-11-02T08:59:59.999', true, '2026-11-02T09:00'],
    ['2026-11-02T09:00:00', false, '2026-11-02T18:00'],
    ['2026-11-02T20:00:00', false, '2026-11-03T07:00'],
  ])('%s is open: %s, until %s', (moment, isOpen, end) => {
    expect(at(windows, moment).isOpen).toBe(isOpen);
    expect(until(windows, moment)).toBe(end);
  });

  it('are told of any moment in turn, forwards and back', () => {
    const open = openingHours(windows, SHANGHAI);
    const moments = ['T08:00', 'T10:00', 'T08:30', 'T19:00', 'T03:00', 'T08:00'];
    expect(moments.map((time) => open(local(`2026-11-02${time}:00`)).isOpen)).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
  });
});

it('hours that touch are one, over midnight and over a weekend', () => {
  const night = hours([span('18:00', '00:00'), span('00:00', '06:00')]);
  expect(at(night, '2026-11-02T23:00')).toMatchObject({
    isOpen: true,
    from: local('2026-11-02T18:00'),
    until: local('2026-11-03T06:00'),
  });
  const weekend = hours([span('00:00', '00:00', ['sat', 'sun'])]);
  expect(at(weekend, '2026-11-08T12:00')).toMatchObject({
    from: local('2026-11-07T00:00'),
    until: local('2026-11-09T00:00'),
  });
});

it('what reaches over midnight belongs to the day it began on', () => {
  const friday = hours([span('22:00', '02:00', ['fri'])]);
  expect(at(friday, '2026-11-07T01:59').isOpen).toBe(true);
  expect(at(friday, '2026-11-06T01:59').isOpen).toBe(false);
  expect(until(friday, '2026-11-07T02:00')).toBe('2026-11-13T22:00');
});

describe('holidays', () => {
  const work = span('08:00', '17:00', ['mon', 'tue', 'wed', 'thu', 'fri']);
  it('are left out: after Wednesday’s work comes the Thursday of the next week', () => {
    const never = hours([work], { holidays: 'never' });
    expect(at(never, '2026-10-01T12:00').isOpen).toBe(false);
    expect(until(never, '2026-09-30T17:00')).toBe('2026-10-08T08:00');
  });

  it('alone are whole days, one after the other as one', () => {
    const only = hours([], { holidays: 'only' });
    expect(at(only, '2026-10-04T12:00')).toMatchObject({
      isOpen: true,
      from: local('2026-10-01T00:00'),
      until: local('2026-10-08T00:00'),
    });
    expect(until(only, '2026-10-08T00:00')).toBe('2027-01-01T00:00');
  });

  it('as weekdays are open', () => {
    expect(at(hours([work]), '2026-10-01T12:00').isOpen).toBe(true);
  });

  it('are the site’s where it names some', () => {
    const place = { ...SHANGHAI, holidays: { add: ['2026-11-02'], remove: [] } };
    const open = openingHours(hours([work], { holidays: 'never' }), place);
    expect(open(local('2026-11-02T12:00')).isOpen).toBe(false);
    expect(open(local('2026-11-03T12:00')).isOpen).toBe(true);
  });
});

describe('a season', () => {
  const summer = hours([], { season: { from: '06-01', to: '09-30' } });
  const winter = hours([], { season: { from: '11-15', to: '03-15' } });
  it.each([
    [summer, '2026-05-31T23:59:59.999', false, '2026-06-01T00:00'],
    [summer, '2026-09-30T23:59:59.999', true, '2026-10-01T00:00'],
    [summer, '2026-10-01T00:00', false, '2027-06-01T00:00'],
    [winter, '2026-12-31T23:00', true, '2027-01-08T00:00'],
    [winter, '2027-03-15T12:00', true, '2027-03-16T00:00'],
    [winter, '2027-03-16T00:00', false, '2027-11-15T00:00'],
  ])('%j at %s is open: %s', (season, moment, isOpen, end) => {
    expect(at(season, moment).isOpen).toBe(isOpen);
    expect(until(season, moment)).toBe(end);
  });
});

it('hours that never come are looked for again after a year and more', () => {
  const never = hours([span('08:00', '09:00', [])]);
  expect(at(never, '2026-11-02T12:00').isOpen).toBe(false);
  expect(until(never, '2026-11-02T12:00')).toBe('2027-12-07T00:00');
});

it('where the clocks change a day’s hours are its own', () => {
  const night = openingHours(hours([span('00:00', '06:00')]), { zone: 'Europe/Berlin' });
  // On the last Sunday of March 02:00 does not exist: six hours by the face are five.
  const { from, until: end } = night(instant(Date.parse('2026-03-29T01:30:00Z')));
  expect((end - from) / 3_600_000).toBe(5);
});
