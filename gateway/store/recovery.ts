// What happens to a damaged database: a new one of the same format is made beside it, gets all that
// can be read, and takes its place. Sequences go on above everything that anybody may have been given.
import { once } from 'node:events';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { instant } from '../domain/time.ts';
import { FORMAT_VERSION, formatVersion, openConnection } from './connection.ts';
import { AHEAD, type Mark } from './high-water.ts';
import type { Recovery } from './log.ts';
import { resumeAfter } from './resumption.ts';
import { salvage, type Salvaged } from './salvage.ts';
import { removeDatabase, setAside } from './set-aside.ts';
import { createPrivate } from './store-folder.ts';
import { startThread } from './thread.ts';

export interface Damaged {
  readonly file: string;
  readonly why: string;
  /** What the last gateway left beside it. */
  readonly left: Mark | undefined;
}

const NOTHING: Salvaged = { rows: {}, damaged: ['sqlite_schema'], last: 0 };

export async function recover({ file, why, left }: Damaged): Promise<Recovery> {
  const now = Date.now();
  const aside = `${file}.corrupt-${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}`;
  const [successor, mended] = [`${file}.salvaging`, `${file}.mended`];
  for (const leftover of [successor, mended]) removeDatabase(leftover);
  createPrivate(successor);
  await makeDatabase(successor, versionOf(file));
  const from = openReadable(file, mended, successor);
  const to = openConnection(successor, 'write');
  try {
    const { rows, damaged, last } = from ? salvage(from, to) : NOTHING;
    const resumesAt = Math.max(last + (left ? 0 : AHEAD), left?.upTo ?? 0);
    resumeAfter(to, resumesAt);
    closeBoth(from, to);
    setAside(file, successor, aside);
    const at = instant(now);
    return { at, setAside: aside, why, salvaged: rows, damaged, resumesAt: resumesAt + 1 };
  } finally {
    closeBoth(from, to);
    removeDatabase(mended);
  }
}

const closeBoth = (from: DatabaseSync | undefined, to: DatabaseSync): void => {
  for (const db of [from, to]) if (db?.isOpen) db.close();
};

/** Brings a database to a format, the latest where none is given. */
export async function makeDatabase(file: string, upTo?: number): Promise<void> {
  await once(startThread(new URL('./migrate.ts', import.meta.url), { file, upTo }), 'exit');
}

function versionOf(file: string): number {
  try {
    using db = new DatabaseSync(file, { readOnly: true });
    const version = formatVersion(db);
    return version >= 1 && version <= FORMAT_VERSION ? version : FORMAT_VERSION;
  } catch {
    return FORMAT_VERSION; // its first page is what is damaged
  }
}

/** As it is, or a copy with a first hundred bytes that SQLite believes; undefined if neither helps. */
function openReadable(file: string, mended: string, like: string): DatabaseSync | undefined {
  const asItIs = openTolerant(file);
  if (asItIs) return asItIs;
  copyFileSync(file, mended, constants.COPYFILE_FICLONE);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${mended}-wal`);
  mendHeader(mended, like);
  return openTolerant(mended);
}

function openTolerant(file: string): DatabaseSync | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    db.exec('PRAGMA writable_schema = ON'); // passes over tables whose definition is broken
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch {
    db?.close();
    return undefined;
  }
}

const HEADER_BYTES = 100;
const PAGE_BYTES = 4096;

/** The header of a sound database of the same format, with this one's size and no free pages. */
function mendHeader(file: string, like: string): void {
  const header = Buffer.alloc(HEADER_BYTES);
  const pattern = openSync(like, 'r');
  readSync(pattern, header, 0, HEADER_BYTES, 0);
  closeSync(pattern);
  header.writeUInt32BE(Math.floor(statSync(file).size / PAGE_BYTES), 28);
  header.fill(0, 32, 40);
  const handle = openSync(file, 'r+');
  writeSync(handle, header, 0, HEADER_BYTES, 0);
  closeSync(handle);
}
