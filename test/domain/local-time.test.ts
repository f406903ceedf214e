import { describe, expect, it } from 'vitest';
import { WEEKDAYS, type DailySpan, type Weekday } from '../../gateway/domain/asset.ts';
import { isWithin, wallClock } from '../../gateway/domain/local-time.ts';
import { instant, minutes, type Instant } from '../../gateway/domain/time.ts';

const at = (utc: string): Instant => instant(Date.parse(utc));
const face = (hour: number, minute = 0): number => hour * 60 + minute;
const london = wallClock('Europe/London');
const shanghai = wallClock('Asia/Shanghai');

describe('the clock on the wall', () => {
  it.each([
    ['2026-11-01T15:59:59.999Z', '2026-11-01', 'sun', face(23, 59)],
    ['2026-11-01T16:00:00.000Z', '2026-11-02', 'mon', 0],
    ['2026-11-02T15:59:59.999Z', '2026-11-02', 'mon', face(23, 59)],
    ['2026-12-31T16:00:00.000Z', '2027-01-01', 'fri', 0],
    ['2028-02-28T16:00:00.000Z', '2028-02-29', 'tue', 0],
  ])('%s in Shanghai', (utc, date, weekday, minute) => {
    expect(shanghai(at(utc))).toEqual({ date, weekday, minute });
  });

  it.each([
    ['2026-03-29T00:59:59.999Z', face(0, 59)],
    ['2026-03-29T01:00:00.000Z', face(2)],
    ['2026-10-25T00:59:59.999Z', face(1, 59)],
    ['2026-10-25T01:00:00.000Z', face(1)],
    ['2026-10-25T01:59:59.999Z', face(1, 59)],
    ['2026-10-25T02:00:00.000Z', face(2)],
  ])('%s in London, when summer time begins or ends', (utc, minute) => {
    expect(london(at(utc)).minute).toBe(minute);
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-11-02', 24],
  ])('%s in London has %i hours', (date, length) => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const halfHours = Array.from({ length: 100 }, (_, n) =>
      instant(midnight + n * minutes(30) - minutes(60)),
    );
    expect(halfHours.filter((moment) => london(moment).date === date)).toHaveLength(length * 2);
  });

  it('a zone that is none is an error at once', () => {
    expect(() => wallClock('Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('a daily span', () => {
  const morning: DailySpan = { days: ['mon'], fromMinute: face(7), toMinute: face(9) };
  const night: DailySpan = { days: ['fri'], fromMinute: face(22), toMinute: face(6) };
  const toMidnight: DailySpan = { days: ['fri'], fromMinute: face(18), toMinute: 0 };
  const wholeWeek: DailySpan = { ...night, days: WEEKDAYS };

  it.each<[string, DailySpan, Weekday, number, boolean]>([
    ['just before it begins', morning, 'mon', face(6, 59), false],
    ['as it begins', morning, 'mon', face(7), true],
    ['in its last minute', morning, 'mon', face(8, 59), true],
    ['as it ends', morning, 'mon', face(9), false],
    ['on another day', morning, 'tue', face(8), false],
    ['before a night', night, 'fri', face(21, 59), false],
    ['as a night begins', night, 'fri', face(22), true],
    ['the last minute of its day', night, 'fri', face(23, 59), true],
    ['after midnight, which is the next day', night, 'sat', 0, true],
    ['the last minute of a night', night, 'sat', face(5, 59), true],
    ['as a night ends', night, 'sat', face(6), false],
    ['the night before', night, 'fri', face(3), false],
    ['the evening after', night, 'sat', face(23), false],
    ['over the end of the week', wholeWeek, 'mon', face(3), true],
    ['a span that ends at midnight, before it', toMidnight, 'fri', face(23, 59), true],
    ['a span that ends at midnight, after it', toMidnight, 'sat', 0, false],
  ])('%s', (_, span, weekday, minute, expected) => {
    expect(isWithin(span, { date: '2026-11-02', weekday, minute })).toBe(expected);
  });

  it('from Sunday night into Monday belongs to Sunday', () => {
    const sunday: DailySpan = { ...night, days: ['sun'] };
    const early = { date: '2026-11-02', minute: face(1) };
    expect(isWithin(sunday, { ...early, weekday: 'mon' })).toBe(true);
    expect(isWithin(sunday, { ...early, weekday: 'sun' })).toBe(false);
  });

  it('over the hour that is missing or comes twice goes by the clock’s face', () => {
    const span: DailySpan = { days: ['sun'], fromMinute: face(1), toMinute: face(2) };
    const within = (utc: string): boolean => isWithin(span, london(at(utc)));
    expect(['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z'].map(within)).toEqual([false, false]);
    expect(
      ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'].map(within),
    ).toEqual([true, true, false]);
  });
});
