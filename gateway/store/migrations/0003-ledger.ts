// The ledger: days that the scales told, figures that sheets told. FORMAT.md draws both.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ledger: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE ledger_days (
     id   TEXT PRIMARY KEY,
     day  TEXT NOT NULL,
     body TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX ledger_days_by_day ON ledger_days (day)`,

  `CREATE TABLE figures (
     key     TEXT PRIMARY KEY,
     source  TEXT NOT NULL,
     span    TEXT NOT NULL,
     period  TEXT NOT NULL,
     stream  TEXT NOT NULL,
     station TEXT,
     basis   TEXT NOT NULL,
     kg      REAL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX figures_by_period ON figures (span, period)`,
  `CREATE INDEX figures_by_source ON figures (source)`,

  `CREATE TABLE imports (
     id       INTEGER PRIMARY KEY,
     at       INTEGER NOT NULL,
     source   TEXT NOT NULL,
     file     TEXT NOT NULL,
     added    INTEGER NOT NULL,
     replaced INTEGER NOT NULL
   ) STRICT`,

  `PRAGMA user_version = 3`,
];
