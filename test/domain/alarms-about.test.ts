// Which alarms a screen shows with a lamp: those that are active on it, and no others.
import { expect, it } from 'vitest';
import { isActive, type Alarm } from '../../gateway/domain/alarm.ts';
import { alarmsAbout, assetsInAlarm } from '../../gateway/domain/alarms-about.ts';
import { FLOOD } from '../../gateway/domain/flood.ts';
import { booked } from '../../gateway/domain/slices.ts';
import { alarm } from '../store/entries.ts';
import { seeded } from './filling-world.ts';

const ASSETS = ['l1', 'l2', 'l3', 'c1'];
const STATES = ['active-unacknowledged', 'latched', 'normal', 'shelved'] as const;

const shelfOf = (saved: readonly Alarm[]) => {
  const { slices } = booked(saved, () => false);
  return alarmsAbout(slices);
};

it('begins with what was saved, and forgets what has cleared or was dropped', () => {
  const one = alarm({ id: 'a1', asset: 'l1', state: 'active-unacknowledged' });
  const { slices, about } = shelfOf([one, alarm({ id: 'a2', asset: 'l1', state: 'normal' })]);
  expect(about('l1')).toEqual([one]);
  slices.put('a1', { ...one, state: 'returned-unacknowledged', clearedAt: one.raisedAt });
  expect(about('l1')).toEqual([]);
  slices.put('a1', one);
  slices.drop('a1');
  expect(about('l1')).toEqual([]);
});

it('shows the alarm of a dark circuit with each lamp that it explains, and a flood with none of those in it', () => {
  const { slices, about } = shelfOf([]);
  const circuit = alarm({ id: 'a1', asset: 'c1', inside: ['l1', 'l2', 'l1'], state: STATES[0] });
  slices.put('a1', circuit);
  slices.put('a2', { ...circuit, id: 'a2', rule: FLOOD, asset: 'l3' });
  expect(ASSETS.map((asset) => about(asset).map(({ id }) => id))).toEqual([
    ['a1'],
    ['a1'],
    ['a2'],
    ['a1'],
  ]);
  slices.put('a1', { ...circuit, inside: ['l2'] });
  expect(about('l1')).toEqual([]);
  expect(about('l2').map(({ inside }) => inside)).toEqual([['l2']]);
});

it('is at every moment what looking through all alarms would find', () => {
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const { slices, about } = shelfOf([]);
  for (let change = 0; change < 2000; change += 1) {
    const id = `a${Math.floor(random() * 12)}`;
    const inside = ASSETS.filter(() => random() < 0.3);
    const next = alarm({ id, asset: pick(ASSETS), inside, state: pick(STATES) });
    if (random() < 0.1) slices.drop(id);
    else slices.put(id, next);
    const all = [...slices.all()]
      .map(([, one]) => one)
      .filter((one) => isActive(one) && one.state !== 'normal');
    for (const asset of ASSETS) {
      const found = all.filter((one) => assetsInAlarm(one).includes(asset));
      expect(about(asset).toSorted(byId)).toEqual(found.toSorted(byId));
    }
  }
});

const byId = (a: Alarm, b: Alarm): number => a.id.localeCompare(b.id);
