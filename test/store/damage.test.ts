// A database that was damaged while nobody looked: the gateway starts all the same, with everything
// that can be read, says what happened, and never gives a sequence twice.
import {
  closeSync,
  cpSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogRecord } from '../../gateway/domain/record.ts';
import type { Ticket } from '../../gateway/domain/ticket.ts';
import type { Store } from '../../gateway/store/log.ts';
import { DATABASE } from '../../gateway/store/connection.ts';
import { TABLES } from '../../gateway/store/salvage.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { reading, settingsFor } from './entries.ts';
import { FULL_STORE_READINGS, fullStore } from './full-store.ts';

const READINGS = FULL_STORE_READINGS;
const prepared = fullStore;
const database = (dir: string): string => path.join(dir, DATABASE);

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

async function opened(dir: string): Promise<Store> {
  const store = await openStore(settingsFor(dir));
  onTestFinished(() => store.close());
  return store;
}

const everythingIn = (store: Store): Promise<LogRecord[]> => store.log.readAfter(0, 1_000_000);

describe('a damaged database', () => {
  it('is set aside whole, and its successor has all but the page that cannot be read', async () => {
    const dir = await prepared();
    const before = readFileSync(database(dir));
    // the 30th page that is a leaf of a table, well within the log
    const leaves = Array.from({ length: before.length / 4096 }, (_, page) => page).filter(
      (page) => before[page * 4096] === 13 && page > 0,
    );
    const victim = leaves[30] ?? 0;
    overwrite(database(dir), victim * 4096, new Uint8Array(4096).fill(0xa5));
    const damaged = readFileSync(database(dir));

    const store = await opened(dir);
    const { recovered, state } = store.health();
    expect(state).toBe('ok');
    expect(recovered?.damaged).toEqual(['log']);
    expect(recovered?.why).toMatch(/./);
    expect(readFileSync(recovered?.setAside ?? '').equals(damaged)).toBe(true);

    const records = await everythingIn(store);
    const { gaps } = await store.books.pruned();
    const missing = gaps.reduce((sum, { count }) => sum + count, 0);
    expect(missing).toBeGreaterThan(0);
    expect(missing).toBeLessThan(300);
    expect(records.length + missing).toBe(READINGS);
    const kept = new Set(records.map(({ sequence }) => sequence));
    for (const { first, last } of gaps)
      for (let lost = first; lost <= last; lost += 1) expect(kept.has(lost)).toBe(false);
    for (const record of records)
      expect(record).toMatchObject({ kind: 'reading', value: record.sequence - 1 });

    expect(await store.books.tickets('all', 100)).toHaveLength(60);
    expect((await store.step.load()).slices).toHaveLength(50);
    expect(await store.cursors.position('influx')).toBe(READINGS - 10);
    expect(await store.log.append([reading()])).toBeGreaterThan(READINGS);
  });

  it('is no longer damaged at the next start', async () => {
    const dir = await prepared();
    overwrite(database(dir), 4096 * 5, new Uint8Array(4096).fill(0xa5));
    const first = await openStore(settingsFor(dir));
    const sequence = await first.log.append([reading()]);
    expect(first.health().recovered).toBeDefined();
    await first.close();
    const second = await opened(dir);
    expect(second.health().recovered).toBeUndefined();
    expect(await second.log.append([reading()])).toBe(sequence + 1);
  });

  it('whose first bytes are gone loses nothing else', async () => {
    const dir = await prepared();
    overwrite(database(dir), 0, new Uint8Array(100));
    const store = await opened(dir);
    expect(store.health().recovered?.damaged).toEqual([]);
    expect(await everythingIn(store)).toHaveLength(READINGS);
    expect(await store.books.tickets('all', 100)).toHaveLength(60);
  });

  it('of which nothing can be read is replaced by an empty one that goes on with new numbers', async () => {
    const dir = await prepared();
    const size = statSync(database(dir)).size;
    writeFileSync(database(dir), new Uint8Array(size).fill(0x5a));
    const store = await opened(dir);
    expect(store.health().recovered?.damaged).toEqual(['sqlite_schema']);
    expect(await everythingIn(store)).toEqual([]);
    expect(await store.log.append([reading()])).toBeGreaterThan(READINGS);
  });

  it('with a ticket that is no JSON any more says so, and keeps the other tickets', async () => {
    const dir = await prepared();
    const file = database(dir);
    const bytes = readFileSync(file);
    // free pages may have older copies of it
    for (let place = bytes.indexOf('{"id":"t7"'); place >= 0;) {
      overwrite(file, place, Buffer.from('}'));
      place = bytes.indexOf('{"id":"t7"', place + 1);
    }
    const store = await opened(dir);
    expect(store.health().recovered?.why).toContain('tickets');
    const ids = (await store.books.tickets('all', 100)).map(({ id }: Ticket) => id);
    expect(ids).toHaveLength(59);
    expect(ids).not.toContain('t7');
  });
});

describe('the journal beside a database', () => {
  /** A gateway that was killed: its journal holds all that it wrote. */
  async function killed(): Promise<string> {
    const source = await prepared();
    const store = await openStore(settingsFor(source));
    await store.log.append([reading({ value: READINGS })]);
    await store.log.append([reading({ value: READINGS + 1 })]);
    const dir = temporaryFolder();
    cpSync(source, dir, { recursive: true });
    await store.close();
    return dir;
  }

  it('is taken in after a kill', async () => {
    const store = await opened(await killed());
    expect(await everythingIn(store)).toHaveLength(READINGS + 2);
    expect(store.health()).toMatchObject({ state: 'ok', notes: [] });
  });

  it.each([
    [
      'cut off within its last commit',
      (wal: string) => truncateSync(wal, statSync(wal).size - 100),
    ],
    [
      'with garbage behind it',
      (wal: string) => writeFileSync(wal, Buffer.alloc(9000, 0x5a), { flag: 'a' }),
    ],
  ])('%s gives back every commit that is whole', async (_, damage) => {
    const dir = await killed();
    damage(`${database(dir)}-wal`);
    const store = await opened(dir);
    const records = await everythingIn(store);
    expect(records.length).toBeGreaterThanOrEqual(READINGS + 1);
    for (const record of records.slice(0, READINGS + 1))
      expect(record).toMatchObject({ value: record.sequence - 1 });
    expect(store.health().recovered).toBeUndefined();
    expect(await store.log.append([reading()])).toBe(records.length + 1);
  });

  it('that somebody deleted is missed: what it held is a gap, and its numbers are not given again', async () => {
    const dir = await killed();
    rmSync(`${database(dir)}-wal`);
    const store = await opened(dir);
    expect(await everythingIn(store)).toHaveLength(READINGS);
    expect(store.health().notes).toEqual([expect.stringContaining('the journal was deleted')]);
    expect((await store.books.pruned()).gaps).toMatchObject([{ first: READINGS + 1, count: 0 }]);
    expect(await store.log.append([reading()])).toBeGreaterThan(READINGS + 2);
  });
});

describe('a backup that was put in the place of the database', () => {
  it('gives no number again that was given since it was taken', async () => {
    const dir = await prepared();
    const backup = readFileSync(database(dir));
    const store = await openStore(settingsFor(dir));
    await store.log.append([reading(), reading(), reading()]);
    await store.close();
    writeFileSync(database(dir), backup);
    const restored = await opened(dir);
    expect(restored.health().notes).toEqual([expect.stringContaining('3 records are not there')]);
    expect((await restored.books.pruned()).gaps).toMatchObject([
      { first: READINGS + 1, last: READINGS + 3, count: 3 },
    ]);
    expect(await restored.log.append([reading()])).toBeGreaterThan(READINGS + 3);
  });
});

describe('the salvage', () => {
  it('knows every table that there is', async () => {
    const dir = await prepared();
    using db = new DatabaseSync(database(dir), { readOnly: true });
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !name.startsWith('migrations'));
    expect(TABLES.map(([table]) => table).toSorted()).toEqual(tables.toSorted());
  });
});
