// The borders of the ledger's days: days of 23 and 25 hours, a collection across midnight, days that
// begin at five, late data, clocks that jump. Each day balances, or says by how much it does not.
import { describe, expect, it } from 'vitest';
import type { LedgerDay } from '../../gateway/domain/ledger.ts';
import { heardMinutes } from '../../gateway/domain/ledger.ts';
import { instant, later, minutes, type Instant } from '../../gateway/domain/time.ts';
import type { StepSite } from '../../gateway/flow/step.ts';
import { standingKg, unbalancedKg } from '../../gateway/domain/balance.ts';
import { foldedSite, reading, type Said } from '../fakes/folded-site.ts';
import { COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';

const TARE = 14.2;
const shanghai = (text: string): Instant => instant(Date.parse(`${text}+08:00`));

interface Weighed {
  readonly kg: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** Gross weights, one every ten seconds. */
function weighs({ kg, from, until }: Weighed, more: Partial<Said> = {}): Said[] {
  const count = Math.ceil((until - from) / 10_000);
  return Array.from({ length: count }, (_, index) => ({
    asset: 'k1-wet',
    quantity: 'gross',
    value: TARE + kg,
    at: instant(from + index * 10_000),
    ...more,
  }));
}

/** What stood in the bin, from each of these moments until the next. */
function stood(...levels: readonly (readonly [Instant, number])[]): Said[] {
  return levels.slice(0, -1).flatMap(([from, kg], index) => {
    const [until] = levels[index + 1]!;
    return weighs({ kg, from, until });
  });
}

const site = (place: Partial<StepSite['compound']['place']> = {}) =>
  foldedSite({
    ...SMALL_SITE,
    compound: { ...COMPOUND, place: { ...COMPOUND.place, ...place } },
  });

const days = (it: ReturnType<typeof site>): LedgerDay[] =>
  [...it.standing.ledger.all()]
    .map(([, day]) => day)
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

const figures = (it: ReturnType<typeof site>) =>
  days(it).map((day) => ({
    day: day.day,
    in: Math.round(day.depositedKg * 10) / 10,
    out: Math.round(day.collectedKg * 10) / 10,
    stands: Math.round((standingKg(day) ?? Number.NaN) * 10) / 10,
    off: Math.round(unbalancedKg(day) * 10) / 10,
  }));

describe('a day of the ledger', () => {
  it('ends with what the next begins with, and both balance', () => {
    const it = site();
    const told = stood(
      [shanghai('2026-11-02T08:00'), 3],
      [shanghai('2026-11-02T09:00'), 5],
      [shanghai('2026-11-03T09:00'), 9],
      [shanghai('2026-11-03T10:00'), 0],
    );
    it.fold(...told.map(reading));
    expect(figures(it)).toEqual([
      { day: '2026-11-02', in: 2, out: 0, stands: 5, off: 0 },
      { day: '2026-11-03', in: 4, out: 0, stands: 9, off: 0 },
    ]);
    const [first, second] = days(it);
    expect(second?.byBin?.['k1-wet']?.startKg).toBeCloseTo(
      first?.byBin?.['k1-wet']?.endKg ?? -1,
      1,
    );
  });

  it('balances over a collection at midnight, whichever of the two days has it', () => {
    const it = site();
    const told = stood(
      [shanghai('2026-11-02T22:00'), 30],
      [shanghai('2026-11-02T23:59:50'), 0.1],
      [shanghai('2026-11-03T01:00'), 0.1],
    );
    it.fold(...told.map(reading));
    const both = figures(it);
    expect(both.map(({ out }) => out).reduce((a, b) => a + b)).toBeCloseTo(29.9, 1);
    expect(both.map(({ off }) => off)).toEqual([0, 0]);
  });

  it('balances over a deposit that falls before midnight and settles after it', () => {
    const it = site();
    const told = stood(
      [shanghai('2026-11-02T22:00'), 3],
      [shanghai('2026-11-02T23:59:40'), 8],
      [shanghai('2026-11-03T01:00'), 8],
    );
    it.fold(...told.map(reading));
    expect(figures(it)).toEqual([
      { day: '2026-11-02', in: 5, out: 0, stands: 8, off: 0 },
      { day: '2026-11-03', in: 0, out: 0, stands: 8, off: 0 },
    ]);
  });

  it('belongs to the evening before where days begin at five', () => {
    const it = site({ dayStartsAtMinute: 300 });
    const told = stood(
      [shanghai('2026-11-03T04:00'), 3],
      [shanghai('2026-11-03T04:30'), 5],
      [shanghai('2026-11-03T05:30'), 8],
      [shanghai('2026-11-03T06:00'), 8],
    );
    it.fold(...told.map(reading));
    expect(figures(it)).toEqual([
      { day: '2026-11-02', in: 2, out: 0, stands: 5, off: 0 },
      { day: '2026-11-03', in: 3, out: 0, stands: 8, off: 0 },
    ]);
  });

  it.each([
    ['2026-03-29', '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 23 * 60],
    ['2026-10-25', '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 25 * 60],
  ])(
    '%s has its own length where the clocks change, is heard whole, and balances',
    (day, ...edges) => {
      const it = site({ zone: 'Europe/Berlin' });
      const [begin, end] = [instant(Date.parse(edges[0])), instant(Date.parse(edges[1]))];
      const noon = instant((begin + end) / 2);
      it.fold(...stood([begin, 3], [noon, 7], [end, 0]).map(reading));
      const [first] = days(it);
      expect(first).toMatchObject({ day, minutes: edges[2] });
      expect(first && heardMinutes(first)).toBe(edges[2]);
      expect(figures(it)[0]).toMatchObject({ in: 4, off: 0 });
    },
  );

  it('balances also where an outage hid what was thrown in over midnight', () => {
    const it = site();
    const told = [
      ...stood([shanghai('2026-11-02T20:00'), 3], [shanghai('2026-11-02T22:00'), 0]),
      ...stood([shanghai('2026-11-03T06:00'), 11], [shanghai('2026-11-03T08:00'), 0]),
    ];
    it.fold(...told.map(reading));
    expect(figures(it).map(({ off }) => off)).toEqual([0, 0]);
    expect(figures(it).reduce((sum, one) => sum + one.in - one.out, 0)).toBeCloseTo(8, 1);
  });

  it('that is told late, by a backlog in order, balances and says that it was reopened', () => {
    const it = site();
    it.fold(
      ...stood([shanghai('2026-11-02T20:00'), 3], [shanghai('2026-11-02T21:00'), 0]).map(reading),
    );
    const backlog = stood(
      [shanghai('2026-11-02T21:00'), 3],
      [shanghai('2026-11-02T22:00'), 6],
      [shanghai('2026-11-02T23:30'), 6],
    ).map(({ at, ...said }, index) => ({
      ...said,
      observedAt: at,
      at: instant(shanghai('2026-11-03T09:00') + index * 5),
    }));
    it.fold(...backlog.map(reading));
    expect(figures(it)[0]).toEqual({ day: '2026-11-02', in: 3, out: 0, stands: 6, off: 0 });
    expect(days(it)[0]).toMatchObject({ revision: 1 });
  });

  it.each([
    ['forward', 45],
    ['back', -45],
  ])('balances where a device’s clock jumped %s over midnight', (_which, jump) => {
    const it = site();
    const early = stood([shanghai('2026-11-02T23:00'), 3], [shanghai('2026-11-02T23:40'), 6]);
    const after = stood([shanghai('2026-11-02T23:40'), 6], [shanghai('2026-11-03T00:30'), 6]);
    const moved = after.map(({ at, ...said }) => ({
      ...said,
      at,
      observedAt: instant(at + jump * 60_000),
    }));
    const settled = stood([shanghai('2026-11-03T01:30'), 6], [shanghai('2026-11-03T02:00'), 6]);
    it.fold(...[...early, ...moved, ...settled].map(reading));
    expect(figures(it).map(({ off }) => off)).toEqual([0, 0]);
    expect(figures(it).reduce((sum, one) => sum + one.in - one.out, 0)).toBeCloseTo(3, 1);
  });

  it('says by how much it does not balance where its scale moved and nobody threw anything in', () => {
    const it = site();
    it.fold(
      ...stood([shanghai('2026-11-02T08:00'), 20], [shanghai('2026-11-02T09:00'), 0]).map(reading),
    );
    // Set to another zero, which no event tells: the base moves by itself.
    const weight = it.standing.weights.get('k1-wet')!;
    it.standing.weights.put('k1-wet', { ...weight, baseKg: 17 });
    const noon = shanghai('2026-11-02T09:00');
    it.fold(...weighs({ kg: 17, from: noon, until: later(noon, minutes(30)) }).map(reading));
    expect(figures(it)).toEqual([{ day: '2026-11-02', in: 0, out: 0, stands: 17, off: 3 }]);
  });
});
