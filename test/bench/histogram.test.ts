import { describe, expect, it } from 'vitest';
import { createHistogram } from './histogram.ts';

const filled = (...delays: number[]) => {
  const histogram = createHistogram();
  for (const delay of delays) histogram.add(delay);
  return histogram;
};

describe('a histogram of delays', () => {
  it('of nothing has no percentiles', () => {
    expect(createHistogram().quantile(0.5)).toBeNaN();
    expect(createHistogram().percentiles()).toMatchObject({ count: 0, max: 0 });
  });

  it.each([0.001, 0.063, 0.064, 0.065, 1, 7.3, 128, 999.999, 59_000, 3_600_000])(
    'tells %d ms to 1.6 %%, and never less',
    (delay) => {
      const told = filled(delay, 4_000_000).quantile(0.5);
      expect(told).toBeGreaterThanOrEqual(delay - 0.0005);
      expect(told).toBeLessThanOrEqual(delay * (1 + 1 / 64) + 0.001);
    },
  );

  it('of 1 to 1000 ms has its percentiles where they belong', () => {
    const { count, mean, p50, p99, p999, max } = filled(
      ...Array.from({ length: 1000 }, (_, index) => index + 1),
    ).percentiles();
    expect({ count, mean, max }).toEqual({ count: 1000, mean: 500.5, max: 1000 });
    expect(p50 / 500).toBeCloseTo(1, 1);
    expect(p99 / 990).toBeCloseTo(1, 1);
    expect(p999 / 999).toBeCloseTo(1, 1);
  });

  it('tells no percentile above the longest delay', () => {
    expect(filled(100.2).quantile(0.99)).toBe(100.2);
  });

  it('counts what came before it was due as no delay', () => {
    expect(filled(-3).percentiles()).toMatchObject({ count: 1, p50: 0, max: 0 });
  });

  it('keeps what is longer than an hour in its last bucket', () => {
    expect(filled(10_000_000).percentiles()).toMatchObject({ count: 1, max: 10_000_000 });
  });
});
