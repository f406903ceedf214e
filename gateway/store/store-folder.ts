// The folder that holds the store, and the lock that gives it to one gateway at a time.
// The lock is an exclusive transaction on a small file of its own: the kernel drops it with the
// process, so a killed gateway leaves nothing to clean up.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Fault } from '../domain/fault.ts';
import { DATABASE, faultOf, isBusy } from './connection.ts';

export interface HeldFolder {
  /** The database's path. */
  readonly file: string;
  readonly release: () => void;
}

/** Makes the folder where it is missing and holds it; `store-in-use` if another gateway does. */
export function holdFolder(dir: string): HeldFolder {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const lock = path.join(dir, 'lock.db');
    const file = path.join(dir, DATABASE);
    createPrivate(lock);
    const release = holdLock(lock, dir);
    createPrivate(file);
    return { file, release };
  } catch (error) {
    throw faultOf('store-unavailable', `opening the store in ${dir}`, error);
  }
}

function holdLock(file: string, dir: string): () => void {
  const lock = new DatabaseSync(file);
  try {
    lock.exec('PRAGMA journal_mode = MEMORY'); // a full disk has no room for a journal
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new Fault('store-in-use', `opening the store in ${dir}: another gateway holds it`);
  }
  return () => lock.close();
}

/**
 * Readings tell when people are at home: the files are for the gateway's user only, and SQLite
 * gives its side files the mode of the main one. An existing file is not even opened: closing it
 * again would drop every lock that this process holds on it (POSIX `fcntl`).
 */
export function createPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
