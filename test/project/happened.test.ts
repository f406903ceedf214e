// What the small site's books say of its wet bin, of 14.2 kg when empty: told by its scale, its fill
// sensor and people.
import { describe, expect, it } from 'vitest';
import { eventIn, type WeighedEvent } from '../../gateway/domain/deposit.ts';
import type { Happening } from '../../gateway/domain/happening.ts';
import { onSiteEntry } from '../../gateway/domain/on-site.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { instant, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { command, foldedSite, reading } from '../fakes/folded-site.ts';
import { SMALL_SITE } from '../fakes/small-site.ts';

const BIN = 'k1-wet';
const TARE = 14.2;
const START = instant(Date.parse('2026-11-02T07:10:00+08:00'));

function books(asset = BIN) {
  const site = foldedSite({ ...SMALL_SITE, rules: [] });
  const kept = new Map<string, Happening>();
  let now = START;
  const says = (quantity: Quantity, value: number, of = asset): void => {
    site.fold(reading({ asset: of, quantity, value, at: now }));
  };
  const look = (): void => {
    for (const one of site.standing.takeChanges().happenings ?? [])
      kept.set(`${one.kind} ${one.id}`, one);
  };
  const all = (): Happening[] => {
    look();
    return [...kept.values()];
  };
  return {
    site,
    all,
    now: (): Instant => now,
    says,
    passes: (span: number) => void (now = later(now, minutes(span))),
    /** Every five seconds for so long. */
    rests(kg: number, forSeconds: number, quantity: Quantity = 'gross') {
      for (let second = 0; second < forSeconds; second += 5) {
        now = later(now, seconds(5));
        says(quantity, quantity === 'gross' ? TARE + kg : kg);
      }
    },
    does: (action: string, body = {}, more = {}) =>
      void site.fold(command({ on: 'asset', id: BIN, action, body, at: now, ...more })),
    told: (kind: 'deposit' | 'withdrawal' | 'collection'): WeighedEvent[] =>
      all()
        .filter((one) => one.kind === kind)
        .map(eventIn),
  };
}

const kgs = (events: readonly WeighedEvent[]): number[] =>
  events.map(({ kg = 0 }) => Math.round(kg * 100) / 100);

describe('a deposit', () => {
  it('is in the books with its bin, its station and its day', () => {
    const it = books();
    it.rests(5, 60);
    it.rests(7.3, 60);
    expect(it.all()).toMatchObject([
      { kind: 'deposit', asset: BIN, place: 'k1', day: '2026-11-02', body: { by: 'weight' } },
    ]);
    expect(kgs(it.told('deposit'))).toEqual([2.3]);
  });

  it('that is out again within minutes is marked, and takes itself out of the ledger', () => {
    const it = books();
    it.rests(5, 60);
    it.rests(27, 60);
    it.rests(5, 60);
    expect(it.told('deposit')[0]?.flags).toContain('taken-back');
    expect(it.told('withdrawal')[0]?.takesBack).toHaveLength(1);
    expect([...it.site.standing.ledger.all()].map(([, day]) => day.depositedKg)).toEqual([0]);
  });

  it('that someone leaned on while it came is what stays', () => {
    const it = books();
    it.rests(5, 60);
    it.rests(27, 60);
    it.rests(7, 60);
    expect(kgs(it.told('deposit'))).toEqual([2]);
  });
});

describe('a collection', () => {
  it('that the scale, the fill and the cleaner tell of is one', () => {
    const it = books();
    it.rests(40, 60);
    for (let index = 0; index < 8; index += 1, it.passes(1)) it.says('fill', 0.8);
    it.rests(-TARE, 60);
    it.rests(0.2, 60);
    it.does('collected', {}, { by: 'chen', role: 'cleaner' });
    for (let index = 0; index < 12; index += 1, it.passes(1)) it.says('fill', 0.02);
    const [one, ...others] = it.told('collection');
    expect(others).toEqual([]);
    expect(one).toMatchObject({ by: 'weight', fillBefore: 0.8, fillAfter: 0.02, person: 'chen' });
    expect(one?.witnesses?.toSorted()).toEqual(['fill', 'tap', 'weight']);
    expect(one?.kg).toBeCloseTo(39.8, 1);
    expect([...it.site.standing.ledger.all()][0]?.[1].collectedKg).toBeCloseTo(39.8, 1);
  });

  it('that only a cleaner told of is undone by the cleaner', () => {
    const it = books();
    it.does('collected', { note: 'heavy' }, { by: 'chen', role: 'cleaner' });
    expect(it.told('collection')).toMatchObject([{ by: 'tap', note: 'heavy' }]);
    it.does('not-collected', {}, { by: 'chen', role: 'cleaner' });
    expect(it.told('collection')[0]?.flags).toEqual(['undone']);
  });

  it('that the scale told of too stays, without the cleaner', () => {
    const it = books();
    it.rests(40, 60);
    it.rests(0.2, 60);
    it.does('collected');
    it.does('not-collected');
    expect(it.told('collection')).toMatchObject([{ by: 'weight', witnesses: ['weight'] }]);
    expect(it.told('collection')[0]?.flags).toBeUndefined();
  });

  it('recorded at the station’s display says that nobody vouches for it', () => {
    const it = books();
    it.does('collected', {}, { role: 'display' });
    expect(it.told('collection')[0]?.flags).toEqual(['unverified']);
  });
});

describe('on site', () => {
  it('a tare of now makes what stands there nothing, and nobody has thrown it in or out', () => {
    const it = books();
    it.rests(1.3, 60);
    it.does('tare');
    it.rests(1.3, 60);
    expect(it.site.standing.containers.get(BIN)?.tareKg).toBeCloseTo(15.5, 2);
    expect(it.site.standing.weights.get(BIN)?.baseKg).toBeCloseTo(0, 2);
    expect(it.site.standing.assets.get(BIN)?.latest.net?.value).toBeCloseTo(0, 2);
    expect(it.all().map(({ kind }) => kind)).toEqual(['on-site']);
  });

  it('a swap gives the place another container, and its history goes on', () => {
    const it = books();
    it.rests(5, 60);
    it.does('swap', { container: 'T-17', tareKg: 13 });
    it.rests(7, 60);
    const known = it.site.standing.containers.get(BIN);
    expect([known?.container, known?.tareKg]).toEqual(['T-17', 13]);
    expect(kgs(it.told('deposit'))).toEqual([2]);
    expect(
      it
        .all()
        .filter(({ kind }) => kind === 'on-site')
        .map(onSiteEntry),
    ).toMatchObject([
      { action: 'swap', container: 'T-17', tareBeforeKg: TARE, tareKg: 13, by: 'wang' },
    ]);
  });

  it('a tare lasts until the site file says another', () => {
    const it = books();
    it.does('tare', { tareKg: 15 });
    expect(it.site.standing.containers.get(BIN)).toMatchObject({ tareKg: 15, siteTareKg: TARE });
  });

  it('what is out of service is not counted, and what it has when it is back was not thrown in', () => {
    const it = books();
    it.rests(5, 60);
    it.does('take-out', { reason: 'the lid is torn off' });
    it.rests(30, 60);
    expect(it.site.standing.maintenance.get(BIN)).toMatchObject({ reason: 'the lid is torn off' });
    it.does('put-back');
    it.rests(2, 60);
    it.rests(4, 60);
    expect(it.all().map(({ kind }) => kind)).toEqual(['on-site', 'on-site', 'deposit']);
    expect(kgs(it.told('deposit'))).toEqual([2]);
  });
});

describe('a scale under a container', () => {
  it('that was set to zero goes on with what stood there', () => {
    const it = books();
    it.rests(20, 60);
    it.rests(-TARE, 60);
    it.rests(-TARE + 2, 60);
    it.rests(-TARE + 5, 60);
    expect(kgs(it.told('deposit'))).toEqual([5]);
    expect(it.told('deposit')[0]?.flags).toContain('re-zeroed');
    expect(it.told('collection')).toEqual([]);
    expect(it.site.standing.weights.get(BIN)?.baseKg).toBeCloseTo(25, 1);
  });

  it('that carries a lighter one from now on finds its nothing by itself', () => {
    const it = books();
    it.rests(30, 60);
    it.rests(-TARE, 60);
    it.rests(-1.1, 60);
    it.rests(0.9, 60);
    expect(it.told('collection')).toMatchObject([{ flags: ['swapped'] }]);
    expect(kgs(it.told('collection'))).toEqual([30]);
    expect(kgs(it.told('deposit'))).toEqual([2]);
  });

  it('that was silent for an hour tells the difference once, as an estimate', () => {
    const it = books();
    it.rests(5, 60);
    it.passes(60);
    it.rests(11, 60);
    expect(it.told('deposit')).toMatchObject([{ estimated: true, flags: ['across-gap'] }]);
    expect(kgs(it.told('deposit'))).toEqual([6]);
  });
});
