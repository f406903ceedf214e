import { describe, expect, it } from 'vitest';
import { lagAfter, tellsHistory, type Lag } from '../../gateway/domain/lag.ts';
import { earlier, later, minutes, type Instant } from '../../gateway/domain/time.ts';
import { clock } from '../fakes/small-site.ts';

/** [when it was heard, how many minutes old it was by then], and whether each was history. */
function told(rows: readonly (readonly [Instant, number])[]): boolean[] {
  let device: Lag = {};
  return rows.map(([receivedAt, old]) => {
    device = lagAfter(device, { receivedAt, observedAt: earlier(receivedAt, minutes(old)) });
    return tellsHistory(device);
  });
}

const noonPlus = (n: number): Instant => later(clock('12:00'), minutes(n));

describe('what a device tells', () => {
  it('is news from a device without a clock, and from one whose clock is right', () => {
    expect(told([0, 1, 2].map((n) => [noonPlus(n), 0] as const))).toEqual([false, false, false]);
  });

  it('is news from a clock that is an hour slow, for it is an hour slow every time', () => {
    expect(told([0, 1, 2].map((n) => [noonPlus(n), 60] as const))).toEqual([false, false, false]);
  });

  it.each([
    [14.99, false],
    [15, false],
    [15.01, true],
  ])('later than usual by %d min: history is %s', (old, history) => {
    expect(
      told([
        [noonPlus(0), 0],
        [noonPlus(20), old],
      ]),
    ).toEqual([false, history]);
  });

  it('is history while a cut-off device sends what it kept, and news once it has caught up', () => {
    const kept = [120, 90, 60, 30, 16, 15, 0];
    expect(told([[noonPlus(0), 0], ...kept.map((old) => [noonPlus(125), old] as const)])).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('is news again a quarter of an hour after its clock was set wrong, not lost for ever', () => {
    const rows = [0, 1, 5, 15.99, 16, 17].map((n) => [noonPlus(n), n === 0 ? 0 : 60] as const);
    expect(told(rows)).toEqual([false, true, true, true, false, false]);
  });

  it('is news from a clock that drifts away over the months', () => {
    const drifting = Array.from({ length: 100 }, (_, n) => [noonPlus(n * 1440), n] as const);
    expect(told(drifting)).not.toContain(true);
  });

  it('is news from a clock that runs ahead, and when it is put right', () => {
    expect(
      told([
        [noonPlus(0), -4],
        [noonPlus(1), -4],
        [noonPlus(2), 0],
      ]),
    ).toEqual([false, false, false]);
  });
});
