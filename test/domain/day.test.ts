import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  daysFrom,
  isLocalDay,
  isLocalMonth,
  lastOfMonth,
  siteDays,
  weekOf,
} from '../../gateway/domain/day.ts';
import { instant } from '../../gateway/domain/time.ts';

const at = (iso: string) => instant(Date.parse(iso));
const shanghai = siteDays({ zone: 'Asia/Shanghai', dayStartsAtMinute: 0 });
const berlin = siteDays({ zone: 'Europe/Berlin', dayStartsAtMinute: 0 });
const fromFour = siteDays({ zone: 'Europe/Berlin', dayStartsAtMinute: 240 });

describe('a day of the site', () => {
  it.each([
    ['2026-11-21T15:59:59.999Z', '2026-11-21'],
    ['2026-11-21T16:00:00.000Z', '2026-11-22'],
    ['2026-11-22T15:59:59.999Z', '2026-11-22'],
  ])('%s belongs to %s in Shanghai', (moment, day) => {
    expect(shanghai.at(at(moment)).day).toBe(day);
  });

  it('begins at the hour that the site says, and the small hours belong to the day before', () => {
    expect(fromFour.at(at('2026-11-22T02:59:59+01:00')).day).toBe('2026-11-21');
    expect(fromFour.at(at('2026-11-22T03:59:59+01:00')).day).toBe('2026-11-21');
    expect(fromFour.at(at('2026-11-22T04:00:00+01:00')).day).toBe('2026-11-22');
  });

  it.each([
    ['2026-03-28', 1440],
    ['2026-03-29', 1380],
    ['2026-03-30', 1440],
    ['2026-10-25', 1500],
  ])('%s has %i minutes in Berlin', (day, minutes) => {
    expect(berlin.minutesIn(day)).toBe(minutes);
  });

  it.each([
    ['Europe/London', '2026-10-24', '2026-10-23T23:00:00.000Z', 1440],
    ['Europe/London', '2026-10-25', '2026-10-24T23:00:00.000Z', 1500],
    ['Europe/London', '2026-10-26', '2026-10-26T00:00:00.000Z', 1440],
    ['Europe/London', '2026-03-29', '2026-03-29T00:00:00.000Z', 1380],
    ['Asia/Shanghai', '2026-10-25', '2026-10-24T16:00:00.000Z', 1440],
  ])('in %s %s begins at %s and has %i minutes', (zone, day, begins, minutes) => {
    const days = siteDays({ zone, dayStartsAtMinute: 0 });
    expect(new Date(days.span(day).start).toISOString()).toBe(begins);
    expect(days.minutesIn(day)).toBe(minutes);
  });

  it('that begins at four lost its hour the night before', () => {
    expect(fromFour.minutesIn('2026-03-28')).toBe(1380);
    expect(fromFour.minutesIn('2026-03-29')).toBe(1440);
  });

  it('that begins at an hour which the clocks skip begins when they have skipped it', () => {
    const skipped = siteDays({ zone: 'Europe/Berlin', dayStartsAtMinute: 150 });
    const { start } = skipped.span('2026-03-29');
    expect(new Date(start).toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(skipped.at(start).day).toBe('2026-03-29');
    expect(skipped.at(instant(start - 1)).day).toBe('2026-03-28');
  });

  it('ends where the next begins, all year round, without a gap or an overlap', () => {
    for (const day of daysFrom('2026-01-01', '2026-12-31')) {
      const { end } = berlin.span(day);
      expect(end).toBe(berlin.span(addDays(day, 1)).start);
      expect(berlin.at(instant(end - 1)).day).toBe(day);
    }
  });

  it('is found again whatever was asked before', () => {
    const days = siteDays({ zone: 'Europe/Berlin', dayStartsAtMinute: 0 });
    const all = daysFrom('2026-10-01', '2026-10-31');
    for (const day of [...all, ...all.toReversed()]) {
      expect(days.at(berlin.span(day).start).day).toBe(day);
    }
  });
});

describe('the calendar', () => {
  it.each([
    ['2026-01-01', '2026-W01'],
    ['2027-01-01', '2026-W53'],
    ['2024-12-30', '2025-W01'],
    ['2026-11-22', '2026-W47'],
  ])('%s lies in week %s', (day, week) => {
    expect(weekOf(day)).toBe(week);
  });

  it('knows how far days are apart, and which lie between', () => {
    expect(daysBetween('2026-02-17', '2026-02-01')).toBe(-16);
    expect(daysFrom('2026-02-27', '2026-03-01')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([]);
    expect(lastOfMonth('2024-02')).toBe('2024-02-29');
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '20261122', '', '2026-11'])(
    '%s is no day',
    (text) => expect(isLocalDay(text)).toBe(false),
  );

  it('tells a month from a day', () => {
    expect([isLocalMonth('2026-11'), isLocalMonth('2026-13'), isLocalMonth('2026-11-22')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
