// Opens a store for whoever only wants to read it, beside a gateway that runs or where none does: a
// connection that cannot write, and no lock on the folder.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Fault } from '../domain/fault.ts';
import { DATABASE, faultOf, FORMAT_VERSION, formatVersion, openConnection } from './connection.ts';

/**
 * What `read` makes of the connection, which it closes when its reader is closed. Undefined where
 * there is no store yet. Throws `store-unavailable` or `store-newer`.
 */
export function openReadOnly<R>(dir: string, read: (db: DatabaseSync) => R): R | undefined {
  const file = path.join(dir, DATABASE);
  if (!existsSync(file)) return undefined;
  try {
    return readerOf(openConnection(file, 'read'), read);
  } catch (error) {
    throw faultOf('store-unavailable', `reading the store in ${dir}`, error);
  }
}

function readerOf<R>(db: DatabaseSync, read: (db: DatabaseSync) => R): R {
  try {
    const version = formatVersion(db);
    if (version !== FORMAT_VERSION) throw unfit(version);
    return read(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function unfit(version: number): Error {
  const words = `its format is ${version}, this version reads ${FORMAT_VERSION}`;
  if (version > FORMAT_VERSION) return new Fault('store-newer', words);
  return new Error(`${words}; start the gateway once, and it is brought up to date`);
}

/** The last sequence of the log, asked anew each time. */
export function headOf(db: DatabaseSync): () => number {
  const last = db.prepare('SELECT ifnull(max(sequence), 0) AS head FROM log');
  return () => Number(last.get()?.['head']);
}
