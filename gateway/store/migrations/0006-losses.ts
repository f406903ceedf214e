// What was heard and what was lost, by day; and every loss as a row. FORMAT.md draws them.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const losses: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE intake_days (
     day      TEXT NOT NULL,
     source   TEXT NOT NULL,
     device   TEXT NOT NULL,
     frames   INTEGER NOT NULL,
     readings INTEGER NOT NULL,
     PRIMARY KEY (day, source, device)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE intake_reasons (
     day    TEXT NOT NULL,
     source TEXT NOT NULL,
     device TEXT NOT NULL,
     kind   TEXT NOT NULL,
     reason TEXT NOT NULL,
     count  INTEGER NOT NULL,
     PRIMARY KEY (day, source, device, kind, reason)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE losses (
     id     TEXT PRIMARY KEY,
     day    TEXT NOT NULL,
     until  INTEGER NOT NULL,
     source TEXT NOT NULL,
     device TEXT NOT NULL,
     reason TEXT NOT NULL,
     body   TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX losses_by_until ON losses (until)`,

  `PRAGMA user_version = 6`,
];
