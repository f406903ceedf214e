// Floods: when they begin and end to the alarm and the millisecond, what joins them, what never does.
import { describe, expect, it } from 'vitest';
import type { Asset, Compound } from '../../gateway/domain/asset.ts';
import type { Severity } from '../../gateway/domain/alarm.ts';
import type { Flood } from '../../gateway/domain/flood.ts';
import type { ThresholdRule } from '../../gateway/domain/rule.ts';
import {
  hours,
  instant,
  later,
  minutes,
  seconds,
  type Instant,
} from '../../gateway/domain/time.ts';
import { levelOf, NO_FLOOD, overAt, withArrival } from '../../gateway/rules/flood.ts';
import { command, foldedSite, type FoldedSite } from '../fakes/folded-site.ts';
import { clock, COMPOUND, device, LAMP, LEAK } from '../fakes/small-site.ts';

const ten = clock('10:00');
const flood = (...arrivals: readonly (readonly [Severity, Instant])[]): Flood =>
  arrivals.reduce(
    (before: Flood, [severity, at], index) =>
      withArrival(before, { alarm: `A${index}`, severity, at }),
    NO_FLOOD,
  );
const times = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('what came within ten minutes', () => {
  it.each([
    ['ten are none', 10, undefined],
    ['eleven are one', 11, 'low'],
    ['five hundred are one', 500, 'low'],
  ])('%s', (_, count, level) => {
    expect(levelOf(flood(...times(count, () => ['low', ten] as const)), ten)).toBe(level);
  });

  it('eleven are none when the first came ten minutes ago to the millisecond', () => {
    const spread = flood(
      ['low', ten],
      ...times(10, () => ['low', later(ten, minutes(10))] as const),
    );
    expect(levelOf(spread, later(ten, minutes(10)))).toBeUndefined();
    expect(levelOf(spread, instant(later(ten, minutes(10)) - 1))).toBe('low');
  });

  it('a flood is as grave as what it would still be one without', () => {
    const some = (high: number, low: number): Flood =>
      flood(
        ...times(low, () => ['low', ten] as const),
        ...times(high, () => ['high', ten] as const),
      );
    expect(levelOf(some(10, 1), ten)).toBe('low');
    expect(levelOf(some(11, 90), ten)).toBe('high');
  });

  it('keeps no more than it needs, however many come', () => {
    const big = flood(...times(500, (n) => ['low', later(ten, seconds(n))] as const));
    expect(big.arrivals).toHaveLength(11);
  });

  it('is over when the fifth last is ten minutes old', () => {
    const five = flood(...times(5, (n) => ['low', later(ten, minutes(n))] as const));
    expect(overAt(five)).toBe(later(ten, minutes(10)));
    expect(overAt(flood(['low', ten]))).toBeUndefined();
  });
});

const MANY = times(40, (n) => `lamp-${n}`);
const ASSETS: readonly Asset[] = [
  { kind: 'circuit', id: 'c1', name: '东路灯回路', lamps: MANY },
  ...MANY.map((id) => ({ ...LAMP, id, name: id })),
];
const YARD: Compound = {
  ...COMPOUND,
  assets: new Map(ASSETS.map((asset) => [asset.id, asset])),
  devices: new Map(MANY.map((id) => [id, device(id, 'lights-line', { '': id })])),
};
const LOW: ThresholdRule = { ...LEAK, severity: 'low' };
const HOT: ThresholdRule = { ...LEAK, id: 'hot', quantity: 'temperature', severity: 'high' };

const yard = (): FoldedSite =>
  foldedSite({ compound: YARD, sources: ['lights-line'], rules: [LOW, HOT] });
const trips = (site: FoldedSite, n: number, at: Instant, value = 40): void =>
  void site.hear({ asset: `lamp-${n}`, quantity: 'leak', value, at });
const flooded = (count = 12): FoldedSite => {
  const site = yard();
  for (let n = 0; n < count; n += 1) trips(site, n, later(ten, seconds(n)));
  return site;
};
const incident = (site: FoldedSite) => site.alarms().find(({ rule }) => rule === 'flood');
const open = (site: FoldedSite): string[] =>
  site.tickets().flatMap(({ id, state }) => (state === 'merged' ? [] : [id]));

describe('a dozen alarms for one team', () => {
  it('ten are ten pieces of work', () => {
    const site = flooded(10);
    expect(incident(site)).toBeUndefined();
    expect(open(site)).toHaveLength(10);
  });

  it('the eleventh makes one of them all, with how many and which', () => {
    const site = flooded(12);
    expect(incident(site)).toMatchObject({
      asset: 'engineers',
      severity: 'low',
      value: 12,
      inside: MANY.slice(0, 12),
    });
    expect(site.alarms()).toHaveLength(13);
    expect(open(site)).toEqual([incident(site)?.ticket]);
  });

  it('leaves what somebody has taken to them', () => {
    const site = flooded(10);
    site.fold(command({ on: 'ticket', id: 'T3', action: 'take', at: clock('10:01') }));
    trips(site, 10, clock('10:02'));
    expect(open(site)).toEqual(['T3', incident(site)?.ticket]);
  });

  it('drowns nothing that is graver', () => {
    const site = flooded();
    site.hear({ asset: 'lamp-30', quantity: 'temperature', value: 90, at: clock('10:01') });
    const hot = site.alarmOf('hot', 'lamp-30');
    expect(hot).not.toHaveProperty('incident');
    expect(open(site)).toContain(hot?.ticket);
  });

  it('ends when fewer than five came in ten minutes, and its work when the last lamp is well', () => {
    const site = flooded(12);
    // The fifth last came at 10:00:07.
    site.wait(clock('10:10:06.999'));
    expect(incident(site)).not.toHaveProperty('clearedAt');
    site.wait(clock('10:10:07'));
    expect(incident(site)).toMatchObject({ clearedAt: clock('10:10:07') });
    const work = site.tickets().find(({ id }) => id === incident(site)?.ticket);
    expect(work?.state).toBe('raised');
    for (let n = 0; n < 12; n += 1) trips(site, n, later(clock('10:30'), seconds(n)), 0);
    const after = site.tickets().find(({ id }) => id === work?.id);
    expect(['rectified', 'inspected', 'closed']).toContain(after?.state);
    // Nobody need acknowledge each of them.
    expect(
      site.alarms().filter(({ rule, state }) => rule !== 'flood' && state !== 'normal'),
    ).toEqual([]);
  });

  it('goes on for as long as more come, and what comes after it is work of its own', () => {
    const site = flooded(12);
    for (let n = 12; n < 20; n += 1) trips(site, n, later(clock('10:08'), seconds(n)));
    site.wait(clock('10:15'));
    expect(incident(site)).toMatchObject({ value: 20 });
    expect(incident(site)).not.toHaveProperty('clearedAt');
    site.wait(later(ten, hours(1)));
    expect(incident(site)).toHaveProperty('clearedAt');
    trips(site, 35, clock('12:00'));
    expect(site.alarmOf('leak', 'lamp-35')).not.toHaveProperty('incident');
    expect(open(site)).toHaveLength(2);
  });
});
