// Hours: a span must have a length, a timetable must have a span.
import type { Check } from './check.ts';
import { type DailyHours, minuteOfDay } from './hours.ts';
import type { Finding, Path } from './mistake.ts';
import { circuitsIn, lampsIn, stationsIn } from './roster.ts';
import type { Draft } from './schema.ts';

type Hours = readonly Draft<DailyHours>[];

export const hoursHaveLength: Check = function* (file) {
  for (const { form, at } of stationsIn(file)) {
    yield* lengthless(form.windows ?? [], [...at, 'windows']);
  }
  for (const { form, at } of [...circuitsIn(file), ...lampsIn(file)]) {
    if (typeof form.lit === 'object') yield* lengthless(form.lit, [...at, 'lit']);
  }
};

export function* lengthless(hours: Hours, at: Path): Iterable<Finding> {
  for (const [index, { from, to }] of hours.entries()) {
    if (from === undefined || from !== to || minuteOfDay(from) === undefined) continue;
    yield {
      at: [...at, index],
      what: `from and to are both ${from}; make to the first minute after`,
      means: 'a whole day is two spans, or leaving the hours out',
    };
  }
}

export const timetableHasHours: Check = function* (file) {
  for (const { form, at } of [...circuitsIn(file), ...lampsIn(file)]) {
    if (typeof form.lit !== 'object' || form.lit.length > 0) continue;
    yield { at: [...at, 'lit'], what: 'an empty list of hours; write sun, always, or hours' };
  }
};
