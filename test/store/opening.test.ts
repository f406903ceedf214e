// What is true of a store that has just been opened, and what keeps it from opening.
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../gateway/store/log.ts';
import { DATABASE, assureDurable, openConnection } from '../../gateway/store/connection.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { reading, settingsFor } from './entries.ts';

async function opened(dir: string): Promise<Store> {
  const store = await openStore(settingsFor(dir));
  onTestFinished(() => store.close());
  return store;
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe('opening the store', () => {
  it('makes a folder that only the gateway’s user may read', async () => {
    const dir = path.join(temporaryFolder(), 'new', 'data');
    const store = await opened(dir);
    await store.log.append([reading()]);
    await store.log.append([reading()]); // and with it all that follows the first is done
    expect(modeOf(dir)).toBe('700');
    const files = readdirSync(dir);
    expect(files).toContain(`${DATABASE}-wal`);
    expect(files.map((file) => modeOf(path.join(dir, file)))).toEqual(files.map(() => '600'));
  });

  it('goes on after the last sequence of the time before', async () => {
    const dir = temporaryFolder();
    const before = await openStore(settingsFor(dir));
    await before.log.append([reading(), reading()]);
    await before.close();
    const { log } = await opened(dir);
    expect(log.head()).toBe(2);
    expect(await log.append([reading()])).toBe(3);
  });

  it('never gives a sequence again, even where every record that was followed is pruned', async () => {
    const dir = temporaryFolder();
    const before = await openStore(settingsFor(dir));
    await before.log.append([reading(), reading()]);
    await before.cursors.move('influx', 2);
    await before.close();
    new DatabaseSync(path.join(dir, DATABASE)).exec('DELETE FROM log');
    const { log } = await opened(dir);
    expect(await log.append([reading()])).toBe(3);
  });

  it('remembers cursors, dead letters and the step', async () => {
    const dir = temporaryFolder();
    const before = await openStore(settingsFor(dir));
    await before.cursors.move('influx', 2, [
      { sequence: 1, words: 'no', at: reading().observedAt },
    ]);
    await before.step.save({ cursor: 5, puts: [['a', '1']], alarms: [], tickets: [], derived: [] });
    await before.close();
    const { cursors, step, books } = await opened(dir);
    expect(await cursors.position('influx')).toBe(2);
    expect(await books.deadLetters(9)).toHaveLength(1);
    expect(await step.load()).toMatchObject({ cursor: 5, slices: [['a', '1']] });
  });
});

describe('durability', () => {
  it('is read back from the connection that writes', () => {
    using db = openConnection(path.join(temporaryFolder(), 'x.db'), 'write');
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  it.each(['PRAGMA synchronous = NORMAL', 'PRAGMA journal_mode = DELETE'])(
    'that was weakened by %s keeps the store from opening',
    (weakening) => {
      using db = openConnection(path.join(temporaryFolder(), 'x.db'), 'write');
      db.exec(weakening);
      expect(() => assureDurable(db)).toThrow(
        expect.objectContaining({ code: 'store-not-durable' }),
      );
    },
  );
});

describe('a store that cannot be opened', () => {
  it('is in use by another gateway, which goes on undisturbed', async () => {
    const dir = temporaryFolder();
    const first = await opened(dir);
    await expect(openStore(settingsFor(dir))).rejects.toMatchObject({ code: 'store-in-use' });
    await expect(openStore(settingsFor(dir))).rejects.toMatchObject({ code: 'store-in-use' });
    expect(await first.log.append([reading()])).toBe(1);
  });

  it('is free again once its gateway has closed it', async () => {
    const dir = temporaryFolder();
    await (await openStore(settingsFor(dir))).close();
    expect((await opened(dir)).health().state).toBe('ok');
  });

  it('was written by a newer version, and is left as it is', async () => {
    const dir = temporaryFolder();
    await (await openStore(settingsFor(dir))).close();
    using db = new DatabaseSync(path.join(dir, DATABASE));
    db.exec('PRAGMA user_version = 99');
    await expect(openStore(settingsFor(dir))).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining('99'),
    });
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    db.exec('PRAGMA user_version = 1');
    expect((await opened(dir)).health().state).toBe('ok');
  });

  it('is none that was never a database: it is set aside', async () => {
    const dir = temporaryFolder();
    const words = 'certainly not a database, but long enough for one';
    writeFileSync(path.join(dir, DATABASE), words);
    const { recovered } = (await opened(dir)).health();
    expect(readFileSync(recovered?.setAside ?? '', 'utf8')).toBe(words);
  });

  it('lies where a folder cannot be', async () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(openStore(settingsFor(path.join(file, 'data')))).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining(file),
    });
  });

  it('has a folder in the place of its database', async () => {
    const dir = temporaryFolder();
    mkdirSync(path.join(dir, DATABASE));
    await expect(openStore(settingsFor(dir))).rejects.toMatchObject({ code: 'store-unavailable' });
  });
});
