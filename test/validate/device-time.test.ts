import { describe, expect, it } from 'vitest';
import { instant } from '../../gateway/domain/time.ts';
import { absurdInWords, pointTime, undatedTime } from '../../gateway/validate/device-time.ts';
import { NOON } from './yard.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const at = (text: string): number => Date.parse(text);

describe('the moment of a reading', () => {
  it('is the moment of receipt where the device says none', () => {
    expect(pointTime(undefined, NOON)).toEqual({ observedAt: NOON, by: 'receipt' });
  });

  it.each([
    ['the moment of receipt itself', NOON],
    ['six hours old', NOON - 6 * 3_600_000],
    ['five minutes ahead', NOON + 5 * MINUTE],
    ['366 days old', NOON - 366 * DAY],
  ])('is the device’s own: %s', (_, said) => {
    expect(pointTime(instant(said), NOON)).toEqual({ observedAt: said, by: 'device' });
  });

  it.each([
    ['a millisecond past five minutes ahead', NOON + 5 * MINUTE + 1],
    ['a millisecond past 366 days', NOON - 366 * DAY - 1],
    ['1970', 7000],
    ['2090', at('2090-01-01T00:00:00Z')],
    ['seconds read as milliseconds', NOON / 1000],
    ['before 1970', -1],
    ['no number', Number.NaN],
    ['without end', Infinity],
  ])('is the moment of receipt where the device’s is absurd: %s', (_, said) => {
    expect(pointTime(instant(said), NOON)).toEqual({
      observedAt: NOON,
      by: 'receipt',
      absurd: said,
    });
  });

  it('2020 is the first year in which a device can have spoken', () => {
    const received = instant(at('2020-06-01T00:00:00Z'));
    const [first, before] = [at('2020-01-01T00:00:00Z'), at('2019-12-31T23:59:59.999Z')];
    expect(pointTime(instant(first), received).by).toBe('device');
    expect(pointTime(instant(before), received).by).toBe('receipt');
  });

  it('a gateway that woke in 1970 dates by its own receipt', () => {
    expect(pointTime(NOON, instant(5000))).toEqual({
      observedAt: 5000,
      by: 'receipt',
      absurd: NOON,
    });
  });
});

describe('the moment of a reading while our own clock is known to be wrong', () => {
  const woke = instant(5000);

  it('is the device’s own where it can be true at all: ours cannot gainsay it', () => {
    expect(undatedTime(NOON, woke)).toEqual({ observedAt: NOON, by: 'device' });
  });

  it.each([
    ['1970', 7000],
    ['2090', at('2090-01-01T00:00:00Z')],
    ['no number', Number.NaN],
  ])('is the moment of receipt where the device’s cannot be: %s', (_, said) => {
    expect(undatedTime(instant(said), woke)).toEqual({
      observedAt: woke,
      by: 'receipt',
      absurd: said,
    });
  });

  it('is the moment of receipt where the device says none', () => {
    expect(undatedTime(undefined, woke)).toEqual({ observedAt: woke, by: 'receipt' });
  });
});

describe('what is said of a moment that nobody can believe', () => {
  it.each([
    ['1970', 7000, 'its clock says 1970-01-01T00:00:07.000Z'],
    ['2090', at('2090-01-01T00:00:00Z'), 'its clock says 2090-01-01T00:00:00.000Z'],
    ['no calendar’s', Number.NaN, 'its clock says NaN ms since 1970'],
  ])('names it: %s', (_, said, words) => {
    expect(absurdInWords(instant(said), NOON)).toBe(words);
  });

  it('asks whether seconds were meant', () => {
    expect(absurdInWords(instant(NOON / 1000), NOON)).toMatch(/epoch seconds/);
  });
});
