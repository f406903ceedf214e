// A backup put back in the place of a store. The backup is proved first, then the old store is
// given a second name, then the new one takes the first name in one step: at every moment there is
// a whole store under `courtyard.db`, and nothing that was there is lost.
//
//   verify ─▶ hold the folder ─▶ copy beside ─▶ fold the old journal ─▶ link aside ─▶ rename over
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Fault } from '../domain/fault.ts';
import type { Instant } from '../domain/time.ts';
import { photosBeside, stampOf, verifyBackup, type Manifest, type Vault } from './backup.ts';
import { digestOf, flush } from './durable-file.ts';

/** What restoring needs of the store besides reading a copy. */
export interface Premises extends Pick<Vault, 'inspect' | 'photos'> {
  /** Whether this version can work with a store of that format. */
  knows(format: number): boolean;
  /** Holds the folder against any gateway (`store-in-use`); gives the database and the way out. */
  hold(): { readonly file: string; readonly release: () => void };
  /** Folds a database's journal into it, so that it is whole without its side files. */
  fold(file: string): 'folded' | 'unreadable';
}

export interface RestoreOrder {
  readonly file: string;
  readonly site: string;
  readonly now: Instant;
  /** `another-site`: also a backup that was taken at a site of another id. */
  readonly accept: 'this-site' | 'another-site';
}

export interface Restored {
  readonly manifest: Manifest;
  /** Where the store that was there before is now; absent where there was none. */
  readonly before?: string;
}

export async function restoreBackup(premises: Premises, order: RestoreOrder): Promise<Restored> {
  const manifest = await verifyBackup(premises, order.file);
  refuse(manifest, premises, order);
  const { file, release } = premises.hold();
  const arriving = `${file}.restoring`;
  try {
    copyFileSync(order.file, arriving, constants.COPYFILE_FICLONE);
    ownAsFolder(arriving);
    flush(arriving);
    if ((await digestOf(arriving)) !== manifest.sha256)
      throw new Fault('backup-damaged', `copying ${order.file}: the copy reads back otherwise`);
    const before = setAside(premises, file, `${file}.before-restore-${stampOf(order.now)}`);
    bringPhotos(premises, order.file, file);
    renameSync(arriving, file);
    flush(path.dirname(file));
    return { manifest, ...(before !== undefined && { before }) };
  } catch (error) {
    rmSync(arriving, { force: true });
    if (error instanceof Fault) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('store-unavailable', `restoring ${order.file} to ${file}: ${why}`, error);
  } finally {
    release();
  }
}

/** Before the database that speaks of them. Those of the store before stay: it may come back too. */
function bringPhotos({ photos }: Premises, from: string, file: string): void {
  if (!existsSync(photosBeside(from))) return;
  const folder = path.join(path.dirname(file), 'photos');
  photos?.copy(from, folder);
  for (const place of [folder, ...readdirSync(folder).map((name) => path.join(folder, name))])
    ownAsFolder(place, path.dirname(file));
}

/** The gateway must be able to open it, though it was root who restored. */
function ownAsFolder(file: string, folder = path.dirname(file)): void {
  const { uid, gid } = statSync(folder);
  const is = statSync(file);
  chmodSync(file, is.isDirectory() ? 0o700 : 0o600);
  if (is.uid !== uid) chownSync(file, uid, gid);
}

function refuse(manifest: Manifest, premises: Premises, order: RestoreOrder): void {
  const { format, site } = manifest;
  if (!premises.knows(format))
    throw new Fault('store-newer', `restoring ${order.file}: its format is ${format}`);
  if (site !== order.site && order.accept === 'this-site')
    throw new Fault('backup-foreign', `restoring ${order.file}: site ${site}, not ${order.site}`);
}

/**
 * The old database keeps its name until the new one takes it. Side files go first and in any case:
 * SQLite would believe a journal that lies beside a database, whosever it was. Those that are left
 * after folding belong to a broken database; they get the names under which SQLite finds them.
 */
function setAside(premises: Premises, file: string, aside: string): string | undefined {
  const isEmpty = statSync(file).size === 0; // made by holding the folder a moment ago
  if (!isEmpty) premises.fold(file);
  for (const side of ['-wal', '-shm']) {
    if (existsSync(file + side)) renameSync(file + side, aside + side);
  }
  if (isEmpty) return undefined;
  try {
    linkSync(file, aside);
  } catch {
    copyFileSync(file, aside, constants.COPYFILE_FICLONE); // a disk that knows no second names
    flush(aside);
  }
  return aside;
}
