import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { isJump } from '../../gateway/validate/jump.ts';
import type { Trace } from '../../gateway/validate/trace.ts';
import { noonPlus } from './yard.ts';

const point = (value: number, seconds: number) => ({ value, observedAt: noonPlus(seconds) });
const trace = (value: number): Trace => ({ believed: point(value, 0) });

describe('what cannot follow', () => {
  it.each<[Quantity, number, number, number, boolean]>([
    // quantity, from, to, after seconds, a jump?
    ['temperature', 20, 50, 60, false],
    ['temperature', 20, 50.1, 60, true],
    ['temperature', 20, -10, 60, false],
    ['temperature', 20, -10.1, 60, true],
    ['temperature', 20, 22, 0, false],
    ['temperature', 20, 22.1, 0, true],
    ['temperature', 20, 22.1, -3600, true],
    ['temperature', 20, 85, 5, true],
    ['temperature', 20, 85, 3600, false],
    ['batteryLevel', 0.25, 0.75, 1, false],
    ['batteryLevel', 0.2, 1, 1, true],
    ['batteryLevel', 1, 0.8, 1, false],
    ['batteryLevel', 1, 0.7, 60, true],
    ['batteryLevel', 1, 0.4, 86_400, false],
    ['volume', 104_522, 104_522, 60, false],
    ['volume', 104_522, 104_521.9, 60, true],
    ['volume', 104_522, 0, 86_400, true],
    ['volume', 104_522, 104_622, 0, false],
    ['volume', 104_522, 104_623, 0, true],
    ['volume', 0, 1_000_000, 3600, false],
    ['volume', 0, 1_000_001, 3600, true],
    ['energy', 10, 9.999, 60, true],
    ['energy', 10, 10, 60, false],
    ['energy', 10, 10_000, 0, false],
    ['distance', 900, 100, 1, false],
    ['gross', 0, 60, 1, false],
    ['power', 0, 30, 0, false],
    ['on', 0, 1, 0, false],
  ])('%s from %d to %d after %d s: jump %s', (quantity, from, to, after, jump) => {
    expect(isJump(quantity, trace(from), point(to, after))).toBe(jump);
  });

  it('nothing that stands still is a jump', () => {
    const quantities = Object.keys(QUANTITIES) as Quantity[];
    expect(quantities.filter((each) => isJump(each, trace(1), point(1, 0)))).toEqual([]);
  });
});

describe('the reading after a jump', () => {
  it('bears out nothing where it is of the same moment: it may be the same message', () => {
    const suspect = point(3, 60);
    const before = { believed: point(104_522, 0), suspect };
    expect(isJump('volume', before, suspect)).toBe(true);
    expect(isJump('volume', before, point(3, 60.001))).toBe(false);
  });

  const suspected = (believed: number, suspect: number): Trace => ({
    believed: point(believed, 0),
    suspect: point(suspect, 60),
  });

  it.each<[string, Quantity, Trace, number, boolean]>([
    ['a new meter counts on', 'volume', suspected(104_522, 3), 4, false],
    ['a new meter stands still', 'volume', suspected(104_522, 3), 3, false],
    ['a counter falls twice', 'volume', suspected(104_522, 3), 1, true],
    ['a counter is back where it was', 'volume', suspected(104_522, 3), 104_530, false],
    ['a bin burns on', 'temperature', suspected(20, 90), 160, false],
    ['a bin burns evenly', 'temperature', suspected(20, 90), 95, false],
    ['a spike is over', 'temperature', suspected(20, 85), 21, false],
    ['a loose wire swings', 'temperature', suspected(20, 190), -50, true],
    ['a fresh battery stays', 'batteryLevel', suspected(0.1, 1), 1, false],
  ])('%s', (_, quantity, before, value, jump) => {
    expect(isJump(quantity, before, point(value, 120))).toBe(jump);
  });
});
