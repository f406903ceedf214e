// The disk is full: nothing is acknowledged that is not on it, the store gives up what is missed
// least, goes on by itself, and starts.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store, StoreSettings } from '../../gateway/store/log.ts';
import { ballastIn } from '../../gateway/store/ballast.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { until } from '../tools.ts';
import { at, reading, settingsFor } from './entries.ts';
import { mayMount, smallDisk } from './small-disk.ts';

const MIB = 1024 * 1024;

async function opened(settings: StoreSettings): Promise<Store> {
  const store = await openStore(settings);
  onTestFinished(() => store.close());
  return store;
}

const group = (first: number, count = 500) =>
  Array.from({ length: count }, (_, index) => {
    const moment = at((first + index) * 1000);
    return reading({ value: first + index + 0.1234567, observedAt: moment, receivedAt: moment });
  });

/** Appends until the store refuses, or `most` readings are in; the last acknowledged sequence. */
async function appendUntilRefused(store: Store, most: number): Promise<number> {
  let last = store.log.head();
  while (last < most) {
    const written = await store.log.append(group(last)).catch(() => undefined);
    if (written === undefined) return last;
    last = written + 499;
  }
  return last;
}

describe.skipIf(!mayMount())('a full disk', () => {
  it('refuses what cannot be made durable, and takes it once there is room', async () => {
    const disk = smallDisk(24);
    const store = await opened({
      ...settingsFor(path.join(disk.dir, 'data')),
      followers: ['step'],
    });
    await store.log.append(group(0));
    disk.fill();
    // nobody has followed the log: nothing may go
    const last = await appendUntilRefused(store, 2_000_000);
    expect(store.health()).toMatchObject({
      state: 'failing',
      why: expect.stringContaining('full'),
    });
    expect(store.log.head()).toBe(last);
    disk.clear();
    await until('it has tried by itself', () => store.health().state === 'ok');
    expect(await store.log.append(group(last))).toBe(last + 1);
    const records = await store.log.readAfter(0, 1_000_000);
    expect(records.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: last + 500 }, (_, index) => index + 1),
    );
  });

  it('gives up the oldest that everybody has passed, and so goes on for ever', async () => {
    const disk = smallDisk(56);
    const store = await opened({
      ...settingsFor(path.join(disk.dir, 'data')),
      followers: ['step'],
    });
    let last = 0;
    for (let round = 0; round < 1600; round += 1) {
      const first = await store.log.append(group(last));
      expect(first).toBe(last + 1);
      last = first + 499;
      if (round % 10 === 0) await store.cursors.move('step', last);
    }
    expect(store.health().state).toBe('ok');
    const [oldest] = await store.log.readAfter(0, 1);
    expect(oldest?.sequence).toBeGreaterThan(1);
    const kept = await store.log.readAfter((oldest?.sequence ?? 0) - 1, 1_000_000);
    expect(kept.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: kept.length }, (_, index) => (oldest?.sequence ?? 0) + index),
    );
    expect(kept.at(-1)?.sequence).toBe(last);
    expect((await store.books.pruned()).gaps).toEqual([]);
  });

  it('at the start costs the ballast, and the store opens and says so', async () => {
    const disk = smallDisk(24);
    const dir = path.join(disk.dir, 'data');
    const settings = { ...settingsFor(dir), followers: ['step'], ballastBytes: 4 * MIB };
    const before = await openStore(settings);
    await before.log.append(group(0));
    await before.cursors.move('step', 500);
    await before.close();
    const ballast = ballastIn(dir, 4 * MIB);
    while (ballast.grow());
    disk.fill();
    expect(disk.freeBytes()).toBe(0);

    await expect(openStore({ ...settings, ballastBytes: 0 })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
    const store = await opened(settings);
    expect(existsSync(path.join(dir, 'ballast'))).toBe(false);
    expect(store.health().notes).toEqual([]);
    expect(await store.log.append(group(500))).toBe(501);
    expect(store.health().notes).toEqual([expect.stringContaining('the ballast is spent')]);
  });

  it('has its ballast back once there is room for it twice', async () => {
    const disk = smallDisk(16);
    const ballast = ballastIn(disk.dir, 4 * MIB);
    while (ballast.grow());
    expect(statSync(path.join(disk.dir, 'ballast')).size).toBe(4 * MIB);
    expect(ballast.drop()).toBe(true);
    expect(ballast.note()).toContain('9 MB');
    disk.fill(6 * MIB);
    expect(ballast.grow()).toBe(true);
    expect(readdirSync(disk.dir)).toEqual(['stranger']);
    disk.clear();
    while (ballast.grow());
    expect(statSync(path.join(disk.dir, 'ballast')).size).toBe(4 * MIB);
    expect(ballast.note()).toBeUndefined();
  });
});
