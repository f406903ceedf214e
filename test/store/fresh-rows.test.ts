// What the roller need not read back is exactly what it would have read.
import { describe, expect, it } from 'vitest';
import { freshRows, type FreshRows } from '../../gateway/store/fresh-rows.ts';

const READING = 0;
const DERIVED = 1;
const REJECTION = 3;

function add(fresh: FreshRows, from: number, to: number): void {
  for (let sequence = from; sequence <= to; sequence += 1) {
    fresh.add(sequence, { kind: READING, series: 1, observed: sequence * 10, delay: 1, value: 5 });
  }
}

const spans = (fresh: FreshRows, position: number, block = 10): [number, number][] =>
  fresh.take(position, block).map(({ first, last }) => [first, last]);

describe('rows that were just written', () => {
  it('are taken as whole blocks, and what is less than one stays', () => {
    const fresh = freshRows();
    add(fresh, 1, 25);
    expect(spans(fresh, 0)).toEqual([
      [1, 10],
      [11, 20],
    ]);
    expect(spans(fresh, 20)).toEqual([]);
    add(fresh, 26, 30);
    expect(spans(fresh, 20)).toEqual([[21, 30]]);
  });

  it('are measurements in columns, with the earliest receipt of all that was written', () => {
    const fresh = freshRows();
    fresh.add(7, { kind: READING, series: 3, observed: 100, delay: 5, value: 1.5 });
    fresh.add(8, { kind: REJECTION, series: 0, observed: 50, delay: 0, value: Number.NaN });
    fresh.add(9, { kind: DERIVED, series: 4, observed: 100, delay: 5, value: 0.5 });
    expect(fresh.take(6, 3)).toEqual([
      {
        first: 7,
        last: 9,
        measured: { series: [3, 4], observed: [100, 100], value: [1.5, 0.5] },
        received: 50,
      },
    ]);
  });

  it('are of no help where some before them are missing', () => {
    const fresh = freshRows();
    add(fresh, 11, 30);
    expect(spans(fresh, 5)).toEqual([]);
    expect(spans(fresh, 10)).toHaveLength(2);
  });

  it('are forgotten after a hole, and begin anew', () => {
    const fresh = freshRows();
    add(fresh, 1, 15);
    add(fresh, 20, 40);
    expect(spans(fresh, 0)).toEqual([]);
    expect(spans(fresh, 19)).toEqual([
      [20, 29],
      [30, 39],
    ]);
  });

  it('are given up where nobody takes them, so that memory stays bounded', () => {
    const fresh = freshRows();
    add(fresh, 1, 300_000);
    expect(fresh.take(0, 4096)).toEqual([]);
    const held = fresh.take(2 * 131_072, 4096).length * 4096;
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(131_072);
  });
});
