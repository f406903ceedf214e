import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bin } from '../../gateway/domain/asset.ts';
import { fillFromDistance, hasGeometry, isPlausibleEcho } from '../../gateway/domain/bin.ts';
import type { Kilograms, Millimetres } from '../../gateway/domain/quantity.ts';
import { netWeight } from '../../gateway/domain/scale.ts';
import { BIN } from '../fakes/small-site.ts';

const mm = (value: number): Millimetres => value as Millimetres;

describe('fill from distance, floor at 1000 mm and full mark at 200 mm', () => {
  it.each([
    ['the floor', 1000, 0],
    ['past the floor', 1001, 0],
    ['far past the floor', 20_000, 0],
    ['a hand above the floor', 920, 0.1],
    ['half way', 600, 0.5],
    ['just below the full mark', 201, 0.99875],
    ['the full mark', 200, 1],
    ['heaped above the mark', 31, 1],
    ['nothing at all', 0, 1],
  ])('%s', (_, distance, fill) => {
    expect(fillFromDistance(BIN, mm(distance))).toBeCloseTo(fill, 9);
  });

  it('is a share for any echo, and never falls as the rubbish rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 20_000, noNaN: true }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (far, rise) => {
          const [lower, higher] = [
            fillFromDistance(BIN, mm(far)),
            fillFromDistance(BIN, mm(far - rise)),
          ];
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(higher).toBeLessThanOrEqual(1);
          expect(higher).toBeGreaterThanOrEqual(lower);
        },
      ),
    );
  });

  it('needs both ends of the geometry', () => {
    const { emptyMm: _empty, ...noFloor } = BIN;
    const { fullMm: _full, ...noMark } = BIN;
    expect([BIN, noFloor, noMark].map((bin: Bin) => hasGeometry(bin))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('an echo', () => {
  it.each([
    ['inside the blind zone', 29.9, false],
    ['at the end of the blind zone', 30, true],
    ['from the floor', 1000, true],
    ['at the end of the tolerance', 1100, true],
    ['past the tolerance', 1100.1, false],
    ['that is no number', Number.NaN, false],
  ])('%s', (_, distance, plausible) => {
    expect(isPlausibleEcho(BIN, mm(distance))).toBe(plausible);
  });

  it('from any depth is plausible where the floor is not known', () => {
    const { emptyMm: _empty, ...noFloor } = BIN;
    expect(isPlausibleEcho(noFloor, mm(20_000))).toBe(true);
    expect(isPlausibleEcho(noFloor, mm(29))).toBe(false);
  });
});

it.each([
  [31.25, 14.2, 17.05],
  [14.2, 14.2, 0],
  [14.1, 14.2, -0.1],
  [0.3, 0.1, 0.2],
  [20.0004, 0, 20],
  [20.0006, 0, 20.001],
])('%d kg gross less %d kg tare is %d kg net, to the gram', (gross, tare, net) => {
  expect(netWeight(gross as Kilograms, tare as Kilograms)).toBe(net);
});
