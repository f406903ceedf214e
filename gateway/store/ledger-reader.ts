// The ledger for whoever only wants to read it, while a gateway runs or when none does: a connection
// that cannot write, and no lock on the folder.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../domain/fault.ts';
import { DATABASE, FORMAT_VERSION, formatVersion, openConnection } from './connection.ts';
import { faultOf } from './connection.ts';
import { ledgerQueries } from './ledger-queries.ts';
import type { Ledger } from './log.ts';

export interface LedgerReader {
  readonly ledger: Omit<Ledger, 'take'>;
  /** The last sequence of the log. */
  head(): number;
  close(): void;
}

/** Undefined where there is no store yet. Throws `store-unavailable` or `store-newer`. */
export function openLedgerReader(dir: string): LedgerReader | undefined {
  const file = path.join(dir, DATABASE);
  if (!existsSync(file)) return undefined;
  try {
    return readerOf(file);
  } catch (error) {
    throw faultOf('store-unavailable', `reading the store in ${dir}`, error);
  }
}

function readerOf(file: string): LedgerReader {
  const db = openConnection(file, 'read');
  const version = formatVersion(db);
  if (version !== FORMAT_VERSION) {
    db.close();
    const words = `its format is ${version}, this version reads ${FORMAT_VERSION}`;
    if (version > FORMAT_VERSION) throw new Fault('store-newer', words);
    throw new Error(`${words}; start the gateway once, and it is brought up to date`);
  }
  const asked = ledgerQueries(db);
  const last = db.prepare('SELECT ifnull(max(sequence), 0) AS head FROM log');
  return {
    ledger: {
      days: async (from, to) => asked.ledgerDays(from, to),
      totals: async (from, to) => asked.importedTotals(from, to),
      figures: async (source) => asked.importedFigures(source),
      imports: async (limit) => asked.imports(limit),
    },
    head: () => Number(last.get()?.['head']),
    close: () => db.close(),
  };
}
