import { describe, expect, it } from 'vitest';
import { createBackOff } from '../../gateway/sources/back-off.ts';

const waits = (chance: number, count: number): number[] => {
  const backOff = createBackOff(() => chance);
  return Array.from({ length: count }, () => backOff.next());
};

describe('the wait before the next attempt', () => {
  it('doubles from one second to half a minute and stays there', () => {
    expect(waits(0.5, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('is spread by a fifth to either side', () => {
    expect(waits(0, 6)).toEqual([800, 1600, 3200, 6400, 12_800, 24_000]);
    expect(waits(1, 6)).toEqual([1200, 2400, 4800, 9600, 19_200, 36_000]);
  });

  it('is short again after a success', () => {
    const backOff = createBackOff(() => 0.5);
    backOff.next();
    backOff.next();
    backOff.reset();
    expect(backOff.next()).toBe(1000);
  });
});
