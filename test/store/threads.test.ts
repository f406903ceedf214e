// One of the store's threads dies: what it held is refused, and the next one takes its place.
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../gateway/store/log.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { reading, settingsFor } from './entries.ts';

/** A store, and how to kill its thread of some name as a crash in it would. */
async function opened(
  dir = temporaryFolder(),
): Promise<{ store: Store; kill: (name: string) => Promise<void> }> {
  const threads: Worker[] = [];
  const listen = (thread: Worker): void => void threads.push(thread);
  process.on('worker', listen);
  onTestFinished(() => void process.off('worker', listen));
  const store = await openStore(settingsFor(dir));
  onTestFinished(() => store.close());
  return {
    store,
    async kill(name) {
      const alive = threads.filter((thread) => thread.threadId >= 0);
      await alive.find((thread) => thread.threadName === `store ${name}`)?.terminate();
    },
  };
}

describe('a writing thread that dies', () => {
  it('is followed by another one, which goes on after all that was acknowledged', async () => {
    const { store, kill } = await opened();
    expect(await store.log.append([reading({ value: 1 }), reading({ value: 2 })])).toBe(1);
    await kill('writer.ts');
    expect(await store.log.append([reading({ value: 3, asset: 'k9-new' })])).toBe(3);
    await kill('writer.ts');
    expect(await store.log.append([reading({ value: 4 })])).toBe(4);
    expect(store.health()).toMatchObject({ state: 'ok', restarts: 2, head: 4 });
    expect(await store.log.readAfter(0, 10)).toMatchObject(
      [1, 2, 3, 4].map((value) => ({ sequence: value, value })),
    );
    expect(store.health().notes).toEqual([]);
  });

  it('loses nothing where it folded its journal in as it died, for nobody was reading', async () => {
    const { store, kill } = await opened();
    await store.log.append([reading({ value: 1 })]);
    await store.books.alarms('all', 1);
    await kill('reader.ts');
    await kill('writer.ts');
    expect(await store.log.append([reading({ value: 2 })])).toBe(2);
    expect(store.health().notes).toEqual([]);
  });

  it('takes with it what it had not answered, and no more', async () => {
    const { store, kill } = await opened();
    await store.log.append([reading()]);
    const answers = Promise.allSettled(
      Array.from({ length: 20 }, (_, value) => store.log.append([reading({ value })])),
    );
    await Promise.resolve();
    const killed = kill('writer.ts');
    const settled = await answers;
    await killed;
    const refused = settled.filter(({ status }) => status === 'rejected');
    for (const one of refused)
      expect(one).toMatchObject({ reason: { code: 'store-write-failed' } });
    const sequence = await store.log.append([reading()]);
    expect(sequence).toBeGreaterThanOrEqual(22 - refused.length);
    expect(store.health()).toMatchObject({ state: 'ok', restarts: 1 });
  });
});

describe('a reading thread that dies', () => {
  it('is followed by another one', async () => {
    const { store, kill } = await opened();
    await store.cursors.move('influx', 7);
    expect(await store.cursors.position('influx')).toBe(7);
    await kill('reader.ts');
    expect(await store.cursors.position('influx')).toBe(7);
  });

  it('leaves whoever reads the log where it stood, with the names of all series', async () => {
    const dir = temporaryFolder();
    const written = await openStore(settingsFor(dir));
    const entries = Array.from({ length: 100 }, (_, index) =>
      reading({ value: index, asset: `bin-${index % 9}` }),
    );
    await written.log.append(entries);
    await written.close(); // so that nothing is in memory
    const { store, kill } = await opened(dir);
    const seen = await store.log.readAfter(0, 3);
    await kill('reader.ts');
    for (let cursor = 3; cursor < 100; cursor = seen.length)
      seen.push(...(await store.log.readAfter(cursor, 3)));
    expect(seen).toEqual(entries.map((entry, index) => ({ ...entry, sequence: index + 1 })));
  });
});
