// Hours and days as the site file writes them: `from: "07:00"`, `days: mon-fri`.
import { type Static, Type } from 'typebox';
import { type DailySpan, type DropOffWindow, WEEKDAYS, type Weekday } from '../domain/asset.ts';
import { show } from './mistake.ts';
import { oneWord, section } from './option.ts';

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const DAY = `(${WEEKDAYS.join('|')})`;
const DAYS = `^${DAY}(-${DAY})?(, ?${DAY}(-${DAY})?)*$`;

interface TimeFacts {
  readonly title: string;
  readonly description: string;
  readonly examples?: string[];
  readonly default?: string;
}

export const timeOfDay = (facts: TimeFacts) =>
  Type.String({ ...facts, pattern: TIME.source, complain: noTime });

function noTime(value: unknown): string {
  const short = typeof value === 'string' && /^\d:[0-5]\d$/.test(value);
  if (short) return `${value} lacks a digit; write "0${value}"`;
  if (value === '24:00') return '24:00 is no time of day; midnight is "00:00"';
  return `${show(value)} is no time of day; write "00:00" to "23:59"`;
}

export const DailyHours = section(
  {
    title: 'Hours',
    description: 'hours of the local day; where `to` is before `from` they reach over midnight',
  },
  {
    days: Type.String({
      title: 'Days',
      description: 'weekdays on which the hours begin: single days and ranges, by commas',
      examples: ['mon-fri,sun'],
      default: 'mon-sun',
      pattern: DAYS,
      complain: (value: unknown) => `${show(value)} names no days; write mon-sun, or mon-fri,sun`,
    }),
    from: timeOfDay({ title: 'From', description: 'first minute inside', examples: ['07:00'] }),
    to: timeOfDay({ title: 'To', description: 'first minute after', examples: ['09:00'] }),
  },
);
export type DailyHours = Static<typeof DailyHours>;

const dayOfYear = (title: string, description: string, example: string) =>
  Type.String({
    title,
    description,
    examples: [example],
    pattern: String.raw`^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`,
    complain: (value: unknown) =>
      `${show(value)} is no day of the year; write "06-01" for the first of June`,
  });

export const season = (description: string) =>
  Type.Optional(
    section(
      { title: 'Season', description },
      {
        from: dayOfYear('From', 'the first day', '06-01'),
        to: dayOfYear('To', 'the last day; before the first it lies in the next year', '09-30'),
      },
    ),
  );

export const holidayHours = oneWord(['as-weekdays', 'only', 'never'], {
  title: 'Holidays',
  description: 'whether public holidays belong to them; a span belongs to the day it begins on',
  examples: ['never'],
  default: 'as-weekdays',
});

/** A station's hours, which may be others in summer and on holidays. */
export const WindowHours = section(
  {
    title: 'Window',
    description: 'hours in which rubbish is taken; where `to` is before `from`, over midnight',
  },
  {
    ...DailyHours.properties,
    season: season('the days of each year on which this window counts'),
    holidays: holidayHours,
  },
);
export type WindowHours = Static<typeof WindowHours>;

/** Minutes since local midnight; undefined for what is no time of day. */
export function minuteOfDay(text: string): number | undefined {
  const match = TIME.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** `sat-mon` goes over the week's end; in the order of the week, each day once. */
export function weekdaysOf(text: string): Weekday[] {
  const named = new Set(text.split(',').flatMap((part) => rangeOf(part.trim())));
  return WEEKDAYS.filter((day) => named.has(day));
}

function rangeOf(part: string): Weekday[] {
  const [from = '', to = from] = part.split('-');
  const [first, last] = [
    WEEKDAYS.findIndex((d) => d === from),
    WEEKDAYS.findIndex((d) => d === to),
  ];
  const length = ((last - first + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  return [...WEEKDAYS, ...WEEKDAYS].slice(first, first + length);
}

export function spanOf(hours: DailyHours): DailySpan {
  return {
    days: weekdaysOf(hours.days),
    fromMinute: minuteOfDay(hours.from) ?? 0,
    toMinute: minuteOfDay(hours.to) ?? 0,
  };
}

export function windowOf({ season: days, holidays, ...hours }: WindowHours): DropOffWindow {
  return {
    ...spanOf(hours),
    ...(days && { season: days }),
    ...(holidays !== 'as-weekdays' && { holidays }),
  };
}
