import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPassed } from '../../gateway/flow/passed.ts';

describe('what has been passed on', () => {
  it('has no gap at first, and none while the live edge walks', () => {
    const passed = createPassed(7);
    passed.passLive(9);
    expect([passed.done(), passed.live(), passed.gap(), passed.missing(12)]).toEqual([
      9,
      9,
      undefined,
      3,
    ]);
  });

  it('has a gap where the edge leapt, until that is filled', () => {
    const passed = createPassed(0);
    passed.leap(100);
    passed.passLive(120);
    expect([passed.done(), passed.gap(), passed.missing(120)]).toEqual([
      0,
      { from: 0, to: 100 },
      100,
    ]);
    passed.passGap(60);
    expect([passed.done(), passed.gap()]).toEqual([60, { from: 60, to: 100 }]);
    passed.passGap(100);
    expect([passed.done(), passed.live(), passed.gap()]).toEqual([120, 120, undefined]);
  });

  it('keeps what lies between two leaps', () => {
    const passed = createPassed(0);
    passed.leap(100);
    passed.passLive(120);
    passed.leap(200);
    passed.passGap(100);
    expect([passed.done(), passed.gap(), passed.live()]).toEqual([
      120,
      { from: 120, to: 200 },
      200,
    ]);
  });

  it('never counts as passed what was not, through any leaps of any length', () => {
    const move = fc.record({
      what: fc.constantFrom('grow', 'grow', 'live', 'gap', 'gap', 'leap'),
      by: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 400 }), (moves) => {
        const passed = createPassed(0);
        const delivered = new Set<number>();
        const deliver = (from: number, to: number): void => {
          for (let sequence = from + 1; sequence <= to; sequence += 1) delivered.add(sequence);
        };
        let head = 0;
        for (const { what, by } of moves) {
          const gap = passed.gap();
          if (what === 'grow') head += by;
          else if (what === 'leap') passed.leap(head);
          else if (what === 'live') {
            const to = Math.min(head, passed.live() + by);
            deliver(passed.live(), to);
            passed.passLive(to);
          } else if (gap) {
            const to = Math.min(gap.to, gap.from + by);
            deliver(gap.from, to);
            passed.passGap(to);
          }
          for (let sequence = 1; sequence <= passed.done(); sequence += 1) {
            if (!delivered.has(sequence)) return false;
          }
          expect(passed.live()).toBeGreaterThanOrEqual(passed.done());
          expect(passed.missing(head)).toBeGreaterThanOrEqual(head - delivered.size);
        }
        return true;
      }),
      { numRuns: 300 },
    );
  });
});
