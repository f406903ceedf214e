import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from '../../gateway/domain/asset.ts';
import { minuteOfDay, weekdaysOf } from '../../gateway/site/hours.ts';
import { nearest } from '../../gateway/site/nearest.ts';
import { durationOf } from '../../gateway/site/option.ts';
import { LEAST, load } from './tools.ts';

describe('the nearest known word', () => {
  const known = ['emptyMm', 'fullMm', 'blindMm', 'tareKg', 'temperature'];
  const cases: [string, string | undefined][] = [
    ['emptymm', 'emptyMm'],
    ['empty_mm', 'emptyMm'],
    ['EMPTY-MM', 'emptyMm'],
    ['emptMm', 'emptyMm'],
    ['temp', 'temperature'],
    ['tara', undefined],
    ['tareKgs', 'tareKg'],
    ['colour', undefined],
    ['', undefined],
    ['x'.repeat(5000), undefined],
  ];
  it.each(cases)('of %s is %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});

describe('days of the week', () => {
  const cases: [string, string[]][] = [
    ['mon-sun', [...WEEKDAYS]],
    ['wed', ['wed']],
    ['mon-fri,sun', ['mon', 'tue', 'wed', 'thu', 'fri', 'sun']],
    ['sun, mon', ['mon', 'sun']],
    ['sat-mon', ['mon', 'sat', 'sun']],
    ['fri-fri', ['fri']],
  ];
  it.each(cases)('%s', (text, days) => {
    expect(weekdaysOf(text)).toEqual(days);
  });
});

describe('times of day', () => {
  const cases: [string, number | undefined][] = [
    ['00:00', 0],
    ['07:30', 450],
    ['23:59', 1439],
    ['24:00', undefined],
    ['7:00', undefined],
    ['07:60', undefined],
  ];
  it.each(cases)('%s', (text, minute) => {
    expect(minuteOfDay(text)).toBe(minute);
  });
});

describe('durations', () => {
  const keep = (text: string) =>
    load(`${LEAST}store: { rawKeep: ${JSON.stringify(text)} }\n`).site?.store.rawKeep;

  it('what the schema lets through can be read and is longer than nothing', () => {
    const text = fc.stringMatching(/^\d{1,4}(\.\d{1,2})?(ms|s|m|h|d)$/);
    fc.assert(
      fc.property(text, (text) => {
        const span = durationOf(text);
        expect(keep(text)).toBe(span > 0 ? span : undefined);
      }),
    );
  }, 30_000);

  it.each(['0.49ms', '0.0ms', '0s'])('%s is nothing, and not let through', (text) => {
    expect(keep(text)).toBeUndefined();
  });

  it('all else is not let through', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^[\d.]+[a-z]+$/.test(text));
        expect(keep(text)).toBeUndefined();
      }),
    );
  }, 30_000);
});
