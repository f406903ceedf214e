import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { instant } from '../../gateway/domain/time.ts';
import {
  backupName,
  takeBackup,
  verifyBackup,
  type BackupOrder,
  type Vault,
} from '../../gateway/ops/backup.ts';
import { restoreBackup, type Premises, type RestoreOrder } from '../../gateway/ops/restore.ts';
import { copyStore, foldJournal, inspectStore, knowsFormat } from '../../gateway/store/snapshot.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { holdFolder } from '../../gateway/store/store-folder.ts';
import { reading, settingsFor } from '../store/entries.ts';
import { temporaryFolder } from '../tools.ts';

const NOW = instant(Date.parse('2026-11-20T12:00:00+08:00'));

const vaultOf = (dir: string): Vault => ({
  copy: (to) => copyStore(dir, to),
  inspect: (file) => inspectStore(file, 'full'),
});

const premisesOf = (dir: string): Premises => ({
  inspect: (file) => inspectStore(file, 'full'),
  knows: knowsFormat,
  hold: () => holdFolder(dir),
  fold: foldJournal,
});

const order = (to: string, changed: Partial<BackupOrder> = {}): BackupOrder => ({
  to,
  site: 'luyuan',
  version: '0.1.0',
  now: NOW,
  ...changed,
});

const wish = (file: string, changed: Partial<RestoreOrder> = {}): RestoreOrder => ({
  file,
  site: 'luyuan',
  now: NOW,
  accept: 'this-site',
  ...changed,
});

/** A store that holds `values`, closed. */
async function storeWith(dir: string, values: readonly number[]): Promise<void> {
  const store = await openStore(settingsFor(dir));
  for (const value of values) await store.log.append([reading({ value })]);
  await store.close();
}

/** What a gateway would read out of a copy. */
function valuesIn(file: string): Promise<number[]> {
  const dir = temporaryFolder();
  copyFileSync(file, `${dir}/courtyard.db`);
  return valuesAt(dir);
}

/** What a gateway that is started there reads, side files and all. */
async function valuesAt(dir: string): Promise<number[]> {
  const store = await openStore(settingsFor(dir));
  const records = await store.log.readAfter(0, 100);
  await store.close();
  return records.flatMap((record) => (record.kind === 'reading' ? [record.value] : []));
}

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('a backup', () => {
  it('is named after the site and the moment', () => {
    expect(backupName('luyuan', NOW)).toBe('courtyard-luyuan-20261120T040000Z.db');
  });

  it('taken while the gateway holds the store has all that was acknowledged before', async () => {
    const dir = temporaryFolder();
    const store = await openStore(settingsFor(`${dir}/store`));
    await store.log.append([reading({ value: 1 }), reading({ value: 2, part: 1 })]);
    const { manifest } = await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    await store.close();
    expect(await valuesIn(`${dir}/b.db`)).toEqual([1, 2]);
    expect(manifest).toMatchObject({ site: 'luyuan', head: 2, records: 2, version: '0.1.0' });
    expect(manifest.takenAt).toBe('2026-11-20T04:00:00.000Z');
  });

  it('is one file and its manifest, for nobody else to read', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/out/b.db`));
    const files = readdirSync(`${dir}/out`).sort();
    expect(files).toEqual(['b.db', 'b.db.json']);
    for (const file of files) expect(statSync(`${dir}/out/${file}`).mode & 0o777).toBe(0o600);
  });

  it('never takes the place of another', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    const before = readFileSync(`${dir}/b.db`);
    const again = takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    await expect(again).rejects.toEqual(code('backup-failed'));
    expect(readFileSync(`${dir}/b.db`).equals(before)).toBe(true);
  });

  it('of a store that is not there leaves nothing behind', async () => {
    const dir = temporaryFolder();
    const none = takeBackup(vaultOf(`${dir}/store`), order(`${dir}/out/b.db`));
    await expect(none).rejects.toEqual(code('store-unavailable'));
    expect(readdirSync(`${dir}/out`)).toEqual([]);
  });

  it('takes over from an attempt that a power cut ended', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1]);
    writeFileSync(`${dir}/b.db.unfinished`, 'half a database');
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    expect(await valuesIn(`${dir}/b.db`)).toEqual([1]);
  });
});

describe('verifying', () => {
  const taken = async (): Promise<{ dir: string; file: string; vault: Vault }> => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1, 2, 3]);
    const vault = vaultOf(`${dir}/store`);
    await takeBackup(vault, order(`${dir}/b.db`));
    return { dir, file: `${dir}/b.db`, vault };
  };

  it('passes what was written', async () => {
    const { file, vault } = await taken();
    expect(await verifyBackup(vault, file)).toMatchObject({ head: 3, records: 3 });
  });

  it.each([0, 100, 5000])('finds one changed byte at %i', async (at) => {
    const { file, vault } = await taken();
    const bytes = readFileSync(file);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(verifyBackup(vault, file)).rejects.toEqual(code('backup-damaged'));
  });

  it('finds a file that was cut short', async () => {
    const { file, vault } = await taken();
    writeFileSync(file, readFileSync(file).subarray(0, 8192));
    await expect(verifyBackup(vault, file)).rejects.toEqual(code('backup-damaged'));
  });

  it.each([
    ['is gone', (file: string) => rmSync(file)],
    ['is not JSON', (file: string) => writeFileSync(file, '{')],
    ['is of something else', (file: string) => writeFileSync(file, '{"kind":"holiday"}')],
    ['is null', (file: string) => writeFileSync(file, 'null')],
  ])('refuses a backup whose manifest %s', async (_what, spoil) => {
    const { file, vault } = await taken();
    spoil(`${file}.json`);
    await expect(verifyBackup(vault, file)).rejects.toEqual(code('backup-damaged'));
  });
});

describe('restoring', () => {
  it('puts the backup in place and keeps what was there', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1, 2]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    await storeWith(`${dir}/store`, [3]);
    const { before } = await restoreBackup(premisesOf(`${dir}/store`), wish(`${dir}/b.db`));
    expect(await valuesIn(`${dir}/store/courtyard.db`)).toEqual([1, 2]);
    expect(before).toBe(`${dir}/store/courtyard.db.before-restore-20261120T040000Z`);
    expect(await valuesIn(before ?? '')).toEqual([1, 2, 3]);
  });

  it('makes a store that a gateway opens and writes on', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1, 2]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    const { before } = await restoreBackup(premisesOf(`${dir}/new`), wish(`${dir}/b.db`));
    expect(before).toBeUndefined();
    const store = await openStore(settingsFor(`${dir}/new`));
    expect(await store.log.append([reading({ value: 3 })])).toBe(3);
    await store.close();
    expect(await valuesIn(`${dir}/new/courtyard.db`)).toEqual([1, 2, 3]);
  });

  it('is refused while a gateway holds the store', async () => {
    const dir = temporaryFolder();
    const store = await openStore(settingsFor(`${dir}/store`));
    await store.log.append([reading({ value: 1 })]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    const attempt = restoreBackup(premisesOf(`${dir}/store`), wish(`${dir}/b.db`));
    await expect(attempt).rejects.toEqual(code('store-in-use'));
    await store.log.append([reading({ value: 2 })]);
    await store.close();
    expect(await valuesIn(`${dir}/store/courtyard.db`)).toEqual([1, 2]);
  });

  it('of a damaged backup changes nothing', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    await storeWith(`${dir}/store`, [2]);
    writeFileSync(`${dir}/b.db`, 'rubbish');
    const attempt = restoreBackup(premisesOf(`${dir}/store`), wish(`${dir}/b.db`));
    await expect(attempt).rejects.toEqual(code('backup-damaged'));
    expect(await valuesIn(`${dir}/store/courtyard.db`)).toEqual([1, 2]);
    expect(readdirSync(`${dir}/store`).filter((file) => file.includes('restor'))).toEqual([]);
  });

  it('of another site’s backup needs a word', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`, { site: 'hepan' }));
    const attempt = restoreBackup(premisesOf(`${dir}/new`), wish(`${dir}/b.db`));
    await expect(attempt).rejects.toEqual(code('backup-foreign'));
    expect(existsSync(`${dir}/new`)).toBe(false);
    await restoreBackup(premisesOf(`${dir}/new`), wish(`${dir}/b.db`, { accept: 'another-site' }));
    expect(await valuesIn(`${dir}/new/courtyard.db`)).toEqual([1]);
  });

  it('of a newer Courtyard’s backup is refused', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    const older = { ...premisesOf(`${dir}/new`), knows: () => false };
    await expect(restoreBackup(older, wish(`${dir}/b.db`))).rejects.toEqual(code('store-newer'));
  });

  it('over a store that is broken keeps the broken one', async () => {
    const dir = temporaryFolder();
    await storeWith(`${dir}/store`, [1, 2]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    writeFileSync(`${dir}/store/courtyard.db`, 'no database any more');
    writeFileSync(`${dir}/store/courtyard.db-wal`, 'whose journal is this?');
    const { before = '' } = await restoreBackup(premisesOf(`${dir}/store`), wish(`${dir}/b.db`));
    expect(await valuesAt(`${dir}/store`)).toEqual([1, 2]);
    expect(readFileSync(before, 'utf8')).toBe('no database any more');
  });

  it('is not undone by a journal that lies there without its database', async () => {
    const dir = temporaryFolder();
    const store = await openStore(settingsFor(`${dir}/store`));
    await store.log.append([reading({ value: 1 })]);
    await takeBackup(vaultOf(`${dir}/store`), order(`${dir}/b.db`));
    await store.log.append([reading({ value: 2 })]);
    const journal = readFileSync(`${dir}/store/courtyard.db-wal`);
    await store.close();
    rmSync(path.join(dir, 'store/courtyard.db'));
    writeFileSync(`${dir}/store/courtyard.db-wal`, journal);
    await restoreBackup(premisesOf(`${dir}/store`), wish(`${dir}/b.db`));
    expect(await valuesAt(`${dir}/store`)).toEqual([1]);
  });
});
