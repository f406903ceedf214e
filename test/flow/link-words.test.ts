import { expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import type { Entry } from '../../gateway/domain/record.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createLinkWords } from '../../gateway/flow/link-words.ts';
import { handClock } from '../fakes/hand-clock.ts';

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

function world() {
  const clock = handClock('2026-11-20T08:00:00Z');
  const written: string[] = [];
  const tried: number[] = [];
  const faults: unknown[] = [];
  let failing: Fault | undefined;
  const link = createLinkWords({
    clock,
    onFault: (fault) => void faults.push(fault),
    log: {
      append(entries: readonly Entry[]) {
        tried.push(entries.length);
        if (failing) return Promise.reject(failing);
        for (const entry of entries) {
          if (entry.kind === 'link') written.push(`${entry.id} ${entry.state}`);
        }
        return Promise.resolve(written.length);
      },
    },
  });
  const says = (id: string, ...states: ('up' | 'down')[]): void => {
    for (const state of states) link({ of: 'device', id, state });
  };
  return {
    clock,
    written,
    tried,
    faults,
    says,
    fails: (fault?: Fault) => void (failing = fault),
  };
}

const DISK_FULL = new Fault('store-write-failed', 'disk full');

it('each word is written in the order in which it was said, those of one breath together', async () => {
  const { says, written, tried } = world();
  says('k1', 'up', 'down', 'up');
  await turns();
  expect(written).toEqual(['k1 up', 'k1 down', 'k1 up']);
  expect(tried).toEqual([1, 2]);
});

it('a word that the disk refuses is written before one that is said later', async () => {
  const { says, written, fails, clock } = world();
  fails(DISK_FULL);
  says('k1', 'down');
  await turns();
  fails();
  says('k2', 'up');
  await turns();
  expect(written).toEqual([]);
  clock.moveBy(seconds(1));
  await turns();
  expect(written).toEqual(['k1 down', 'k2 up']);
});

it('while the disk fails a thousand flaps wait as one word, and it is tried once a second', async () => {
  const { says, written, tried, faults, fails, clock } = world();
  fails(DISK_FULL);
  for (let second = 0; second < 100; second += 1) {
    says('k1', 'down', 'up', 'down', 'up', 'down');
    says('k2', 'down', 'up');
    await turns();
    clock.moveBy(seconds(1));
    await turns();
  }
  expect(Math.max(...tried)).toBeLessThanOrEqual(7); // what was said before it was known to fail
  expect(tried.slice(2)).toEqual(Array(tried.length - 2).fill(2));
  expect(faults.length).toBeLessThanOrEqual(101);
  fails();
  clock.moveBy(seconds(1));
  await turns();
  expect(written).toEqual(['k1 down', 'k2 up']);
});

it('what a stopping store refuses is not tried again', async () => {
  const { says, tried, fails, clock } = world();
  fails(new Fault('stopping', 'writing to the store: it is being closed'));
  says('k1', 'down');
  await turns();
  clock.moveBy(seconds(60));
  await turns();
  expect(tried).toEqual([1]);
});
