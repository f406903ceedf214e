// The two hands of the salvage: one that reads rows until something cannot be read, and one that
// writes down what fits. Only the new database's own failures are thrown.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { isRefusal } from './connection.ts';
import { isJson } from './soundness.ts';

export type Row = Readonly<Record<string, SQLInputValue>>;

export interface Copier {
  put(row: Row): void;
  /** Rows that the table would not have. */
  refused(): number;
  /** Makes the rest durable; how many rows are in. */
  end(): number;
}

const ROWS_AT_ONCE = 10_000;

/** @param into the table, and which of its columns holds JSON */
export function copier(
  to: DatabaseSync,
  into: { readonly table: string; readonly json: string | undefined },
): Copier {
  const { table, json } = into;
  const width = to.prepare(`SELECT * FROM ${table}`).columns().length;
  const places = Array.from({ length: width }, () => '?').join(', ');
  const insert = to.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${places})`);
  let [taken, refused, waiting] = [0, 0, 0];
  to.exec('BEGIN');
  return {
    put(row) {
      const cells = Object.values(row);
      if (cells.length !== width || (json !== undefined && !isJson(row[json]))) {
        refused += 1;
        return;
      }
      try {
        taken += Number(insert.run(...cells).changes);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused += 1;
        return;
      }
      waiting += 1;
      if (waiting < ROWS_AT_ONCE) return;
      to.exec('COMMIT; BEGIN');
      waiting = 0;
    },
    refused: () => refused,
    end() {
      to.exec('COMMIT');
      return taken;
    },
  };
}

/** SQL, and what it asks for. */
export type Query = readonly [sql: string, ...parameters: number[]];

/** Hands each row over; whether all of them could be read. */
export function walkRows(from: DatabaseSync, query: Query, take: (row: Row) => void): boolean {
  const rows = rowsOf(from, query);
  for (;;) {
    const row = rows.next();
    if (row === 'broken') return false;
    if (row === 'end') return true;
    take(row);
  }
}

/** What goes wrong in here is the damaged database's; what `take` throws is not. */
function rowsOf(from: DatabaseSync, [sql, ...parameters]: Query) {
  let rows: Iterator<unknown> | undefined;
  return {
    next(): Row | 'broken' | 'end' {
      try {
        rows ??= prepared(from, sql).iterate(...parameters);
        const { done, value } = rows.next();
        return done === true ? 'end' : (value as Row);
      } catch {
        return 'broken';
      }
    },
  };
}

function prepared(from: DatabaseSync, sql: string): StatementSync {
  const statement = from.prepare(sql);
  statement.setReadBigInts(true); // a damaged number may be any
  return statement;
}

export const isThere = (db: DatabaseSync, table: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !==
  undefined;
