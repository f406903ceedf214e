// What is to be told outside, until it has been. FORMAT.md draws it.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const outbox: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE outbox (
     id       INTEGER PRIMARY KEY,
     channel  TEXT NOT NULL,
     key      TEXT NOT NULL,
     subject  TEXT NOT NULL,
     at       INTEGER NOT NULL,
     body     TEXT NOT NULL,
     tries    INTEGER NOT NULL,
     words    TEXT,
     given_up INTEGER NOT NULL,
     UNIQUE (channel, key)
   ) STRICT`,
  `CREATE INDEX outbox_waiting ON outbox (channel, id) WHERE given_up = 0`,

  `PRAGMA user_version = 4`,
];
