// How this house opens SQLite: the one place that knows the pragmas and what its errors mean.
// WAL lets the reader read while the writer commits; synchronous=FULL makes a commit wait for the
// disk. Nobody may open the store's database but through `openConnection`, or weaken the latter.
import { DatabaseSync } from 'node:sqlite';
import type { FaultCode } from '../domain/fault.ts';
import { Fault } from '../domain/fault.ts';

/** Grows by one with each file in migrations/; kept in the database as `user_version`. */
export const FORMAT_VERSION = 12;

export const DATABASE = 'courtyard.db';

/** 16 MB of log before it is folded into the database: fewer, larger writes wear a card less. */
const CHECKPOINT_PAGES = 4000;
const JOURNAL_BYTES = 16 * 1024 * 1024;

/** SQLite's primary result codes that we tell apart. */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
const SQLITE_MISMATCH = 20;
const SQLITE_NOTADB = 26;
/** `PRAGMA synchronous` as it reads back. */
const FULL = '2';

export function openConnection(file: string, use: 'write' | 'read'): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: use === 'read', timeout: 5000 });
  try {
    if (use === 'write') db.exec('PRAGMA journal_mode = WAL');
    db.exec('PRAGMA synchronous = FULL');
    if (use === 'write') {
      db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      db.exec(`PRAGMA journal_size_limit = ${JOURNAL_BYTES}`);
      assureDurable(db);
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Throws `store-not-durable` unless a commit of this connection waits for the disk. Asked after a
 * transaction because some builds of SQLite fall back to a weaker setting in the first one.
 */
export function assureDurable(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE; COMMIT');
  const journal = pragma(db, 'journal_mode');
  const synchronous = pragma(db, 'synchronous');
  if (journal === 'wal' && synchronous === FULL) return;
  throw new Fault(
    'store-not-durable',
    `opening the store: journal_mode reads back as ${journal} and synchronous as ${synchronous}, not wal and ${FULL}`,
  );
}

export function formatVersion(db: DatabaseSync): number {
  return Number(pragma(db, 'user_version'));
}

/** Whether only the statement was refused; anything else puts the connection itself in doubt. */
export function isRefusal(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_CONSTRAINT || code === SQLITE_MISMATCH || error instanceof TypeError;
}

export function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

/** Whether a table or a column is not there that has to be. */
export function isUnknown(error: unknown): boolean {
  return primaryCode(error) === SQLITE_ERROR;
}

/** Whether the disk has no room; nothing is broken, and nothing of the transaction is there. */
export function isFull(error: unknown): boolean {
  return primaryCode(error) === SQLITE_FULL;
}

/** Whether the file itself is broken, or was never a database. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** The error as a Fault of ours; one that is a Fault already stays what it is. */
export function faultOf(code: FaultCode, doing: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(code, `${doing}: ${wordsOf(error)}`, error);
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pragma(db: DatabaseSync, name: string): string {
  return String(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/** SQLite puts details into the upper bits of a result code. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
