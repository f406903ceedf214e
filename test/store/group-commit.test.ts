// Many writes, few waits for the disk.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Write, Written } from '../../gateway/store/write-group.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { groupCommit } from '../../gateway/store/group-commit.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { reading, settingsFor } from './entries.ts';

const move = (to: number): Write => ({ kind: 'move', follower: 'f', to, parked: [] });

/** A disk that is done when the test says so. */
function handDisk() {
  const groups: (readonly Write[])[] = [];
  let answer: PromiseWithResolvers<readonly Written[]> = Promise.withResolvers();
  return {
    groups,
    commit: (group: readonly Write[]) => {
      groups.push(group);
      answer = Promise.withResolvers();
      return answer.promise;
    },
    done: () => answer.resolve((groups.at(-1) ?? []).map((_, index) => ({ first: index }))),
    breaks: () => answer.reject(new Fault('store-write-failed', 'disk full')),
  };
}

const aMoment = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('sends one group at a time; what comes meanwhile is the next', async () => {
    const disk = handDisk();
    const queue = groupCommit(disk.commit);
    const first = [queue.add(move(1)), queue.add(move(2))];
    await aMoment();
    const second = [queue.add(move(3)), queue.add(move(4)), queue.add(move(5))];
    await aMoment();
    expect(disk.groups.map((group) => group.length)).toEqual([2]);
    disk.done();
    await Promise.all(first);
    await aMoment();
    expect(disk.groups.map((group) => group.length)).toEqual([2, 3]);
    disk.done();
    expect(await Promise.all(second)).toEqual([0, 1, 2]);
  });

  it('rejects every write of a group that failed, and goes on with the next', async () => {
    const disk = handDisk();
    const queue = groupCommit(disk.commit);
    const first = Promise.allSettled([queue.add(move(1)), queue.add(move(2))]);
    await aMoment();
    const next = queue.add(move(3));
    disk.breaks();
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await aMoment();
    disk.done();
    expect(await next).toBe(0);
  });

  it('is idle when all that was added is answered', async () => {
    const disk = handDisk();
    const queue = groupCommit(disk.commit);
    await queue.idle();
    let idle = false;
    const added = queue.add(move(1));
    const waiting = queue.idle().then(() => (idle = true));
    await aMoment();
    expect(idle).toBe(false);
    disk.done();
    await Promise.all([added, waiting]);
  });

  it('needs under 100 commits for 1000 appends that arrive together', async () => {
    const store = await openStore(settingsFor(temporaryFolder()));
    onTestFinished(() => store.close());
    const arrive = async (value: number) => {
      for (let turn = 0; turn < value % 10; turn += 1) await aMoment();
      return store.log.append([reading({ value })]);
    };
    const sequences = await Promise.all(Array.from({ length: 1000 }, (_, value) => arrive(value)));
    expect(new Set(sequences).size).toBe(1000);
    expect(store.health().commits).toBeLessThan(100);
  });
});
