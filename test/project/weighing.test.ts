// The ledger as the fold keeps it: a small site whose wet bin weighs 14.2 kg when empty.
import { describe, expect, it } from 'vitest';
import type { LedgerDay } from '../../gateway/domain/ledger.ts';
import { heardMinutes } from '../../gateway/domain/ledger.ts';
import { savedDay } from '../../gateway/domain/ledger-shelf.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { instant, later, minutes, seconds, type Instant } from '../../gateway/domain/time.ts';
import { createStep } from '../../gateway/flow/step.ts';
import { foldedSite, numbered, reading, type Said } from '../fakes/folded-site.ts';
import { COMPOUND, SMALL_SITE } from '../fakes/small-site.ts';

const TARE = 14.2;
const moment = (text: string): Instant => instant(Date.parse(`${text}+08:00`));

/** The bin's gross weight once a minute, from and until, the latter left out. */
function weighs(kg: number, from: Instant, until: Instant, more: Partial<Said> = {}): Said[] {
  const count = Math.ceil((until - from) / 60_000);
  return Array.from({ length: count }, (_, index) => ({
    asset: 'k1-wet',
    quantity: 'gross',
    value: TARE + kg,
    at: later(from, minutes(index)),
    ...more,
  }));
}

const days = (site: ReturnType<typeof foldedSite>): LedgerDay[] =>
  [...site.standing.ledger.all()].map(([, day]) => day);

describe('the ledger', () => {
  it('counts a deposit to its station, stream and local day', () => {
    const site = foldedSite();
    const [begin, end] = [moment('2026-11-02T07:00'), moment('2026-11-02T08:00')];
    const told = [...weighs(3, begin, end), ...weighs(4.5, end, later(end, minutes(10)))];
    site.fold(...told.map(reading));
    expect(days(site)).toMatchObject([
      { day: '2026-11-02', station: 'k1', stream: 'wet', depositedKg: 1.5, collectedKg: 0 },
    ]);
  });

  it('counts it to the day on which it was thrown in, though it settles in the next', () => {
    const site = foldedSite();
    const [begin, end] = [moment('2026-11-02T23:00'), moment('2026-11-02T23:59')];
    const told = [...weighs(3, begin, end), ...weighs(5, end, later(end, minutes(10)))];
    site.fold(...told.map(reading));
    expect(days(site).map(({ day, depositedKg }) => [day, depositedKg])).toEqual([
      ['2026-11-02', 2],
      ['2026-11-03', 0],
    ]);
    expect(days(site).map(({ revision }) => revision)).toEqual([0, 0]);
  });

  it('hears every minute of a bin that reports every minute', () => {
    const site = foldedSite();
    site.fold(...weighs(3, moment('2026-11-02T00:00'), moment('2026-11-03T00:00')).map(reading));
    expect(days(site)).toMatchObject([{ heard: { 'k1-wet': [0, 1440] }, minutes: 1440 }]);
  });

  it('does not hear the minutes of an outage', () => {
    const site = foldedSite();
    const told = [
      ...weighs(3, moment('2026-11-02T00:00'), moment('2026-11-02T06:00')),
      ...weighs(3, moment('2026-11-02T12:00'), moment('2026-11-03T00:00')),
    ];
    site.fold(...told.map(reading));
    expect(days(site).map(heardMinutes)).toEqual([1440 - 360]);
  });

  it('takes no notice of what is doubted', () => {
    const site = foldedSite();
    const [begin, end] = [moment('2026-11-02T07:00'), moment('2026-11-02T08:00')];
    const jumps = weighs(40, end, later(end, minutes(10)), { doubt: 'jump' });
    site.fold(...[...weighs(3, begin, end), ...jumps].map(reading));
    expect(days(site)).toMatchObject([{ depositedKg: 0, heard: { 'k1-wet': [420, 480] } }]);
  });

  it('takes no notice of scales and lamps', () => {
    const site = foldedSite();
    const at = moment('2026-11-02T07:00');
    site.fold(reading({ asset: 'k1-scale', quantity: 'net', value: 12, at }));
    site.fold(reading({ asset: 'lamp-1', quantity: 'power', value: 12, at }));
    expect(days(site)).toEqual([]);
  });

  it('is the same however often the fold is broken off and goes on from what was saved', () => {
    const [begin, end] = [moment('2026-11-02T07:00'), moment('2026-11-02T07:30')];
    const told = [
      ...weighs(3, begin, end),
      ...weighs(9, end, later(end, minutes(30))),
      ...weighs(0.1, later(end, minutes(30)), later(end, minutes(60))),
    ];
    const records = numbered(told.map(reading));
    const whole = foldedSite();
    whole.fold(...told.map(reading));
    const slices = new Map<string, string>();
    const ledger = new Map<string, LedgerDay>();
    for (const record of records) {
      const standing = createStanding({
        slices: [...slices],
        alarms: [],
        tickets: [],
        ledger: [...ledger.values()].map(savedDay),
      });
      createStep(SMALL_SITE, standing).fold(record);
      const changes = standing.takeChanges();
      for (const [key, json] of changes.puts) if (json !== null) slices.set(key, json);
      for (const day of changes.ledger) ledger.set(day.id, day);
    }
    expect([...ledger.values()]).toEqual(days(whole));
    expect(days(whole)).toMatchObject([{ depositedKg: 6, collectedKg: 8.9 }]);
  });
});

describe('a day that is over', () => {
  const yesterday = weighs(3, moment('2026-11-02T10:00'), moment('2026-11-02T11:00'));

  it('is reopened by what comes late, once for all that comes in one go, and says since when', () => {
    const site = foldedSite();
    site.fold(...yesterday.map(reading));
    const night = moment('2026-11-03T03:00');
    const backlog = weighs(5, moment('2026-11-02T11:00'), moment('2026-11-02T12:00'));
    const late = backlog.map(({ at, ...said }, index) => ({
      ...said,
      observedAt: at,
      at: later(night, seconds(index)),
    }));
    site.fold(...late.map(reading));
    expect(days(site)).toMatchObject([
      { depositedKg: 2, revision: 1, reopenedAt: night, heard: { 'k1-wet': [600, 720] } },
    ]);
  });

  it('counts a second go by itself', () => {
    const site = foldedSite();
    site.fold(...yesterday.map(reading));
    for (const [hour, minute] of [
      [3, 30],
      [5, 31],
    ] as const) {
      const observedAt = moment(`2026-11-02T12:${minute}`);
      const at = moment(`2026-11-03T0${hour}:00`);
      site.fold(reading({ asset: 'k1-wet', quantity: 'gross', value: 17.2, at, observedAt }));
    }
    expect(days(site)).toMatchObject([{ revision: 2, reopenedAt: moment('2026-11-03T05:00') }]);
  });

  it('is not reopened by what it knew already', () => {
    const site = foldedSite();
    site.fold(...yesterday.map(reading));
    const observedAt = moment('2026-11-02T10:30');
    const at = moment('2026-11-03T03:00');
    const again: Said = { asset: 'k1-wet', quantity: 'gross', value: 17.2, at, observedAt };
    site.fold(reading({ ...again, doubt: 'late' }));
    expect(days(site)).toMatchObject([{ revision: 0 }]);
  });

  it('stays open for an hour', () => {
    const hourLater = (at: string): number => {
      const site = foldedSite();
      site.fold(...yesterday.map(reading));
      const said = { asset: 'k1-wet', quantity: 'gross', value: 17.2 } as const;
      const observedAt = moment('2026-11-02T23:00');
      site.fold(reading({ ...said, observedAt, at: moment(at) }));
      return days(site)[0]?.revision ?? -1;
    };
    expect(hourLater('2026-11-03T00:59:59')).toBe(0);
    expect(hourLater('2026-11-03T01:00')).toBe(1);
  });

  it('hears a straggler of the past, and does not weigh it again', () => {
    const site = foldedSite();
    site.fold(...yesterday.map(reading));
    const observedAt = moment('2026-11-02T09:00');
    const late = { asset: 'k1-wet', quantity: 'gross', value: 60, doubt: 'late' } as const;
    const times = [0, 1, 2].map((minute) => ({
      observedAt: later(observedAt, minutes(minute)),
      at: moment('2026-11-02T11:00'),
    }));
    site.fold(...times.map((time) => reading({ ...late, ...time })));
    expect(days(site)).toMatchObject([
      { depositedKg: 0, heard: { 'k1-wet': [540, 543, 600, 660] } },
    ]);
  });
});

it('a day of 25 hours has 1500 minutes, all of them heard', () => {
  const place = { ...COMPOUND.place, zone: 'Europe/Berlin' };
  const site = foldedSite({ ...SMALL_SITE, compound: { ...COMPOUND, place } });
  const begin = instant(Date.parse('2026-10-25T00:00+02:00'));
  const end = instant(Date.parse('2026-10-26T00:00+01:00'));
  site.fold(...weighs(3, begin, end).map(reading));
  expect(days(site)).toMatchObject([{ minutes: 1500, heard: { 'k1-wet': [0, 1500] } }]);
});
