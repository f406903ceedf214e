// A second copy of the store's database while a gateway writes to the first, and a look at any
// copy from outside. What is copied is the state of one moment: a reading transaction is held
// from the first page to the last, so that a commit in between does not start the copy anew.
// Promise: the copy is one file that needs no side file, and nothing here writes to the original.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { headInWords } from '../domain/audit.ts';
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import { auditQueries } from './audit-table.ts';
import {
  DATABASE,
  faultOf,
  FORMAT_VERSION,
  formatVersion,
  isDamage,
  openConnection,
  wordsOf,
} from './connection.ts';

export interface Inspection {
  /** The store's format, as in FORMAT.md. */
  readonly format: number;
  /** The last sequence in the log, 0 for an empty one. */
  readonly head: Sequence;
  readonly records: number;
  /** Where the audit chain ends, NUMBER:HASH; absent in a format from before it. */
  readonly audit?: string;
  /** SQLite's words on every damage; empty for a sound database. */
  readonly damage: readonly string[];
}

/** How thorough: `quick` reads every page once, `full` also compares every index with its table. */
export type Depth = 'quick' | 'full';

/** 2 MB between two breaths of the thread pool: a card stays free for the gateway's own commits. */
const PAGES_AT_ONCE = 512;

/** Copies the store in `dir` to `to`, which must not exist. Rejects with `store-unavailable`. */
export async function copyStore(dir: string, to: string): Promise<void> {
  const file = path.join(dir, DATABASE);
  if (!existsSync(file)) throw new Fault('store-unavailable', `reading ${file}: there is no store`);
  const source = openConnection(file, 'read');
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get(); // the moment is the first read's
    await backup(source, to, { rate: PAGES_AT_ONCE });
  } catch (error) {
    throw faultOf('backup-failed', `copying the store in ${dir} to ${to}`, error);
  } finally {
    source.close();
  }
  makeSingleFile(to);
}

/** Out of WAL mode, so that the copy is whole without a side file; a gateway turns it on again. */
function makeSingleFile(file: string): void {
  const copy = new DatabaseSync(file);
  try {
    copy.exec('PRAGMA synchronous = FULL');
    copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/**
 * Looks at a database without changing it. What is no database any more is a damage too; throws
 * `store-unavailable` where the file cannot be opened at all.
 */
export function inspectStore(file: string, depth: Depth): Inspection {
  try {
    const db = openConnection(file, 'read');
    try {
      return inspectionOf(db, depth);
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return { format: 0, head: 0, records: 0, damage: [wordsOf(error)] };
    throw faultOf('store-unavailable', `reading ${file}`, error);
  }
}

function inspectionOf(db: DatabaseSync, depth: Depth): Inspection {
  const check = depth === 'full' ? 'integrity_check' : 'quick_check';
  const damage = db
    .prepare(`PRAGMA ${check}`)
    .all()
    .map((row) => String(row[check]))
    .filter((words) => words !== 'ok');
  const log = db.prepare('SELECT ifnull(max(sequence), 0) AS head, count(*) AS records FROM log');
  const row = damage.length === 0 ? log.get() : undefined;
  return {
    format: formatVersion(db),
    head: Number(row?.['head'] ?? 0),
    records: Number(row?.['records'] ?? 0),
    ...(damage.length === 0 &&
      isChained(db) && { audit: headInWords(auditQueries(db).auditHead()) }),
    damage,
  };
}

const isChained = (db: DatabaseSync): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'audit'`).get() !== undefined;

/** Whether this version can work with a store of that format. */
export const knowsFormat = (format: number): boolean => format <= FORMAT_VERSION;

/** Folds what waits in the side files into the database, so that it may be moved on its own. */
export function foldJournal(file: string): 'folded' | 'unreadable' {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return 'folded';
  } catch {
    return 'unreadable'; // which may be why someone restores
  } finally {
    db.close();
  }
}
