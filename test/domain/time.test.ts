import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  earlier,
  formatDuration,
  hours,
  instant,
  later,
  milliseconds,
  minutes,
  parseDuration,
} from '../../gateway/domain/time.ts';

describe('a duration as text', () => {
  it.each([
    ['0ms', 0],
    ['500ms', 500],
    ['90s', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['1.5h', 5_400_000],
    ['1.001s', 1001],
    ['0.1m', 6000],
  ])('%s is %i ms', (text, span) => {
    expect(parseDuration(text)).toBe(span);
  });

  it.each([
    '',
    '5',
    'm',
    '5 m',
    ' 5m',
    '5M',
    '-5m',
    '+5m',
    '1e3s',
    '.5h',
    '5.m',
    '5min',
    '1h30m',
    '∞s',
    'NaNs',
    '５m',
  ])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    [0, '0ms'],
    [1, '1ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1500, '1.5s'],
    [59_000, '59s'],
    [60_000, '1m'],
    [90_000, '90s'],
    [120_000, '2m'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
    [90_000_000, '25h'],
  ])('%i ms is written %s', (span, text) => {
    expect(formatDuration(milliseconds(span))).toBe(text);
  });

  it('whatever is written is read back the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }).map(milliseconds), (span) => {
        expect(parseDuration(formatDuration(span))).toBe(span);
      }),
    );
  });
});

describe('between two moments', () => {
  it.each([
    ['the same', 1000, 1000, 0],
    ['later', 1000, 1001, 1],
    ['earlier, the clock went back', 1000, 999, 0],
  ])('%s', (_, since, until, span) => {
    expect(between(instant(since), instant(until))).toBe(span);
  });

  it('later and earlier undo each other', () => {
    const noon = instant(Date.UTC(2026, 10, 2, 4));
    expect(earlier(later(noon, hours(3)), minutes(180))).toBe(noon);
  });
});
