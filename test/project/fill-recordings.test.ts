// Fill sensors as they are in the street: echoes that are none, sensors that hang, days without a word,
// heaps and seepage. Each is days of one bin, with what its crew truly did, through the whole fold:
// what is told must be that, no more and no less.
import { describe, expect, it } from 'vitest';
import { eventIn } from '../../gateway/domain/deposit.ts';
import { instant } from '../../gateway/domain/time.ts';
import { BIN, SMALL_SITE } from '../fakes/small-site.ts';
import { foldedSite, reading } from '../fakes/folded-site.ts';
import { seeded, type Random } from './random-numbers.ts';

const START = Date.parse('2026-11-02T00:00:00+08:00');
const MINUTES = 7 * 24 * 60;

interface Street {
  readonly everyMin: number;
  /** Of the bin at that minute, 0…1; nothing where nothing is told. */
  readonly told: (minute: number, random: Random) => number | undefined;
  /** Minutes at which it was truly emptied. */
  readonly emptied: readonly number[];
}

/** Fills by so much a day and is emptied at those minutes, down to `left`. */
function filling(perDay: number, emptied: readonly number[], left = 0.02) {
  return (minute: number): number => {
    const last = emptied.findLast((one) => one <= minute);
    return Math.min(1, left + (perDay * (minute - (last ?? 0))) / 1440);
  };
}

const EVERY_OTHER = [2000, 4900, 7800];
const other = filling(0.35, EVERY_OTHER);
const noisy = (fill: number, random: Random): number =>
  Math.min(1, Math.max(0, fill + 0.008 * random.normal()));

/** What a device that has no words for it says as a distance: 0, 5000, 9999; as fill, the two ends. */
const badEcho = (random: Random): number => (random.between(0, 1) < 0.5 ? 0 : 1);

const STREETS: Readonly<Record<string, Street>> = {
  'a quiet one': { everyMin: 10, told: (m, r) => noisy(other(m), r), emptied: EVERY_OTHER },
  'one echo in fifty is bad': {
    everyMin: 10,
    told: (m, r) => (r.between(0, 1) < 0.02 ? badEcho(r) : noisy(other(m), r)),
    emptied: EVERY_OTHER,
  },
  'a bad echo an hour, from a bin that speaks once an hour': {
    everyMin: 60,
    told: (m, r) => (r.between(0, 1) < 0.04 ? badEcho(r) : noisy(other(m), r)),
    emptied: EVERY_OTHER,
  },
  'bad echoes for a quarter of an hour': {
    everyMin: 5,
    told: (m, r) =>
      m % 700 > 340 && m % 700 <= 360 ? Math.floor(m / 700) % 2 : noisy(other(m), r),
    emptied: EVERY_OTHER,
  },
  'stuck for two days, not emptied': {
    everyMin: 10,
    told: (m, r) => (m > 3000 && m < 5880 ? 0.44 : noisy(filling(0.1, [])(m), r)),
    emptied: [],
  },
  'silent for a day, emptied before and after': {
    everyMin: 10,
    told: (m, r) => (m > 3000 && m < 4440 ? undefined : noisy(other(m), r)),
    emptied: EVERY_OTHER,
  },
  'silent for the day on which it was emptied': {
    everyMin: 10,
    told: (m, r) => (m > 4000 && m < 5440 ? undefined : noisy(other(m), r)),
    emptied: [2000, 5440, 7800],
  },
  'half emptied': {
    everyMin: 10,
    told: (m, r) => noisy(m < 5000 ? filling(0.2, [])(m) : filling(0.2, [5000], 0.36)(m), r),
    emptied: [5000],
  },
  'overfilled for days, then emptied': {
    everyMin: 10,
    told: (m, r) => noisy(filling(0.5, [7000])(m), r),
    emptied: [7000],
  },
  'wet rubbish that sinks every night': {
    everyMin: 10,
    told: (m, r) =>
      noisy(Math.min(1, 0.2 + (0.08 * m) / 1440 - 0.12 * Math.max(0, ((m % 1440) - 900) / 540)), r),
    emptied: [],
  },
  'a seep of days': {
    everyMin: 10,
    told: (m, r) => noisy(0.9 - (0.1 * m) / 1440, r),
    emptied: [],
  },
};

function emptyings({ everyMin, told }: Street, seed: number): number[] {
  const site = foldedSite({ ...SMALL_SITE, rules: [] });
  const random = seeded(seed);
  const kept = new Map<string, number>();
  for (let minute = 0; minute < MINUTES; minute += everyMin) {
    const value = told(minute, random);
    if (value === undefined) continue;
    const at = instant(START + minute * 60_000);
    site.fold(reading({ asset: BIN.id, quantity: 'fill', value, at }));
    for (const one of site.standing.takeChanges().happenings ?? []) {
      const isUndone = eventIn(one).flags?.includes('undone') === true;
      if (isUndone) kept.delete(one.id);
      else if (one.kind === 'collection') kept.set(one.id, (one.at - START) / 60_000);
    }
  }
  return [...kept.values()].toSorted((a, b) => a - b);
}

describe('a week of a bin with a fill sensor', () => {
  it.each(Object.entries(STREETS))('%s: each emptying once, and no other', (_, street) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const found = emptyings(street, seed);
      expect(found, `seed ${seed}`).toHaveLength(street.emptied.length);
      found.forEach((minute, index) => {
        expect(minute - street.emptied[index]!).toBeGreaterThanOrEqual(0);
        expect(minute - street.emptied[index]!).toBeLessThanOrEqual(3 * street.everyMin);
      });
    }
  });
});
