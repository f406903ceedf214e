import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { isBadEcho, outOfRange } from '../../gateway/validate/range.ts';
import { YARD } from './yard.ts';

describe('what a number can be', () => {
  const limits = Object.entries(QUANTITIES) as [Quantity, { least: number; most: number }][];

  it.each(limits)('%s is taken on both its limits and refused beyond', (quantity, limit) => {
    expect(outOfRange(quantity, limit.least)).toBeUndefined();
    expect(outOfRange(quantity, limit.most)).toBeUndefined();
    expect(outOfRange(quantity, limit.least - 1e-3 * Math.max(1, -limit.least))).toBeDefined();
    expect(outOfRange(quantity, limit.most + 1e-3 * limit.most)).toBeDefined();
  });

  it.each([Number.NaN, Infinity, -Infinity])('%d is nothing', (value) => {
    expect(limits.every(([quantity]) => outOfRange(quantity, value) !== undefined)).toBe(true);
  });

  it.each([1, 1.01, 2])(
    'a bin reported %d full is taken: overfull is for others to read',
    (fill) => {
      expect(outOfRange('fill', fill)).toBeUndefined();
    },
  );

  it.each(['on', 'lid', 'tilt'] as const)('%s is 0 or 1 and nothing between', (quantity) => {
    expect(outOfRange(quantity, 0.5)).toBe(`${quantity} 0.5 is neither 0 nor 1`);
  });

  it('the reason names value, unit and limits', () => {
    expect(outOfRange('temperature', -127)).toBe('temperature -127 °C is not within -60…200');
  });
});

describe('what an echo can be in a bin with its floor at 1000 mm', () => {
  const bin = YARD.assets.get('k1-wet')!;
  const lamp = YARD.assets.get('lamp-07')!;

  it.each([
    [0, true],
    [29, true],
    [29.999, true],
    [30, false],
    [412, false],
    [1000, false],
    [1100, false],
    [1100.001, true],
    [20_000, true],
  ])('%d mm is a bad one: %s', (distance, bad) => {
    expect(isBadEcho(bin, 'distance', distance)).toBe(bad);
  });

  it('a bin whose depth nobody measured has no far limit', () => {
    const { emptyMm: _, ...unmeasured } = bin as typeof bin & { emptyMm: number };
    expect(isBadEcho(unmeasured as typeof bin, 'distance', 20_000)).toBe(false);
    expect(isBadEcho(unmeasured as typeof bin, 'distance', 29)).toBe(true);
  });

  it('only a bin’s distance is an echo', () => {
    expect(isBadEcho(bin, 'temperature', 5)).toBe(false);
    expect(isBadEcho(lamp, 'distance', 5)).toBe(false);
  });
});
