import { describe, expect, it } from 'vitest';
import { freshnessOf } from '../../dashboards/shared/freshness.ts';

describe('a value, by its age in expected intervals', () => {
  it.each([
    [0, 'fresh'],
    [59, 'fresh'],
    [60, 'fresh'],
    [120, 'fresh'],
    [120.1, 'late'],
    [300, 'late'],
    [300.1, 'stale'],
    [-30, 'fresh'],
  ])('%d s old, where 60 s are expected, is %s', (age, freshness) => {
    expect(freshnessOf(age, 60)).toBe(freshness);
  });

  it.each([undefined, Number.NaN])('that was never heard (%s) is unknown', (age) => {
    expect(freshnessOf(age, 60)).toBe('unknown');
  });

  it('of a device whose interval nobody knows is not called fresh', () => {
    expect(freshnessOf(1, 0)).toBe('late');
    expect(freshnessOf(1, Number.NaN)).toBe('late');
  });
});
