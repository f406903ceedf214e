// The audit chain, the evidence of alarms, and photos: what is kept to be shown. FORMAT.md draws them.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const evidence: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const never = (name: string, event: string, words: string): string =>
  `CREATE TRIGGER ${name} BEFORE ${event} BEGIN SELECT RAISE(ABORT, '${words}'); END`;

const STATEMENTS = [
  `CREATE TABLE audit (
     number   INTEGER PRIMARY KEY,
     sequence INTEGER NOT NULL,
     place    INTEGER NOT NULL,
     at       INTEGER NOT NULL,
     person   TEXT NOT NULL,
     role     TEXT NOT NULL,
     kind     TEXT NOT NULL,
     subject  TEXT NOT NULL,
     action   TEXT NOT NULL,
     was      TEXT,
     became   TEXT,
     words    TEXT,
     detail   TEXT NOT NULL,
     hash     BLOB NOT NULL,
     UNIQUE (sequence, place)
   ) STRICT`,
  `CREATE INDEX audit_by_subject ON audit (subject, number)`,
  `CREATE INDEX audit_by_moment ON audit (at)`,
  never('audit_stays', 'UPDATE ON audit', 'an entry of the audit chain is never changed'),
  never('audit_remains', 'DELETE ON audit', 'an entry of the audit chain is never removed'),

  `CREATE TABLE evidence (
     alarm  TEXT PRIMARY KEY,
     raised INTEGER NOT NULL,
     due    INTEGER,
     body   TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX evidence_unfinished ON evidence (due) WHERE due IS NOT NULL`,
  never(
    'evidence_stays',
    'UPDATE ON evidence WHEN old.due IS NULL',
    'evidence that is whole is never changed',
  ),
  never('evidence_remains', 'DELETE ON evidence', 'evidence is never removed'),

  `CREATE TABLE photos (
     id     TEXT PRIMARY KEY,
     ticket TEXT NOT NULL,
     person TEXT NOT NULL,
     at     INTEGER NOT NULL,
     bytes  INTEGER NOT NULL,
     width  INTEGER NOT NULL,
     height INTEGER NOT NULL,
     sha256 BLOB NOT NULL
   ) STRICT`,
  `CREATE INDEX photos_by_person ON photos (person, at)`,

  `PRAGMA user_version = 8`,
];
