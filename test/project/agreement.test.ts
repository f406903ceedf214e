// What a bin's scale and its fill sensor say together, whole weeks through: the small site's wet bin of
// 240 L and 14.2 kg, a reading a minute of each, and three rules that watch whether they agree.
import { describe, expect, it } from 'vitest';
import type { Compound } from '../../gateway/domain/asset.ts';
import { MEANINGS, type Agreement, type Meaning } from '../../gateway/domain/agreement.ts';
import type { Litres } from '../../gateway/domain/quantity.ts';
import type { MeaningRule } from '../../gateway/domain/rule.ts';
import { instant, later, milliseconds, minutes, type Instant } from '../../gateway/domain/time.ts';
import { judgeMeaning } from '../../gateway/rules/meaning.ts';
import { command, foldedSite, reading } from '../fakes/folded-site.ts';
import { BIN, COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';
import { scaleWorld, TARE_KG } from './scale-world.ts';

const START = instant(Date.parse('2026-11-02T00:00:00+08:00'));
const VOLUME_L = 240;

const TICKETS = {
  contaminated: { category: 'sorting-wrong', team: 'stewards' },
  'sensor-blinded': { category: 'sensor', team: 'engineers' },
  'needs-tare': { category: 'sensor', team: 'engineers' },
} as const;

const ruleOf = (meaning: Meaning): MeaningRule => ({
  id: meaning,
  kind: 'meaning',
  on: 'bin',
  quantity: meaning === 'sensor-blinded' ? 'fill' : 'net',
  meaning,
  holdFor: milliseconds(0),
  severity: 'low',
  ticket: TICKETS[meaning],
});

const WITH_VOLUME: Compound = {
  ...COMPOUND,
  assets: new Map([...COMPOUND.assets, [BIN.id, { ...BIN, volumeL: VOLUME_L as Litres }]]),
};

/** What stands in the bin, how its scale and its sensor tell of it. */
interface Bin {
  kg: number;
  fill: number;
  /** The scale says so much too much. */
  offKg: number;
  /** The sensor says this, whatever stands in the bin. */
  stuckAt?: number;
}

function yard() {
  const site = foldedSite({ ...SMALL_SITE, compound: WITH_VOLUME, rules: MEANINGS.map(ruleOf) });
  const bin: Bin = { kg: 0, fill: 0.02, offKg: 0 };
  let now: Instant = START;
  const say = (quantity: 'gross' | 'fill', value: number): void =>
    void site.fold(reading({ asset: BIN.id, quantity, value, at: now }));
  const it = {
    site,
    bin,
    now: () => now,
    passes(count: number): void {
      for (let each = 0; each < count; each += 1) {
        now = later(now, minutes(1));
        say('gross', TARE_KG + bin.kg + bin.offKg);
        say('fill', bin.stuckAt ?? bin.fill);
      }
    },
    comes(kg: number, kgPerL = 0.3): void {
      bin.kg += kg;
      bin.fill += kg / kgPerL / VOLUME_L;
      it.passes(4);
    },
    emptied(): void {
      [bin.kg, bin.fill] = [0, 0.02];
      it.passes(20);
    },
    /** So many collections, two a day, of rubbish of this density. */
    lives(collections: number, kgPerL = 0.3): void {
      for (let each = 0; each < collections; each += 1) {
        // No two loads are the same.
        const density = kgPerL * (1 + 0.04 * Math.sin(each * 7));
        for (let bag = 0; bag < 8; bag += 1) it.comes(4 + (each % 3), density);
        it.emptied();
        now = later(now, minutes(12 * 60 - 60));
      }
    },
    speaking: (): string[] => site.speaking(),
    tickets: () =>
      [...site.standing.tickets.all()].map(([, { category, team }]) => ({ category, team })),
  };
  it.passes(5);
  return it;
}

describe('rubbish that is far heavier than its volume says', () => {
  it('opens a look at how it was sorted, and is over with the next light load', () => {
    const it = yard();
    it.lives(32);
    expect(it.speaking()).toEqual([]);
    it.lives(1, 0.6);
    expect(it.speaking()).toEqual([`contaminated:${BIN.id}`]);
    expect(it.tickets()).toEqual([TICKETS.contaminated]);
    it.lives(1);
    expect(it.speaking()).toEqual([]);
  });

  it('is not known of a stream that was weighed for less than two weeks', () => {
    const it = yard();
    it.lives(20);
    it.lives(1, 0.6);
    expect(it.speaking()).toEqual([]);
  });
});

describe('a fill sensor that sees nothing', () => {
  it('is found out at the second collection that it did not see, and believed when it sees one', () => {
    const it = yard();
    it.lives(1);
    it.bin.stuckAt = 0.7;
    it.lives(1);
    expect(it.speaking()).toEqual([]);
    for (let bag = 0; bag < 6; bag += 1) it.comes(5);
    it.emptied();
    expect(it.speaking()).toEqual([`sensor-blinded:${BIN.id}`]);
    expect(it.tickets()).toEqual([TICKETS['sensor-blinded']]);
    delete it.bin.stuckAt;
    it.passes(20);
    expect(it.speaking()).toEqual([]);
  });

  it('is found out by ten bags that do not move it', () => {
    const it = yard();
    it.lives(1);
    it.bin.stuckAt = 0.02;
    for (let bag = 0; bag < 8; bag += 1) it.comes(4);
    expect(it.speaking()).toEqual([]);
    for (let bag = 0; bag < 4; bag += 1) it.comes(4);
    expect(it.speaking()).toEqual([`sensor-blinded:${BIN.id}`]);
    delete it.bin.stuckAt;
    it.comes(4);
    expect(it.speaking()).toEqual([]);
  });
});

describe('a scale that is off zero', () => {
  it('by the same four times over needs a tare, and is right once it has one', () => {
    const it = yard();
    it.lives(1);
    it.bin.offKg = 3;
    it.lives(3);
    expect(it.speaking()).toEqual([]);
    it.lives(1);
    expect(it.speaking()).toEqual([`needs-tare:${BIN.id}`]);
    expect(it.tickets()).toEqual([TICKETS['needs-tare']]);
    it.site.fold(command({ on: 'asset', id: BIN.id, action: 'tare', body: {}, at: it.now() }));
    it.passes(2);
    expect(it.speaking()).toEqual([]);
  });
});

describe('each meaning', () => {
  const at = START;
  const rests = (...kgs: number[]): Agreement => ({ rests: kgs.map((kg) => ({ at, kg })) });
  const unmoved = (deposits: number, kg: number, fill = 0.3): Agreement => ({
    unmoved: { since: at, fill, kg, deposits },
  });
  const unseen = (count: number): Agreement => ({ unseen: { since: at, fill: 0.6, count } });

  it.each<readonly [Meaning, string, Agreement, 'clear' | 'violated']>([
    ['contaminated', 'nothing is too heavy', { densities: [] }, 'clear'],
    ['contaminated', 'the last was too heavy', { heavy: { since: at, times: 1.6 } }, 'violated'],
    ['sensor-blinded', 'one collection unseen', unseen(1), 'clear'],
    ['sensor-blinded', 'two unseen', unseen(2), 'violated'],
    ['sensor-blinded', 'nine bags', unmoved(9, 60), 'clear'],
    ['sensor-blinded', 'ten bags, too light to tell', unmoved(10, 35.9), 'clear'],
    ['sensor-blinded', 'ten bags, a quarter of the bin', unmoved(10, 36), 'violated'],
    ['sensor-blinded', 'a bin that is full anyway', unmoved(10, 60, 0.91), 'clear'],
    ['needs-tare', 'three times off', rests(3, 3, 3), 'clear'],
    ['needs-tare', 'four times off', rests(3, 3.1, 2.9, 3), 'violated'],
    ['needs-tare', 'below zero', rests(-2, -2.1, -2, -2), 'violated'],
    ['needs-tare', 'off by less than counts', rests(1.9, 1.9, 1.9, 1.9), 'clear'],
    ['needs-tare', 'off by something else each time', rests(3, 2, 3, 2.5), 'clear'],
    ['needs-tare', 'right again at last', rests(3, 3, 3, 3, 0), 'clear'],
  ])('%s: %s', (meaning, _, agreement, kind) => {
    expect(judgeMeaning({ meaning }, agreement, VOLUME_L).kind).toBe(kind);
  });

  it('says nothing of a bin that only one of them tells of', () => {
    for (const meaning of MEANINGS)
      expect(judgeMeaning({ meaning }, undefined, VOLUME_L).kind).toBe('unknown');
  });
});

describe('an ordinary noisy fortnight', () => {
  it.each([1, 2, 3])('means nothing (%i)', (seed) => {
    const site = foldedSite({ ...SMALL_SITE, compound: WITH_VOLUME, rules: MEANINGS.map(ruleOf) });
    const { truth, readings } = scaleWorld({ seed, days: 16, noiseKg: 0.05, everyS: 20 });
    const heard = new Set<string>();
    let [inside, next, sinceS] = [0, 0, 0];
    const happened = [
      ...truth.deposits.map((one) => ({ ...one, isOut: false })),
      ...truth.collections.map((one) => ({ ...one, isOut: true })),
    ].toSorted((a, b) => a.second - b.second);
    for (const { second, grossKg } of readings()) {
      const at = later(START, milliseconds(second * 1000));
      site.fold(reading({ asset: BIN.id, quantity: 'gross', value: grossKg, at }));
      for (; happened[next] && happened[next]!.second <= second; next += 1)
        inside = happened[next]!.isOut ? 0 : inside + happened[next]!.kg;
      if (second - sinceS < 300) continue;
      sinceS = second;
      const echo = 0.015 * Math.sin(second * 12.9898 + seed);
      const fill = Math.min(0.98, Math.max(0, 0.02 + inside / (0.35 * VOLUME_L) + echo));
      site.fold(reading({ asset: BIN.id, quantity: 'fill', value: fill, at }));
      for (const one of site.speaking()) heard.add(one);
    }
    expect([...heard]).toEqual([]);
    expect(site.standing.containers.get(BIN.id)?.agreement?.densities?.length).toBeGreaterThan(15);
  });
});
