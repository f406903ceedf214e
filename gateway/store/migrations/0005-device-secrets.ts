// The digests of devices' secrets, one row for each device that was ever given one. FORMAT.md says why
// a revoked one stays.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const deviceSecrets: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE device_secrets (
     device TEXT PRIMARY KEY,
     digest BLOB,
     at     INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,

  `PRAGMA user_version = 5`,
];
