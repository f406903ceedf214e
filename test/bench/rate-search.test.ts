import { describe, expect, it } from 'vitest';
import { highestRate } from './rate-search.ts';

async function searched(limit: number, from: number) {
  const tried: number[] = [];
  const rate = await highestRate(
    async (rate) => {
      tried.push(rate);
      return rate <= limit;
    },
    { from, factor: 1.5, exactTo: 1.1 },
  );
  return { rate, tried };
}

describe('the search for the highest rate', () => {
  it.each([
    [10_000, 4_000],
    [10_000, 40_000],
    [10_000, 10_000],
    [333, 4_000],
    [123_456, 4_000],
  ])('finds %d to a tenth from %d on', async (limit, from) => {
    const { rate } = await searched(limit, from);
    expect(rate).toBeLessThanOrEqual(limit);
    expect(rate * 1.1).toBeGreaterThan(limit * 0.99);
  });

  it('tries no rate twice, and few', async () => {
    const { tried } = await searched(10_000, 4_000);
    expect(new Set(tried).size).toBe(tried.length);
    expect(tried.length).toBeLessThan(8);
  });

  it('says 0 of what sustains nothing', async () => {
    expect((await searched(0, 4_000)).rate).toBe(0);
  });
});
