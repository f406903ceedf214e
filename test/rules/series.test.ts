// Rules that ask where a number came from, as plain arithmetic: just below, exactly, just above,
// nothing known, the clock set back.
import { describe, expect, it } from 'vitest';
import type { NoiseRule, RateRule } from '../../gateway/domain/rule.ts';
import { later, seconds, type Instant } from '../../gateway/domain/time.ts';
import type { Trace } from '../../gateway/domain/trace.ts';
import { judgeNoise, noiseTraced } from '../../gateway/rules/noise.ts';
import { judgeOutside } from '../../gateway/rules/outside.ts';
import { judgeRate, rateTraced } from '../../gateway/rules/rate.ts';
import { HOT, MAINS, TREMBLES } from '../fakes/series-rules.ts';
import { clock } from '../fakes/small-site.ts';

const noon = clock('12:00');
const minute = (count: number): Instant => later(noon, seconds(count * 60));

describe('a band of 200 to 250, clear within 205 to 245', () => {
  it.each([
    [199.9, 'violated'],
    [200, 'dead-band'],
    [204.9, 'dead-band'],
    [205, 'clear'],
    [230, 'clear'],
    [245, 'clear'],
    [245.1, 'dead-band'],
    [250, 'dead-band'],
    [250.1, 'violated'],
  ])('%d is %s', (value, kind) => {
    expect(judgeOutside(MAINS, value, noon).kind).toBe(kind);
  });
});

/** One more value, so many minutes after noon. */
const traced = (rule: RateRule | NoiseRule, before: Trace | undefined, [at, value]: Point): Trace =>
  rule.kind === 'rate'
    ? rateTraced(before, { value, at: minute(at) }, rule)
    : noiseTraced(before, { value, at: minute(at) }, rule);

type Point = readonly [minutes: number, value: number];

/** Heard one after the other. */
const heard = (rule: RateRule | NoiseRule, points: readonly Point[]): Trace | undefined =>
  points.reduce<Trace | undefined>((trace, point) => traced(rule, trace, point), undefined);

describe('a rise of more than 10 within ten minutes', () => {
  const up: RateRule = HOT;
  const down: RateRule = { ...HOT, side: 'falls' };
  it.each<[string, RateRule, readonly (readonly [number, number])[], string]>([
    ['nothing was ever heard', up, [], 'unknown'],
    ['one reading comes from nowhere', up, [[0, 90]], 'unknown'],
    [
      'exactly ten is not more',
      up,
      [
        [0, 20],
        [10, 30],
      ],
      'clear',
    ],
    [
      'ten with decimals is not more either',
      up,
      [
        [0, 20.3],
        [10, 30.3],
      ],
      'clear',
    ],
    [
      'a hair more',
      up,
      [
        [0, 20],
        [10, 30.001],
      ],
      'violated',
    ],
    [
      'from ten minutes ago to the millisecond',
      up,
      [
        [0, 20],
        [10, 31],
      ],
      'violated',
    ],
    [
      'what is older does not count',
      up,
      [
        [0, 20],
        [5, 25],
        [10.001, 31],
      ],
      'clear',
    ],
    [
      'so slow that it is no rise',
      up,
      [
        [0, 20],
        [9, 25],
        [18, 30],
        [27, 35],
      ],
      'clear',
    ],
    [
      'from the lowest in between, not from the first',
      up,
      [
        [0, 30],
        [4, 20],
        [8, 30.5],
      ],
      'violated',
    ],
    [
      'it rose and is on its way down',
      up,
      [
        [0, 20],
        [3, 40],
        [6, 25],
      ],
      'clear',
    ],
    [
      'it fell',
      up,
      [
        [0, 40],
        [5, 20],
      ],
      'clear',
    ],
    [
      'a fall, exactly',
      down,
      [
        [0, 30],
        [5, 20],
      ],
      'clear',
    ],
    [
      'a fall',
      down,
      [
        [0, 30],
        [5, 19.9],
      ],
      'violated',
    ],
    [
      'after a silence it comes from nowhere again',
      up,
      [
        [0, 20],
        [60, 90],
      ],
      'unknown',
    ],
    [
      'the clock went back: what lies ahead never was',
      up,
      [
        [30, 20],
        [0, 90],
      ],
      'unknown',
    ],
    [
      'twice in one instant',
      up,
      [
        [0, 20],
        [0, 90],
      ],
      'unknown',
    ],
  ])('%s', (_, rule, points, kind) => {
    expect(judgeRate(rule, heard(rule, points)).kind).toBe(kind);
  });

  it('says since when, and how far it got', () => {
    expect(
      judgeRate(
        up,
        heard(up, [
          [0, 20],
          [7, 45],
        ]),
      ),
    ).toEqual({
      kind: 'violated',
      since: minute(7),
      value: 45,
    });
  });

  it('remembers no more however often it is told', () => {
    const often = Array.from({ length: 5000 }, (_, n) => [n / 100, 20 + n / 1000] as const);
    const trace = heard(up, often);
    expect(trace?.starts?.length).toBeLessThanOrEqual(25);
    expect(JSON.stringify(trace).length).toBeLessThan(1500);
    const far = traced(up, trace, [50, 90]);
    expect(judgeRate(up, far).kind).toBe('violated');
  });

  it('never takes longer than it says for a rise, whatever the pace', () => {
    // 1 in a minute is 10 in ten: never more.
    const slow = Array.from({ length: 2000 }, (_, n) => [n * 0.037, 20 + n * 0.037] as const);
    let trace: Trace | undefined;
    for (const point of slow) {
      trace = traced(up, trace, point);
      expect(judgeRate(up, trace).kind).not.toBe('violated');
    }
  });
});

describe('a distance that trembles by more than 40 mm', () => {
  const swing = (by: number, count: number): (readonly [number, number])[] =>
    Array.from({ length: count }, (_, n) => [n * 0.5, 500 + (n % 2 === 0 ? 0 : by)] as const);
  // Each step is the swing: the deviation is the swing over 1.128.
  it.each<[string, readonly (readonly [number, number])[], string]>([
    ['nothing heard', [], 'unknown'],
    ['ten readings make nine steps: too few', swing(400, 10), 'unknown'],
    ['eleven are enough', swing(400, 11), 'violated'],
    ['just below', swing(45.1, 30), 'clear'],
    ['exactly', swing(40 * 1.128, 30), 'clear'],
    ['just above', swing(45.13, 30), 'violated'],
    ['still', swing(0, 30), 'clear'],
    [
      'a bin that fills from empty to full does not tremble',
      Array.from({ length: 30 }, (_, n) => [n, 1000 - n * 25] as const),
      'clear',
    ],
    [
      'one bad echo among many',
      [...swing(2, 29), [14.7, 900], ...swing(2, 29).map(([at, v]) => [at + 15, v] as const)],
      'clear',
    ],
  ])('%s', (_, points, kind) => {
    expect(judgeNoise(TREMBLES, heard(TREMBLES, points)).kind).toBe(kind);
  });

  it('and calms down is called calm once its tremble is out of the span', () => {
    const calm = Array.from({ length: 80 }, (_, n) => [15 + n * 0.5, 500] as const);
    expect(judgeNoise(TREMBLES, heard(TREMBLES, [...swing(200, 30), ...calm])).kind).toBe('clear');
  });
});
