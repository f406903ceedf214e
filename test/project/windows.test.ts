// What comes when: inside a window, outside of every window, at night, in heaps, past a shut lid. Booked
// as it happens, put together per station and day.
import { describe, expect, it } from 'vitest';
import type { Bin, Compound, DropOffWindow } from '../../gateway/domain/asset.ts';
import type { WeighedEvent } from '../../gateway/domain/deposit.ts';
import type { Kilograms } from '../../gateway/domain/quantity.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { instant, later, minutes, type Instant } from '../../gateway/domain/time.ts';
import { createLedgerBook } from '../../gateway/project/ledger-keeping.ts';
import { usedDays } from '../../gateway/review/window-days.ts';
import { NOTHING_SAVED } from '../fakes/folded-site.ts';
import { BIN, COMPOUND } from '../fakes/small-site.ts';

const ALL = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const MORNING: DropOffWindow = { days: ALL, fromMinute: 7 * 60, toMinute: 9 * 60 };
const EVENING: DropOffWindow = { days: ALL, fromMinute: 18 * 60, toMinute: 20 * 60 };
const moment = (text: string): Instant => instant(Date.parse(`${text}+08:00`));

function station(windows: readonly DropOffWindow[] = [MORNING, EVENING], bins: Bin[] = []) {
  const compound: Compound = {
    ...COMPOUND,
    stations: new Map([['k1', { id: 'k1', name: '1号投放点', windows }]]),
    assets: new Map([...COMPOUND.assets, ...bins.map((bin) => [bin.id, bin] as const)]),
  };
  const standing = createStanding(NOTHING_SAVED);
  const book = createLedgerBook(compound, standing);
  const comes = (at: string, kg: number, more: Partial<WeighedEvent> = {}) =>
    book.count(
      {
        kind: 'deposit',
        asset: 'k1-wet',
        by: 'weight',
        kg: kg as Kilograms,
        at: moment(at),
        ...more,
      },
      later(moment(at), minutes(1)),
    );
  return {
    standing,
    book,
    comes,
    days: () =>
      usedDays(
        compound,
        [...standing.ledger.all()].map(([, day]) => day),
      ),
  };
}

describe('a drop-off window', () => {
  it('is used by the ten minutes in which something came', () => {
    const it = station();
    for (const at of ['07:00', '07:05', '07:31', '19:59']) it.comes(`2026-11-02T${at}`, 2);
    expect(it.days()).toMatchObject([
      { day: '2026-11-02', deposits: 4, kg: 8, slots: 24, usedSlots: 3, used: 0.125 },
    ]);
  });

  it.each([
    ['06:59:59', 1],
    ['07:00:00', 0],
    ['08:59:59', 0],
    ['09:00:00', 1],
    ['17:59:59', 1],
    ['20:00:00', 1],
  ])('%s counts %i deposits off hours', (at, count) => {
    const it = station();
    const flags = it.comes(`2026-11-02T${at}`, 2);
    expect(it.days()[0]?.offHours).toEqual({ count, kg: 2 * count });
    expect(flags).toEqual(count === 1 ? ['off-hours'] : []);
  });

  it('counts nothing off hours where a station takes rubbish always', () => {
    const it = station([]);
    it.comes('2026-11-02T03:00', 2);
    expect(it.days()).toMatchObject([{ offHours: { count: 0 }, dumping: { count: 0 }, slots: 0 }]);
    expect(it.days()[0]).not.toHaveProperty('used');
  });

  it('has other hours in summer, and none on holidays, where the site says so', () => {
    const summer = { ...EVENING, toMinute: 21 * 60, season: { from: '06-01', to: '09-30' } };
    const winter = { ...EVENING, season: { from: '10-01', to: '05-31' } };
    const it = station([{ ...MORNING, holidays: 'never' }, summer, winter]);
    it.comes('2026-07-01T20:30', 1); // within the summer's longer evening
    it.comes('2026-11-02T20:30', 1); // outside the winter's
    it.comes('2026-10-01T08:00', 1); // on National Day the morning is shut
    expect(it.days().map(({ day, offHours }) => [day, offHours.count])).toEqual([
      ['2026-11-02', 1],
      ['2026-10-01', 1],
      ['2026-07-01', 0],
    ]);
  });

  it('belongs to the day that it lies in where days begin at five', () => {
    const night = { days: ALL, fromMinute: 3 * 60, toMinute: 6 * 60 };
    const compound = {
      ...COMPOUND,
      place: { ...COMPOUND.place, dayStartsAtMinute: 300 },
      stations: new Map([['k1', { id: 'k1', name: '1', windows: [night] }]]),
    };
    const standing = createStanding(NOTHING_SAVED);
    const book = createLedgerBook(compound, standing);
    const event = { kind: 'deposit', asset: 'k1-wet', by: 'weight', kg: 1 as Kilograms } as const;
    for (const at of [moment('2026-11-03T04:00'), moment('2026-11-03T05:30')])
      book.count({ ...event, at }, at);
    const days = usedDays(
      compound,
      [...standing.ledger.all()].map(([, day]) => day),
    );
    expect(days).toMatchObject([
      { day: '2026-11-03', usedSlots: 1, slots: 18, offHours: { count: 0 } },
      { day: '2026-11-02', usedSlots: 1, slots: 18, offHours: { count: 0 } },
    ]);
  });

  it('forgets a deposit that is taken out again at once', () => {
    const it = station();
    const event = { kind: 'deposit', asset: 'k1-wet', by: 'weight', kg: 3 as Kilograms } as const;
    const at = moment('2026-11-02T23:00');
    const flags = it.book.count({ ...event, at }, at);
    it.book.uncount({ ...event, at, flags }, later(at, minutes(1)));
    expect(it.days()).toMatchObject([
      { deposits: 0, kg: 0, offHours: { count: 0, kg: 0 }, dumping: { count: 0, cases: [] } },
    ]);
  });
});

describe('what looks like dumping', () => {
  it.each([
    ['in a window, an ordinary bag', '2026-11-02T08:00', 3, []],
    ['by day, off hours, an ordinary bag', '2026-11-02T14:00', 3, []],
    ['at night', '2026-11-02T22:00', 3, ['night']],
    ['just before night', '2026-11-02T21:59:59', 3, []],
    ['at five in the morning', '2026-11-02T05:00', 3, []],
    ['a heap in one go, even in a window', '2026-11-02T08:00', 20, ['heap']],
    ['a heap at night', '2026-11-02T02:00', 25, ['night', 'heap']],
  ])('%s', (_what, at, kg, why) => {
    const it = station();
    it.comes(at, kg);
    expect(it.days()[0]?.dumping.cases.map((one) => one.why) ?? []).toEqual(
      why.length === 0 ? [] : [why],
    );
    expect(it.days()[0]?.dumping.count).toBe(why.length === 0 ? 0 : 1);
  });

  it('is a heap where many bags come off hours within minutes, and not where they come in a window', () => {
    const outside = station();
    const inside = station();
    for (const minute of ['00', '02', '04', '06']) {
      outside.comes(`2026-11-02T14:${minute}`, 6);
      inside.comes(`2026-11-02T08:${minute}`, 6);
    }
    expect(outside.days()[0]?.dumping.cases).toMatchObject([{ why: ['heap'] }]);
    expect(inside.days()[0]?.dumping.count).toBe(0);
  });

  it.each([
    ['shut since an hour', 0, 60, ['no-lid']],
    ['shut a minute before', 0, 1, []],
    ['open', 1, 60, []],
  ])('weight that comes with the lid %s', (_what, value, minutesAgo, why) => {
    const it = station();
    const at = moment('2026-11-02T08:00');
    const changedAt = instant(at - minutes(minutesAgo));
    const news = { value, observedAt: at, receivedAt: at, changedAt };
    it.standing.assets.put('k1-wet', { latest: { lid: news } });
    expect(it.comes('2026-11-02T08:00', 3)).toEqual(why);
  });

  it('says nothing of a lid that has no sensor', () => {
    expect(station().comes('2026-11-02T08:00', 3)).toEqual([]);
  });

  it('is counted to the end of a day, and shown only for as long as somebody reads', () => {
    const it = station();
    for (let minute = 0; minute < 59; minute += 1)
      it.comes(`2026-11-02T02:${String(minute).padStart(2, '0')}`, 1);
    expect(it.days()[0]?.dumping.count).toBe(59);
    expect(it.days()[0]?.dumping.cases.length).toBe(40);
  });
});

describe('a bin that stands full', () => {
  const full = (it: ReturnType<typeof station>, from: string, count: number): void => {
    for (let minute = 0; minute < count; minute += 1) {
      const at = later(moment(from), minutes(minute));
      it.book.full(BIN, {
        asset: 'k1-wet',
        device: 'k1',
        quantity: 'fill',
        value: 0.95,
        observedAt: at,
        receivedAt: at,
      });
    }
  };

  it('is counted by the minute, inside a window alone', () => {
    const it = station();
    full(it, '2026-11-02T08:30', 60);
    expect(it.days()).toMatchObject([{ full: [{ asset: 'k1-wet', minutes: 30 }] }]);
  });

  it('is counted always where rubbish is taken always', () => {
    const it = station([]);
    full(it, '2026-11-02T02:30', 45);
    expect(it.days()).toMatchObject([{ full: [{ minutes: 45 }] }]);
  });
});

describe('a bin without a scale', () => {
  const level = { kg: undefined, litres: 24, by: 'fill', estimated: true } as const;
  const event = {
    ...level,
    kind: 'deposit',
    asset: 'k1-wet',
    at: moment('2026-11-02T08:00'),
  } as const;
  const { kg: _kg, ...told } = event;

  it('has litres and no kilograms', () => {
    const it = station();
    it.book.count(told, told.at);
    const [day] = [...it.standing.ledger.all()].map(([, one]) => one);
    expect(day).toMatchObject({ origin: 'estimated', depositedL: 24, depositedKg: 0 });
  });

  it('has kilograms, marked as estimates, where the site says how heavy a litre is', () => {
    const place = { ...COMPOUND.place, densityKgPerL: { wet: 0.5 } };
    const standing = createStanding(NOTHING_SAVED);
    createLedgerBook({ ...COMPOUND, place }, standing).count(told, told.at);
    const [day] = [...standing.ledger.all()].map(([, one]) => one);
    expect(day).toMatchObject({ origin: 'estimated', depositedL: 24, depositedKg: 12 });
  });

  it('never adds to what a scale told', () => {
    const it = station();
    it.comes('2026-11-02T08:00', 3);
    it.book.count(told, told.at);
    const kg = [...it.standing.ledger.all()].map(([, one]) => [one.origin, one.depositedKg]);
    expect(kg).toEqual([
      ['measured', 3],
      ['estimated', 0],
    ]);
  });
});
