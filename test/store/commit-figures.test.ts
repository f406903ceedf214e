import { describe, expect, it } from 'vitest';
import { commitFigures, figureBook } from '../../gateway/store/commit-figures.ts';

const MINUTE = 60_000;

function book(borders: readonly number[]) {
  let now = 0;
  const figures = figureBook(borders, () => now);
  return { ...figures, pass: (span: number) => void (now += span) };
}

describe('figures in steps', () => {
  it('count each value in the first step that holds it, its border included', () => {
    const { add, read } = book([10, 20]);
    for (const value of [0, 10, 11, 20, 21, 1000]) add(value);
    expect(read()).toMatchObject({
      count: 6,
      sum: 1062,
      steps: [
        [10, 2],
        [20, 4],
      ],
    });
  });

  it('are nothing at first', () => {
    expect(book([10]).read()).toEqual({ p50: 0, p99: 0, count: 0, sum: 0, steps: [[10, 0]] });
  });

  it.each([
    ['all in one step', [15, 15, 15, 15], 15, 19.9],
    ['half and half', [5, 5, 15, 15], 10, 19.8],
    ['one of a hundred large', [...Array.from({ length: 98 }, () => 5), 35, 35], 5.102, 35],
    ['beyond the last step', [1000, 1000], 40, 40],
  ])('have quantiles as Prometheus reckons them: %s', (_, values, p50, p99) => {
    const { add, read } = book([10, 20, 30, 40]);
    for (const value of values) add(value);
    const found = read();
    expect(found.p50).toBeCloseTo(p50, 3);
    expect(found.p99).toBeCloseTo(p99, 3);
  });

  it('forget for their quantiles, never for their counts', () => {
    const { add, read, pass } = book([10, 20, 30]);
    add(25);
    pass(MINUTE);
    add(5);
    expect(read().p99).toBeGreaterThan(20);
    pass(MINUTE);
    expect(read().p99).toBeLessThan(10);
    pass(3 * MINUTE);
    expect(read()).toMatchObject({
      p50: 0,
      p99: 0,
      count: 2,
      steps: [
        [10, 1],
        [20, 1],
        [30, 2],
      ],
    });
  });

  it('of batches leave commits out that made nothing durable', () => {
    const figures = commitFigures(() => 0);
    figures.committed(3, 0);
    figures.committed(3, 7);
    expect(figures.read()).toMatchObject({ commitMs: { count: 2 }, batch: { count: 1, sum: 7 } });
  });
});
