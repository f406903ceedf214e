// The log and the books for whoever only wants to read them, beside a gateway that runs or where none
// does: a connection that cannot write, and no lock on the folder. Page by page: the oldest may be
// pruned between two pages, and then is not there.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UTC_DAY } from './grain.ts';
import { siteDays } from '../domain/day.ts';
import { Fault } from '../domain/fault.ts';
import { DATABASE, faultOf, FORMAT_VERSION, formatVersion, openConnection } from './connection.ts';
import type { Books, Log } from './log.ts';
import { queries } from './queries.ts';

export interface LogReader {
  readonly log: Pick<Log, 'readAfter' | 'head'>;
  readonly books: Pick<Books, 'alarms'>;
  close(): void;
}

/** Undefined where there is no store yet. Throws `store-unavailable` or `store-newer`. */
export function openLogReader(dir: string): LogReader | undefined {
  const file = path.join(dir, DATABASE);
  if (!existsSync(file)) return undefined;
  try {
    return readerOf(file);
  } catch (error) {
    throw faultOf('store-unavailable', `reading the store in ${dir}`, error);
  }
}

function readerOf(file: string): LogReader {
  const db = openConnection(file, 'read');
  try {
    const version = formatVersion(db);
    if (version !== FORMAT_VERSION) throw unfit(version);
    const asked = queries(db, siteDays(UTC_DAY));
    const last = db.prepare('SELECT ifnull(max(sequence), 0) AS head FROM log');
    return {
      log: {
        readAfter: async (cursor, limit) => asked.readAfter(cursor, limit),
        head: () => Number(last.get()?.['head']),
      },
      books: { alarms: async (state, limit) => asked.alarms(state, limit) },
      close: () => db.close(),
    };
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
