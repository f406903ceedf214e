// What happened and is looked up by when and where. FORMAT.md draws it.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const happenings: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE happenings (
     kind  TEXT NOT NULL,
     id    TEXT NOT NULL,
     at    INTEGER NOT NULL,
     day   TEXT NOT NULL,
     place TEXT,
     asset TEXT,
     body  TEXT NOT NULL,
     PRIMARY KEY (kind, id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX happenings_by_moment ON happenings (kind, at)`,
  `CREATE INDEX happenings_by_place ON happenings (kind, place, at) WHERE place IS NOT NULL`,
  `CREATE INDEX happenings_by_asset ON happenings (kind, asset, at) WHERE asset IS NOT NULL`,

  `PRAGMA user_version = 10`,
];
