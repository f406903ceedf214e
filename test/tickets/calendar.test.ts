// What counts towards a deadline. 2026: the National Day holiday is 1–7 October, and people work on
// Saturday the 10th instead; daylight saving in Berlin ends on 25 October and begins on 29 March.
import { describe, expect, it } from 'vitest';
import type { DailySpan } from '../../gateway/domain/asset.ts';
import { hours, instant, minutes, type Instant } from '../../gateway/domain/time.ts';
import { AROUND_THE_CLOCK, dayKinds, workCalendar } from '../../gateway/tickets/calendar.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const EIGHT_TO_SIX: readonly DailySpan[] = [{ days: WEEK, fromMinute: 480, toMinute: 1080 }];
const at = (text: string): Instant => instant(Date.parse(`${text}:00+08:00`));
const text = (moment: Instant): string => new Date(moment + hours(8)).toISOString().slice(0, 16);
const shanghai = workCalendar('Asia/Shanghai', EIGHT_TO_SIX, dayKinds());

describe('so much working time after a moment is', () => {
  it.each([
    ['the same day, while it lasts', '2026-06-01T09:00', 2, '2026-06-01T11:00'],
    ['the end of the day itself', '2026-06-01T16:00', 2, '2026-06-01T18:00'],
    ['the next morning after that', '2026-06-01T17:00', 2, '2026-06-02T09:00'],
    ['counted from the morning, at night', '2026-06-01T03:00', 2, '2026-06-01T10:00'],
    ['Monday over a weekend', '2026-06-05T17:00', 2, '2026-06-08T09:00'],
    ['Monday from the weekend itself', '2026-06-06T12:00', 2, '2026-06-08T10:00'],
    ['after the holidays', '2026-09-30T17:00', 2, '2026-10-08T09:00'],
    ['on the Saturday that is worked', '2026-10-09T17:00', 2, '2026-10-10T09:00'],
    ['not on the Sunday after it', '2026-10-10T17:00', 2, '2026-10-12T09:00'],
    ['some days later for 24 hours', '2026-06-04T09:00', 24, '2026-06-08T13:00'],
    ['that moment for none', '2026-06-06T12:00', 0, '2026-06-06T12:00'],
  ])('%s', (_, from, span, until) => {
    expect(text(shanghai.after(at(from), hours(span)))).toBe(until);
    expect(shanghai.counted(at(from), at(until))).toBe(hours(span));
  });

  it('as the site names its own days', () => {
    const own = dayKinds({ add: ['2026-06-01'], remove: ['2026-10-07'] });
    const calendar = workCalendar('Asia/Shanghai', EIGHT_TO_SIX, own);
    expect(text(calendar.after(at('2026-05-29T17:00'), hours(2)))).toBe('2026-06-02T09:00');
    expect(text(calendar.after(at('2026-09-30T17:00'), hours(2)))).toBe('2026-10-07T09:00');
  });

  it('in hours with a break, and in a night shift that begins the evening before', () => {
    const broken = workCalendar(
      'Asia/Shanghai',
      [
        { days: WEEK, fromMinute: 480, toMinute: 720 },
        { days: WEEK, fromMinute: 840, toMinute: 1080 },
      ],
      dayKinds(),
    );
    expect(text(broken.after(at('2026-06-01T11:00'), hours(2)))).toBe('2026-06-01T15:00');
    const night = workCalendar(
      'Asia/Shanghai',
      [{ days: WEEK, fromMinute: 1320, toMinute: 360 }],
      dayKinds(),
    );
    expect(text(night.after(at('2026-06-02T05:00'), hours(2)))).toBe('2026-06-02T23:00');
    // Friday's shift ends on Saturday morning; the next one begins on Monday evening.
    expect(text(night.after(at('2026-06-06T05:00'), hours(2)))).toBe('2026-06-08T23:00');
  });

  it.each([
    ['23 hours', '2026-03-28T22:00:00Z', '2026-03-29T22:00:00Z', 23],
    ['25 hours', '2026-10-24T21:00:00Z', '2026-10-25T23:30:00Z', 25],
  ])('on a day of %s as many hours as it has', (_, from, until, count) => {
    const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    const berlin = workCalendar(
      'Europe/Berlin',
      [
        { days: all, fromMinute: 0, toMinute: 720 },
        { days: all, fromMinute: 720, toMinute: 0 },
      ],
      () => 'ordinary',
    );
    const [a, b] = [instant(Date.parse(from)), instant(Date.parse(until))];
    expect(berlin.counted(a, b)).toBe(b - a);
    const working = workCalendar(
      'Europe/Berlin',
      [
        { days: ['sun'], fromMinute: 0, toMinute: 720 },
        { days: ['sun'], fromMinute: 720, toMinute: 0 },
      ],
      () => 'ordinary',
    );
    expect(working.counted(a, b)).toBe(hours(count));
  });
});

describe('a calendar', () => {
  it('without hours, and around the clock, counts every minute', () => {
    const none = workCalendar('Asia/Shanghai', [], dayKinds());
    expect(none.after(at('2026-06-06T12:00'), minutes(15))).toBe(at('2026-06-06T12:15'));
    expect(AROUND_THE_CLOCK.counted(at('2026-06-06T12:00'), at('2026-06-06T12:15'))).toBe(
      minutes(15),
    );
  });

  it('counts nothing backwards', () => {
    expect(shanghai.counted(at('2026-06-01T12:00'), at('2026-06-01T09:00'))).toBe(0);
    expect(AROUND_THE_CLOCK.counted(at('2026-06-01T12:00'), at('2026-06-01T09:00'))).toBe(0);
  });
});

describe('a day', () => {
  const kind = dayKinds();
  it.each([
    ['a feast', '2026-10-01', 'holiday'],
    ['a weekday between', '2026-10-07', 'holiday'],
    ['a Saturday that is worked', '2026-10-10', 'make-up'],
    ['any Monday', '2026-06-08', 'ordinary'],
    ['any Saturday', '2026-06-06', 'ordinary'],
  ])('%s is what it is', (_, day, expected) => expect(kind(day)).toBe(expected));
});
