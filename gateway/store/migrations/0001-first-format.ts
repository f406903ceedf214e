// The first format; FORMAT.md draws it and gives the reasons. Plain SQL, because the words are the
// format: STRICT, partial indexes and the order of columns all count.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const firstFormat: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `CREATE TABLE log (
     sequence   INTEGER PRIMARY KEY,
     kind       INTEGER NOT NULL,
     series     INTEGER,
     observed   INTEGER NOT NULL,
     delay      INTEGER NOT NULL,
     value      REAL,
     device_seq INTEGER,
     digest     INTEGER,
     back       INTEGER,
     body       TEXT
   ) STRICT`,
  // kind 0 and 1: measurements (late ones among them), and what was derived from them
  `CREATE INDEX log_by_series ON log (series, observed) WHERE kind < 2`,
  // kind 3: rejections, so that the engineer's list never walks past a million readings
  `CREATE INDEX log_rejections ON log (kind) WHERE kind = 3`,

  `CREATE TABLE series (
     id       INTEGER PRIMARY KEY,
     asset    TEXT NOT NULL,
     quantity TEXT NOT NULL,
     device   TEXT NOT NULL,
     UNIQUE (asset, quantity, device)
   ) STRICT`,

  `CREATE TABLE raw (
     sequence INTEGER PRIMARY KEY,
     received INTEGER NOT NULL,
     bytes    BLOB NOT NULL
   ) STRICT`,

  `CREATE TABLE cursors (follower TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT`,

  `CREATE TABLE dead_letters (
     id       INTEGER PRIMARY KEY,
     follower TEXT NOT NULL,
     sequence INTEGER NOT NULL,
     words    TEXT NOT NULL,
     at       INTEGER NOT NULL,
     UNIQUE (follower, sequence)
   ) STRICT`,

  `CREATE TABLE slices (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT`,

  `CREATE TABLE alarms (
     id     TEXT PRIMARY KEY,
     open   INTEGER NOT NULL,
     raised INTEGER NOT NULL,
     body   TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX alarms_by_raised ON alarms (raised)`,
  `CREATE INDEX alarms_open ON alarms (raised) WHERE open = 1`,

  `CREATE TABLE tickets (
     id      TEXT PRIMARY KEY,
     open    INTEGER NOT NULL,
     raised  INTEGER NOT NULL,
     touched INTEGER NOT NULL,
     body    TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX tickets_by_raised ON tickets (raised)`,
  `CREATE INDEX tickets_by_touched ON tickets (touched)`,
  `CREATE INDEX tickets_open ON tickets (raised) WHERE open = 1`,

  `PRAGMA user_version = 1`,
];
