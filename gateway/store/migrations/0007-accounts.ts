// What people and screens come in with: digests of passwords and of tokens. FORMAT.md says why they
// are not in the log.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const accounts: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE credentials (
     person TEXT PRIMARY KEY,
     digest TEXT NOT NULL,
     at     INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,

  `CREATE TABLE tokens (
     id      TEXT PRIMARY KEY,
     digest  BLOB NOT NULL UNIQUE,
     kind    TEXT NOT NULL,
     name    TEXT NOT NULL,
     person  TEXT NOT NULL,
     role    TEXT,
     station TEXT,
     made    INTEGER NOT NULL,
     used    INTEGER NOT NULL,
     ends    INTEGER
   ) STRICT, WITHOUT ROWID`,

  `PRAGMA user_version = 7`,
];
