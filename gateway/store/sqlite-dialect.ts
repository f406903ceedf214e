// kysely over node:sqlite. kysely's own dialect expects another driver's statements; these few
// lines are the whole difference. Loaded only by the thread that migrates: kysely takes a fifth of
// a second and 20 MB, which a gateway that runs for a year need not carry.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

type Parameters = readonly unknown[];

/** The connection stays its owner's: kysely's `destroy` leaves it open. */
export function sqliteDialect(db: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: { prepare: (sql) => statement(db, sql), close() {} } });
}

function statement(db: DatabaseSync, sql: string) {
  const prepared = db.prepare(sql);
  const bound = (parameters: Parameters): SQLInputValue[] => parameters as SQLInputValue[];
  return {
    reader: prepared.columns().length > 0,
    all: (parameters: Parameters) => prepared.all(...bound(parameters)),
    run: (parameters: Parameters) => prepared.run(...bound(parameters)),
    iterate: (parameters: Parameters) => prepared.iterate(...bound(parameters)),
  };
}
