// Rollups, and a log that can be pruned. The log's chart index goes: a chart reads the minutes, which
// lie together on the disk, and a look between two minutes goes through the map of blocks.
// Values become thousandths where that loses nothing, digests signed: 3 to 8 bytes less per reading.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const rollups: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const BUCKET = `
     count  INTEGER NOT NULL,
     sum    REAL NOT NULL,
     least  REAL NOT NULL,
     most   REAL NOT NULL`;

const STATEMENTS = [
  `ALTER TABLE log RENAME TO log_1`,
  `CREATE TABLE log (
     sequence   INTEGER PRIMARY KEY,
     kind       INTEGER NOT NULL,
     series     INTEGER,
     observed   INTEGER NOT NULL,
     delay      INTEGER NOT NULL,
     value      ANY,
     device_seq INTEGER,
     digest     INTEGER,
     back       INTEGER,
     body       TEXT
   ) STRICT`,
  `INSERT INTO log
   SELECT sequence, kind, series, observed, delay,
          iif(abs(value) < 1e12 AND CAST(round(value * 1000) AS INTEGER) / 1000.0 = value,
              CAST(round(value * 1000) AS INTEGER), value),
          device_seq, iif(digest > 2147483647, digest - 4294967296, digest), back, body
   FROM log_1 ORDER BY sequence`,
  `DROP TABLE log_1`,
  `CREATE INDEX log_rejections ON log (kind) WHERE kind = 3`,

  `CREATE TABLE blocks (
     first    INTEGER PRIMARY KEY,
     last     INTEGER NOT NULL,
     received INTEGER NOT NULL,
     earliest INTEGER,
     latest   INTEGER
   ) STRICT`,

  `CREATE TABLE minutes (
     series INTEGER NOT NULL,
     minute INTEGER NOT NULL,
     at     INTEGER NOT NULL,
     last   ANY NOT NULL,
     PRIMARY KEY (series, minute)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE full_minutes (
     series INTEGER NOT NULL,
     minute INTEGER NOT NULL,${BUCKET},
     PRIMARY KEY (series, minute)
   ) STRICT, WITHOUT ROWID`,
  ...['hour', 'day'].map(
    (unit) => `CREATE TABLE ${unit}s (
     series INTEGER NOT NULL,
     ${unit}   INTEGER NOT NULL,
     at     INTEGER NOT NULL,
     last   REAL NOT NULL,${BUCKET},
     PRIMARY KEY (series, ${unit})
   ) STRICT, WITHOUT ROWID`,
  ),

  `CREATE TABLE floors (grain TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT`,
  `CREATE TABLE pruned_rejections (
     source TEXT NOT NULL,
     reason TEXT NOT NULL,
     count  INTEGER NOT NULL,
     PRIMARY KEY (source, reason)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE gaps (
     first INTEGER PRIMARY KEY,
     last  INTEGER NOT NULL,
     count INTEGER NOT NULL,
     at    INTEGER NOT NULL
   ) STRICT`,

  `PRAGMA user_version = 2`,
];
