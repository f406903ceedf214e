import { describe, expect, it } from 'vitest';
import { WEEKDAYS, type Lamp, type LampHours, type Place } from '../../gateway/domain/asset.ts';
import { isLit, lampDuty } from '../../gateway/domain/lamp.ts';
import type { Watts } from '../../gateway/domain/quantity.ts';
import { sunDay } from '../../gateway/domain/sun.ts';
import { instant, minutes, type Instant } from '../../gateway/domain/time.ts';
import { COMPOUND, LAMP } from '../fakes/small-site.ts';

const SHANGHAI: Place = { ...COMPOUND.place, latitude: 31.2304, longitude: 121.4737 };
const LONGYEARBYEN: Place = {
  ...COMPOUND.place,
  zone: 'Arctic/Longyearbyen',
  latitude: 78.22,
  longitude: 15.65,
};
const LONDON: Place = {
  ...COMPOUND.place,
  zone: 'Europe/London',
  latitude: 51.5074,
  longitude: -0.1278,
};

const at = (iso: string): Instant => instant(Date.parse(iso));
const lamp = (hours: LampHours): Lamp => ({ ...LAMP, hours });
const bySun = (onOffsetMin = 0, offOffsetMin = 0): Lamp =>
  lamp({ by: 'sun', onOffsetMin, offOffsetMin });
const minutesApart = (a: Instant, b: Instant): number => Math.abs(a - b) / minutes(1);

describe('the sun', () => {
  it.each([
    ['an equinox', '2026-03-20', '05:58', '18:05'],
    ['the longest day', '2026-06-21', '04:50', '19:01'],
    ['the shortest day', '2026-12-22', '06:49', '16:56'],
  ])('over Shanghai on %s rises and sets as the almanac says', (_, date, rise, set) => {
    for (const hour of ['00:30', '12:00', '23:30']) {
      const day = sunDay(SHANGHAI, at(`${date}T${hour}:00+08:00`));
      if (day.kind !== 'both') throw new Error(day.kind);
      expect(minutesApart(day.sunrise, at(`${date}T${rise}:00+08:00`))).toBeLessThan(2);
      expect(minutesApart(day.sunset, at(`${date}T${set}:00+08:00`))).toBeLessThan(2);
    }
  });

  it('over London in summer is where the almanac says, an hour off by the clock', () => {
    const day = sunDay(LONDON, at('2026-06-21T12:00:00Z'));
    if (day.kind !== 'both') throw new Error(day.kind);
    expect(minutesApart(day.sunset, at('2026-06-21T21:21:30+01:00'))).toBeLessThan(2);
  });

  it.each([
    ['2026-06-21T00:00:00Z', 'always-up'],
    ['2026-12-21T12:00:00Z', 'always-down'],
    ['2026-03-20T12:00:00Z', 'both'],
  ])('far north at %s: %s', (moment, kind) => {
    expect(sunDay(LONGYEARBYEN, at(moment)).kind).toBe(kind);
  });
});

describe('a lamp by the sun', () => {
  const duty = lampDuty(SHANGHAI);
  const noon = at('2026-11-02T12:00:00+08:00');
  const day = sunDay(SHANGHAI, noon);
  if (day.kind !== 'both') throw new Error(day.kind);
  const { sunrise, sunset } = day;

  it.each([
    ['just before sunset', sunset - 1, false],
    ['at sunset', sunset, true],
    ['at midnight', at('2026-11-03T00:00:00+08:00'), true],
    ['at the sun’s own midnight', at('2026-11-02T23:38:00+08:00'), true],
    ['just before sunrise', sunrise - 1, true],
    ['at sunrise', sunrise, false],
    ['at noon', noon, false],
  ])('%s', (_, moment, lit) => {
    expect(duty(bySun(), instant(moment))).toBe(lit);
  });

  it.each([
    ['half an hour late in the evening', 30, 0, sunset + minutes(30)],
    ['half an hour early in the evening', -30, 0, sunset - minutes(30)],
  ])('%s', (_, on, off, edge) => {
    expect([edge - 1, edge].map((moment) => duty(bySun(on, off), instant(moment)))).toEqual([
      false,
      true,
    ]);
  });

  it.each([
    ['half an hour late in the morning', 0, 30, sunrise + minutes(30)],
    ['half an hour early in the morning', 0, -30, sunrise - minutes(30)],
  ])('%s', (_, on, off, edge) => {
    expect([edge - 1, edge].map((moment) => duty(bySun(on, off), instant(moment)))).toEqual([
      true,
      false,
    ]);
  });

  it('that goes on only after midnight is dark until then', () => {
    const lateLamp = bySun(8 * 60);
    const edge = sunset + minutes(8 * 60);
    const moments = [
      at('2026-11-02T23:00:00+08:00'),
      at('2026-11-03T00:30:00+08:00'),
      edge - 1,
      edge,
    ];
    expect(moments.map((moment) => duty(lateLamp, instant(moment)))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('that goes off well before midnight is dark from then on', () => {
    const early = bySun(0, -8 * 60);
    const lit = (time: string): boolean => duty(early, at(`${time}+08:00`));
    expect(lit('2026-11-02T21:00:00')).toBe(true);
    expect(lit('2026-11-02T23:00:00')).toBe(false);
    expect(lit('2026-11-03T03:00:00')).toBe(false);
  });

  it('that goes off only in the afternoon is lit at noon and dark after', () => {
    const edge = sunrise + minutes(8 * 60);
    expect([noon, edge - 1, edge].map((moment) => duty(bySun(0, 8 * 60), instant(moment)))).toEqual(
      [true, true, false],
    );
  });

  it('is never lit in the polar day and always in the polar night', () => {
    const north = lampDuty(LONGYEARBYEN);
    expect(north(bySun(), at('2026-06-21T00:00:00Z'))).toBe(false);
    expect(north(bySun(), at('2026-12-21T12:00:00Z'))).toBe(true);
  });

  it('changes twice a day, through the whole year and both changes of summer time', () => {
    const london = lampDuty(LONDON);
    const start = at('2026-01-01T12:00:00Z');
    const hours = Array.from({ length: 365 * 24 + 1 }, (_, n) => instant(start + n * minutes(60)));
    const lit = hours.map((moment) => london(bySun(), moment));
    const changes = lit.filter((isLit, n) => n > 0 && isLit !== lit[n - 1]).length;
    expect(changes).toBe(365 * 2);
  });
});

describe('a lamp by other hours', () => {
  const duty = lampDuty(SHANGHAI);

  it('by its own timetable, over midnight, on its own days', () => {
    const weekend = lamp({
      by: 'timetable',
      spans: [{ days: ['sat', 'sun'], fromMinute: 22 * 60, toMinute: 60 }],
    });
    const lit = (iso: string): boolean => duty(weekend, at(`${iso}+08:00`));
    expect(lit('2026-11-07T21:59:59.999')).toBe(false);
    expect(lit('2026-11-07T22:00:00')).toBe(true);
    expect(lit('2026-11-09T00:59:59.999')).toBe(true);
    expect(lit('2026-11-09T01:00:00')).toBe(false);
    expect(lit('2026-11-09T22:00:00')).toBe(false);
  });

  it('with an empty timetable never, always always', () => {
    const moments = WEEKDAYS.map((_, day) => at(`2026-11-0${day + 1}T03:00:00+08:00`));
    expect(moments.some((moment) => duty(lamp({ by: 'timetable', spans: [] }), moment))).toBe(
      false,
    );
    expect(moments.every((moment) => duty(lamp({ by: 'always' }), moment))).toBe(true);
  });
});

it.each([
  ['nothing', 0, false],
  ['just below', 8.999, false],
  ['exactly', 9, true],
  ['its nominal power', 30, true],
  ['less than nothing, a meter’s zero error', -1, false],
  ['no number', Number.NaN, false],
])('a 30 W lamp that counts as lit from 0.3 and draws %s', (_, power, lit) => {
  expect(isLit(LAMP, power as Watts, 0.3)).toBe(lit);
});
