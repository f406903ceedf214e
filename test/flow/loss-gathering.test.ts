import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import type { Entry, LossEntry } from '../../gateway/domain/record.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createLossGathering } from '../../gateway/flow/losses/loss-gathering.ts';
import type { Dropped } from '../../gateway/sources/source.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { COMPOUND } from '../fakes/small-site.ts';

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

function gathering() {
  const clock = handClock('2026-11-02T09:00:00+08:00');
  const written: LossEntry[] = [];
  const faults: unknown[] = [];
  let isFailing = false;
  const append = async (entries: readonly Entry[]): Promise<number> => {
    if (isFailing) throw new Fault('store-write-failed', 'writing a group: disk full');
    written.push(...entries.filter((entry) => entry.kind === 'loss'));
    return written.length;
  };
  const losses = createLossGathering({
    compound: COMPOUND,
    log: { append },
    clock,
    onFault: (fault) => void faults.push(fault),
  });
  const wait = async (span: number): Promise<void> => {
    clock.moveBy(seconds(span));
    await turns();
  };
  return { ...losses, clock, written, faults, wait, fail: (now: boolean) => (isFailing = now) };
}

const shed = (more: Partial<Dropped> = {}): Dropped => ({
  source: 'broker',
  reason: 'shed',
  count: 1,
  ...more,
});

it('drops of one kind are written once in ten seconds, with their sum and span', async () => {
  const { lost, written, wait, clock } = gathering();
  const began = clock.now();
  lost(shed());
  await wait(4);
  lost(shed({ count: 2 }));
  lost(shed({ device: 'k1' }));
  lost(shed({ reason: 'storage' }));
  await wait(5);
  expect(written).toEqual([]);
  await wait(1);
  expect(written.map(({ reason, device, count }) => [reason, device, count])).toEqual([
    ['shed', undefined, 3],
    ['shed', 'k1', 1],
    ['storage', undefined, 1],
  ]);
  expect(written[0]).toMatchObject({ from: began, to: began + 4000, receivedAt: began + 10_000 });
});

it('what a failing store cannot take is told when it can, in the same sums', async () => {
  const { lost, written, wait, fail, faults } = gathering();
  fail(true);
  lost(shed());
  await wait(10);
  lost(shed());
  await wait(10);
  expect([written.length, faults.length]).toEqual([0, 2]);
  fail(false);
  await wait(10);
  expect(written).toMatchObject([{ count: 2 }]);
});

it('a stranger has no count of his own', async () => {
  const { lost, written, wait } = gathering();
  for (let n = 0; n < 1000; n += 1) lost(shed({ device: `stranger-${n}` }));
  await wait(10);
  expect(written).toMatchObject([{ count: 1000 }]);
  expect(written[0]).not.toHaveProperty('device');
});

it('at the end what is left is written, and nothing waits any longer', async () => {
  const { lost, written, finish, wait } = gathering();
  lost(shed());
  await finish();
  expect(written).toHaveLength(1);
  await wait(60);
  expect(written).toHaveLength(1);
});

it('whatever fails meanwhile, everything that was dropped is told exactly once', async () => {
  const step = fc.oneof(
    fc.record({ device: fc.constantFrom('k1', 'lamp-1', 'nobody'), count: fc.nat(5) }),
    fc.boolean(),
    fc.integer({ min: 1, max: 15 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { lost, written, wait, fail, finish } = gathering();
      for (const one of steps) {
        if (typeof one === 'object') lost(shed(one));
        else if (typeof one === 'boolean') fail(one);
        else await wait(one);
      }
      fail(false);
      await finish();
      const dropped = steps.reduce<number>(
        (sum, one) => sum + (typeof one === 'object' ? one.count : 0),
        0,
      );
      expect(written.reduce((sum, { count }) => sum + count, 0)).toBe(dropped);
    }),
  );
});
