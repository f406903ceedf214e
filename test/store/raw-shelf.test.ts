// Raw bytes are kept for looking at, and never fill the disk.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RejectionEntry } from '../../gateway/domain/record.ts';
import type { StoreSettings } from '../../gateway/store/log.ts';
import { minutes } from '../../gateway/domain/time.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { at, settingsFor } from './entries.ts';

const rejection = (afterMs: number): RejectionEntry => ({
  kind: 'rejection',
  source: 'broker',
  reason: 'not-json',
  receivedAt: at(afterMs),
});

async function shelf(limits: Partial<StoreSettings>) {
  const settings = { ...settingsFor(temporaryFolder()), ...limits };
  let store = await openStore(settings);
  onTestFinished(() => store.close());
  return {
    refuse: (afterMs: number, size: number) =>
      store.log.append([rejection(afterMs)], [{ index: 0, bytes: new Uint8Array(size) }]),
    tick: (afterMs: number) => store.log.append([{ kind: 'tick', receivedAt: at(afterMs) }]),
    /** Sequences of the rejections whose bytes are still there, oldest first. */
    kept: async () =>
      (await store.books.rejections(100))
        .filter(({ rawHex }) => rawHex !== undefined)
        .map(({ sequence }) => sequence)
        .reverse(),
    restart: async () => {
      await store.close();
      store = await openStore(settings);
    },
  };
}

describe('the shelf of raw bytes', () => {
  it('holds as many bytes as allowed and drops the oldest for the next', async () => {
    const { refuse, kept } = await shelf({ rawKeepBytes: 100 });
    for (const size of [50, 30, 20]) await refuse(0, size);
    expect(await kept()).toEqual([1, 2, 3]);
    await refuse(0, 1);
    expect(await kept()).toEqual([2, 3, 4]);
  });

  it('does not keep a message larger than all of it', async () => {
    const { refuse, kept } = await shelf({ rawKeepBytes: 100 });
    await refuse(0, 10);
    await refuse(0, 101);
    expect(await kept()).toEqual([]);
    await refuse(0, 100);
    expect(await kept()).toEqual([3]);
  });

  it('drops what is older than allowed, also when nothing more is refused', async () => {
    const { refuse, tick, kept } = await shelf({ rawKeep: minutes(10) });
    await refuse(0, 1);
    await refuse(60_000, 1);
    await tick(600_000);
    expect(await kept()).toEqual([1, 2]);
    await tick(600_001);
    expect(await kept()).toEqual([2]);
  });

  it('knows after a restart how much it holds', async () => {
    const { refuse, kept, restart } = await shelf({ rawKeepBytes: 100, rawKeep: minutes(10) });
    await refuse(0, 60);
    await refuse(1, 40);
    await restart();
    await refuse(2, 1);
    expect(await kept()).toEqual([2, 3]);
    await restart();
    await refuse(600_002, 1);
    expect(await kept()).toEqual([3, 4]);
  });
});
