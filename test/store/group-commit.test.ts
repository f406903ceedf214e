// Many writes, few waits for the disk.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Write, Written } from '../../gateway/store/write-group.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { groupCommit } from '../../gateway/store/group-commit.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder, until } from '../tools.ts';
import { reading, settingsFor } from './entries.ts';

const move = (to: number): Write => ({ kind: 'move', follower: 'f', to, parked: [] });

/** A disk that is done when the test says so. */
function handDisk() {
  const groups: (readonly Write[])[] = [];
  let put: Write[] = [];
  let answer: PromiseWithResolvers<readonly Written[]> = Promise.withResolvers();
  return {
    groups,
    put: (write: Write) => void put.push(write),
    commit: () => {
      groups.push(put);
      put = [];
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
    const queue = groupCommit(disk);
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
    const queue = groupCommit(disk);
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
    const queue = groupCommit(disk);
    await queue.idle();
    let idle = false;
    const added = queue.add(move(1));
    const waiting = queue.idle().then(() => (idle = true));
    await aMoment();
    expect(idle).toBe(false);
    disk.done();
    await Promise.all([added, waiting]);
  });

  it('waits for company only in a flood, and no longer than it must', async () => {
    const disk = handDisk();
    let now = 0;
    const queue = groupCommit(disk, { ms: 60_000, entries: 3, above: 15 }, () => now);
    const answered: Promise<number>[] = [];
    const append = async (count: number): Promise<void> => {
      for (let one = 0; one < count; one += 1)
        answered.push(queue.add({ kind: 'append', entries: [reading({})], raw: [] }));
      await aMoment();
    };
    await append(2);
    disk.done();
    now = 100; // two in a tenth of a second are twenty in a second
    await append(1);
    expect(disk.groups.map((group) => group.length)).toEqual([2, 1]);
    disk.done();
    await append(2);
    expect(disk.groups).toHaveLength(2);
    await append(1);
    expect(disk.groups.map((group) => group.length)).toEqual([2, 1, 3]);
    disk.done();
    now = 900; // after a quiet moment nobody waits for company
    await append(1);
    expect(disk.groups.map((group) => group.length)).toEqual([2, 1, 3, 1]);
    disk.done();
    await Promise.all(answered);
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

describe('a group that waits for company', () => {
  const COMPANY = { ms: 60_000, entries: 10, above: 0 };
  const append = (count: number): Write => ({
    kind: 'append',
    entries: Array.from({ length: count }, () => reading()),
    raw: [],
  });
  const command: Write = {
    kind: 'append',
    raw: [],
    entries: [
      {
        kind: 'command',
        on: 'ticket',
        action: 'open',
        by: '王师傅',
        role: 'cleaner',
        body: {},
        receivedAt: reading().receivedAt,
      },
    ],
  };

  it.each<[string, Write]>([
    ['enough have come', append(7)],
    ['a person waits for one of them', command],
    ['somebody is to be told of an alarm', { kind: 'tell', notices: [] }],
  ])('leaves when %s', async (_, last) => {
    const disk = handDisk();
    const queue = groupCommit(disk, COMPANY);
    const all = [queue.add(append(2)), queue.add(append(1))];
    await aMoment();
    await aMoment();
    expect(disk.groups).toEqual([]);
    all.push(queue.add(last));
    await aMoment();
    expect(disk.groups.map((group) => group.length)).toEqual([3]);
    disk.done();
    expect(await Promise.all(all)).toEqual([0, 1, 2]);
    const next = queue.add(append(1));
    await aMoment();
    expect(disk.groups).toHaveLength(1);
    const idle = queue.idle();
    await aMoment();
    disk.done();
    await Promise.all([next, idle]);
  });

  it('leaves when it has waited for so long, and not before it is durable is anybody answered', async () => {
    const disk = handDisk();
    const queue = groupCommit(disk, { ms: 30, entries: 10, above: 0 });
    let answered = false;
    const added = queue.add(append(1)).then(() => (answered = true));
    await until('it has left', () => disk.groups.length === 1);
    await aMoment();
    expect(answered).toBe(false);
    disk.done();
    await added;
  });
});

describe('what waits', () => {
  it('is counted until it is answered, well or not', async () => {
    const disk = handDisk();
    const queue = groupCommit(disk);
    const entries = [reading(), reading()];
    const raw = [{ index: 0, bytes: new Uint8Array(100_000) }];
    const first = queue.add({ kind: 'append', entries, raw });
    await aMoment();
    const second = queue.add({ kind: 'append', entries, raw: [] });
    const { waitingEntries, waitingBytes } = queue.waiting();
    expect(waitingEntries).toBe(4);
    expect(waitingBytes).toBeGreaterThan(100_000);
    expect(waitingBytes).toBeLessThan(110_000);
    disk.done();
    await first;
    expect(queue.waiting()).toMatchObject({ waitingEntries: 2 });
    await aMoment();
    disk.breaks();
    await expect(second).rejects.toMatchObject({ code: 'store-write-failed' });
    expect(queue.waiting()).toEqual({ waitingEntries: 0, waitingBytes: 0 });
  });
});
