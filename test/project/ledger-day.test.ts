import { array, assert, nat, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withMinutes } from '../../gateway/project/ledger-day.ts';

describe('the minutes that were heard', () => {
  it.each([
    [[], 5, 6, [5, 6]],
    [[5, 6], 6, 7, [5, 7]],
    [[5, 6], 3, 4, [3, 4, 5, 6]],
    [[5, 6], 8, 9, [5, 6, 8, 9]],
    [[1, 2, 5, 6], 2, 5, [1, 6]],
    [[1, 2, 5, 6], 0, 9, [0, 9]],
    [[1, 9], 3, 3, [1, 9]],
  ])('%j with %i to %i are %j', (ranges, from, to, expected) => {
    expect(withMinutes(ranges, { from, to })).toEqual(expected);
  });

  it('are the same array where nothing is new', () => {
    const ranges = [0, 10, 20, 30];
    expect(withMinutes(ranges, { from: 20, to: 25 })).toBe(ranges);
  });

  it('are those of a plain list of minutes, in whatever order they come', () => {
    const spans = array(tuple(nat(60), nat(9)), { maxLength: 30 });
    assert(
      property(spans, (told) => {
        const plain = new Set<number>();
        let ranges: readonly number[] = [];
        for (const [from, length] of told) {
          ranges = withMinutes(ranges, { from, to: from + length });
          for (let minute = from; minute < from + length; minute += 1) plain.add(minute);
        }
        const kept: number[] = [];
        for (let i = 0; i < ranges.length; i += 2) {
          for (let minute = ranges[i]!; minute < ranges[i + 1]!; minute += 1) kept.push(minute);
        }
        expect(kept).toEqual([...plain].sort((a, b) => a - b));
        expect(ranges).toEqual([...ranges].sort((a, b) => a - b));
        expect(new Set(ranges).size).toBe(ranges.length);
      }),
    );
  });
});
