// The ledger's days without their minutes, bins and cases, so that a year's chart reads numbers and not
// 30 MB of JSON. FORMAT.md draws it. Days that were kept before are taken over as far as they tell.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ledgerSums: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE ledger_sums (
     day           TEXT NOT NULL,
     stream        TEXT NOT NULL,
     station       TEXT NOT NULL,
     origin        TEXT NOT NULL,
     bins          INTEGER NOT NULL,
     heard         INTEGER NOT NULL,
     in_kg         REAL NOT NULL,
     in_l          REAL NOT NULL DEFAULT 0,
     in_corrected  REAL NOT NULL DEFAULT 0,
     in_pending    INTEGER NOT NULL DEFAULT 0,
     in_asked      INTEGER NOT NULL DEFAULT 0,
     out_kg        REAL NOT NULL,
     out_l         REAL NOT NULL DEFAULT 0,
     out_corrected REAL NOT NULL DEFAULT 0,
     out_pending   INTEGER NOT NULL DEFAULT 0,
     out_asked     INTEGER NOT NULL DEFAULT 0,
     revision      INTEGER NOT NULL,
     reopened      INTEGER,
     standing_kg   REAL,
     unbalanced_kg REAL NOT NULL DEFAULT 0,
     PRIMARY KEY (day, stream, station, origin)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX ledger_sums_by_station ON ledger_sums (station, day)`,

  `INSERT INTO ledger_sums (day, stream, station, origin, bins, heard, in_kg, out_kg, revision, reopened)
   SELECT day, body ->> 'stream', body ->> 'station', body ->> 'origin', body ->> 'bins',
          coalesce((SELECT sum(iif(minute.key % 2 = 1, minute.value, -minute.value))
                    FROM json_each(body, '$.heard') AS bin, json_each(bin.value) AS minute), 0),
          body ->> 'depositedKg', body ->> 'collectedKg', body ->> 'revision', body ->> 'reopenedAt'
   FROM ledger_days`,

  `PRAGMA user_version = 12`,
];
