// What must be so in the truth, whatever day it lives.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PATIENCE } from '../../firmware-sim/crew.ts';
import { advance } from '../../firmware-sim/life.ts';
import { DAY, HOUR, hourOfDay, MINUTE } from '../../firmware-sim/moment.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { waterLitresPerHour } from '../../firmware-sim/rhythm.ts';
import { DEMO_SITE } from '../../firmware-sim/site.ts';
import { isDark } from '../../firmware-sim/sun.ts';
import type { World, WorldSettings } from '../../firmware-sim/world.ts';
import {
  binOf,
  emptyBin,
  fillBin,
  isLit,
  lampOf,
  levelOf,
  newWorld,
} from '../../firmware-sim/world.ts';

const MIDNIGHT = Date.parse('2026-11-20T00:00:00+08:00');

const worldAt = (at: number, settings: Partial<WorldSettings> = {}, seed = 1): World =>
  newWorld(DEMO_SITE, { at, ...settings }, randomFrom(seed));

/** A world every `step` from the first one on, for `span`. */
function* days(first: World, span: number, step: number): Generator<World> {
  const random = randomFrom(7);
  for (let world = first; world.now < first.now + span;) {
    world = advance(world, world.now + step, random);
    yield world;
  }
}

describe('rubbish', () => {
  it('is never lost and never made: brought = in the bins + collected + beside them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 200 }), (seed, pace) => {
        const random = randomFrom(seed);
        let world = newWorld(DEMO_SITE, { at: MIDNIGHT, pace }, random);
        world = advance(world, MIDNIGHT + 9 * HOUR, random);
        const inBins = Object.values(world.bins).reduce((sum, bin) => sum + bin.netKg, 0);
        expect(inBins + world.collectedKg + world.besideKg).toBeCloseTo(world.broughtKg, 6);
      }),
      { numRuns: 20 },
    );
  });

  it('only rises in a bin between two collections', () => {
    let before = worldAt(MIDNIGHT, { pace: 5 });
    for (const world of days(before, DAY, MINUTE)) {
      const emptied = world.collections.filter(({ at }) => at > before.now).map(({ bin }) => bin);
      for (const { id } of DEMO_SITE.bins.filter(({ id }) => !emptied.includes(id))) {
        expect(levelOf(binOf(world, id))).toBeGreaterThanOrEqual(levelOf(binOf(before, id)));
      }
      before = world;
    }
    expect(before.collections.length).toBeGreaterThan(5);
  });

  it('lies beside a heaped bin, and not in it', () => {
    const heaped = DEMO_SITE.bins.reduce(
      (world, { id }) => fillBin(world, id, 2),
      worldAt(MIDNIGHT + 7 * HOUR, { crew: 'off' }),
    );
    const later = advance(heaped, heaped.now + HOUR, randomFrom(3));
    expect(later.besideKg).toBeGreaterThan(10);
    for (const bin of Object.values(later.bins)) expect(levelOf(bin)).toBeLessThanOrEqual(1.1001);
  });

  it('comes mostly in the windows, a little by day, hardly at night', () => {
    const byHour = Array.from({ length: 24 }, () => 0);
    let before = worldAt(MIDNIGHT);
    for (const world of days(before, 5 * DAY, HOUR)) {
      const hour = hourOfDay(world.now - HOUR / 2, 8);
      byHour[Math.floor(hour)] = (byHour[Math.floor(hour)] ?? 0) + world.visits - before.visits;
      before = world;
    }
    const visitsIn = (hours: number[]) => hours.reduce((sum, hour) => sum + (byHour[hour] ?? 0), 0);
    expect(visitsIn([7, 8, 18, 19]) / visitsIn([...byHour.keys()])).toBeGreaterThan(0.8);
    expect(visitsIn([10, 11, 14])).toBeGreaterThan(0);
    expect(visitsIn([1, 2, 3, 4])).toBeLessThan(20);
  });

  it('comes at three in the morning too where a demonstration wants it', () => {
    const night = worldAt(MIDNIGHT + 3 * HOUR, { pace: 30 });
    const visits = advance(night, night.now + HOUR, randomFrom(1)).visits;
    expect(visits).toBeGreaterThan(120);
    expect(visits).toBeLessThan(230);
  });
});

describe('the crew', () => {
  it('comes to a bin that has stood full for its patience, and not before', () => {
    const full = fillBin(worldAt(MIDNIGHT + 3 * HOUR), 'k1-wet', 0.95);
    const random = randomFrom(1);
    const almost = advance(full, full.now + PATIENCE - 1, random);
    expect(levelOf(binOf(almost, 'k1-wet'))).toBeGreaterThan(0.9);
    expect(levelOf(binOf(advance(almost, full.now + PATIENCE, random), 'k1-wet'))).toBe(0);
  });

  it('stays away when it is off', () => {
    const full = fillBin(worldAt(MIDNIGHT + 3 * HOUR, { crew: 'off' }), 'k1-wet', 0.95);
    const later = advance(full, full.now + DAY, randomFrom(1));
    expect(later.collections).toEqual([]);
  });

  it('empties what is worth it half an hour after a window', () => {
    const morning = fillBin(worldAt(MIDNIGHT + 9 * HOUR), 'k1-rec', 0.5);
    const random = randomFrom(1);
    const before = advance(morning, MIDNIGHT + 9.5 * HOUR - 1, random);
    expect(before.collections).toEqual([]);
    const after = advance(before, MIDNIGHT + 9.5 * HOUR + MINUTE, random);
    expect(after.collections.map(({ bin }) => bin)).toContain('k1-rec');
  });

  it('takes what stood in the bin, all of it', () => {
    const full = fillBin(worldAt(MIDNIGHT), 'k1-wet', 1);
    const emptied = emptyBin(full, 'k1-wet');
    expect(emptied.collectedKg).toBeCloseTo(120, 6);
    expect(binOf(emptied, 'k1-wet')).toMatchObject({ litres: 0, netKg: 0, fullSince: null });
  });
});

describe('lamps', () => {
  // Sunrise and sunset in Shanghai as almanacs print them, to the minute.
  it.each([
    ['2026-03-20', '06:00', '18:06'],
    ['2026-06-21', '04:50', '19:02'],
    ['2026-12-22', '06:49', '16:56'],
  ])('on %s are dark from sunrise at %s to sunset at %s, and lit else', (day, rise, set) => {
    const litAt = (time: string, minutes: number) => {
      const world = worldAt(Date.parse(`${day}T${time}:00+08:00`) + minutes * MINUTE);
      return isLit(world, lampOf(world, 'lamp-01'));
    };
    expect([litAt(rise, -4), litAt(rise, 4)]).toEqual([true, false]);
    expect([litAt(set, -4), litAt(set, 4)]).toEqual([false, true]);
    expect([litAt('00:00', 0), litAt('12:00', 0), litAt('23:59', 0)]).toEqual([true, false, true]);
  });

  it('that are always lit care for no sun', () => {
    const noon = worldAt(MIDNIGHT + 12 * HOUR);
    expect(isLit(noon, lampOf(noon, 'lamp-21'))).toBe(true);
  });

  it('know the polar night and the midnight sun', () => {
    const svalbard = { latitude: 78.2, longitude: 15.6 };
    expect(isDark(Date.parse('2026-12-22T11:00:00Z'), svalbard)).toBe(true);
    expect(isDark(Date.parse('2026-06-21T23:00:00Z'), svalbard)).toBe(false);
  });
});

describe('the water main', () => {
  it('never runs backwards, and runs least between two and four', () => {
    let before = worldAt(MIDNIGHT);
    for (const world of days(before, DAY, 10 * MINUTE)) {
      expect(world.metersL['meter-1']).toBeGreaterThanOrEqual(before.metersL['meter-1'] ?? 0);
      before = world;
    }
    const rates = Array.from({ length: 24 }, (_, hour) =>
      waterLitresPerHour(MIDNIGHT + hour * HOUR, DEMO_SITE.place),
    );
    expect(rates.indexOf(Math.min(...rates))).toBeOneOf([2, 3]);
  });

  it('has not gone back when the simulator starts again', () => {
    const dial = (at: number) => worldAt(at).metersL['meter-1'] ?? 0;
    for (let at = MIDNIGHT; at < MIDNIGHT + 2 * DAY; at += 17 * MINUTE) {
      expect(dial(at + MINUTE)).toBeGreaterThan(dial(at));
    }
  });
});

describe('time', () => {
  it('does not pass backwards', () => {
    const world = worldAt(MIDNIGHT);
    expect(advance(world, MIDNIGHT - HOUR, randomFrom(1))).toBe(world);
  });

  it('brings the same day again with the same seed, and another with another', () => {
    const live = (seed: number) =>
      advance(worldAt(MIDNIGHT, {}, seed), MIDNIGHT + DAY, randomFrom(seed));
    expect(live(5)).toEqual(live(5));
    expect(live(5).broughtKg).not.toBe(live(6).broughtKg);
  });
});
