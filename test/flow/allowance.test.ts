import { describe, expect, it } from 'vitest';
import { instant, minutes, seconds } from '../../gateway/domain/time.ts';
import { createAllowance } from '../../gateway/flow/outbox/allowance.ts';

const at = (second: number) => instant(second * 1000);

describe('an allowance of three a minute and two a second', () => {
  it('is never more than that in any minute or second, wherever they begin', () => {
    const allowance = createAllowance([
      { most: 3, within: minutes(1) },
      { most: 2, within: seconds(1) },
    ]);
    const moments: [second: number, left: number, nextAt: number][] = [
      [10, 2, 0],
      [10.5, 1, 0],
      [10.9, 0, 11],
      [11, 1, 0],
      [11.2, 0, 70],
      [69.9, 0, 70],
      [70, 1, 0],
      [70.1, 0, 70.5],
    ];
    for (const [second, left, nextAt] of moments) {
      expect([second, allowance.left(at(second)), allowance.nextAt(at(second)) / 1000]).toEqual([
        second,
        left,
        nextAt,
      ]);
      if (left === 0) continue;
      allowance.begin();
      allowance.end(at(second));
    }
  });

  it('counts what is under way, and what has ended from its end', () => {
    const allowance = createAllowance([{ most: 1, within: minutes(1) }]);
    allowance.begin();
    expect([allowance.left(at(500)), allowance.nextAt(at(500))]).toEqual([0, Infinity]);
    allowance.end(at(500));
    expect([allowance.left(at(559)), allowance.nextAt(at(559))]).toEqual([0, at(560)]);
    expect(allowance.left(at(560))).toBe(1);
  });

  it('is whole again where the clock was put back by an hour', () => {
    const allowance = createAllowance([{ most: 1, within: minutes(1) }]);
    allowance.begin();
    allowance.end(at(7200));
    expect(allowance.left(at(7201))).toBe(0);
    expect(allowance.left(at(3600))).toBe(1);
  });
});

it('without limits any number may be begun', () => {
  const allowance = createAllowance();
  allowance.begin();
  expect([allowance.left(at(0)), allowance.nextAt(at(0))]).toEqual([Infinity, 0]);
});
