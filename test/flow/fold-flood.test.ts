// Alarms by the hundred: who is told outside waits for no save, is told what is durable, and is told once.
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { milliseconds, type Instant } from '../../gateway/domain/time.ts';
import type { StepSite } from '../../gateway/flow/step.ts';
import { reading } from '../fakes/folded-site.ts';
import { LEAK, SMALL_SITE } from '../fakes/small-site.ts';
import { until } from '../tools.ts';
import { failingStore } from './failing-store.ts';
import { folding, turns } from './folding.ts';

describe('in a flood of alarms', () => {
  const LEAKING: StepSite = { ...SMALL_SITE, rules: [LEAK], channels: [{ id: 'ops' }] };
  const leak = (value: number, at: Instant): Entry =>
    reading({ asset: 'lamp-1', quantity: 'leak', value, at });

  async function flooded() {
    const house = await folding(failingStore(), undefined, LEAKING);
    const { store, clock, told } = house;
    const say = async (value: number): Promise<void> => {
      await store.log.append([leak(value, clock.now())]);
      await turns();
    };
    await say(35);
    await until('the first is told', () => told.length === 1);
    expect(store.attempts).toHaveLength(1);
    return { ...house, say };
  }

  it('what is to be told waits for no save, and is in the outbox before it is told', async () => {
    const { store, clock, told, say } = await flooded();
    await say(1);
    await say(40);
    await until('both are told', () => told.length === 3);
    expect(told).toEqual(['A1:raised', 'A1:cleared', 'A2:raised']);
    expect(store.attempts).toHaveLength(1);
    expect((await store.outbox.waiting('ops', 9)).map(({ key }) => key)).toEqual(told);
    clock.moveBy(milliseconds(100));
    await until('it is saved', () => store.attempts.length === 2);
    expect(store.attempts[1]).not.toHaveProperty('notices');
  });

  it('what could not be written ahead is told with the save, once', async () => {
    const { store, clock, told, say, faults } = await flooded();
    store.fail('tell', 1);
    await say(1);
    await until('the disk has failed', () => faults.length === 1);
    expect(told).toEqual(['A1:raised']);
    clock.moveBy(milliseconds(100));
    await until('it is told', () => told.length === 2);
    expect(store.attempts[1]).toMatchObject({ notices: [{ key: 'A1:cleared' }] });
  });

  it('killed before the save, the same is folded again under the same keys, and what was told stays told', async () => {
    const { store, told, say } = await flooded();
    await say(1);
    await say(40);
    await until('both are told', () => told.length === 3);
    await store.outbox.settle('ops', [{ key: 'A1:cleared', kind: 'told' }]);
    const again = await folding(store, undefined, LEAKING);
    await until('it is folded again', () => again.fold.position() === store.log.head());
    await again.fold.settled(3);
    const waiting = await store.outbox.waiting('ops', 9);
    expect(waiting.map(({ key }) => key)).toEqual(['A1:raised', 'A2:raised']);
  });
});
