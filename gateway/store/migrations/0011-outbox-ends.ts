// The outbox remembers for a while what became of what it held, and when. FORMAT.md draws it.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const outboxEnds: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `ALTER TABLE outbox ADD COLUMN settled_at INTEGER`,
  `CREATE INDEX outbox_ended ON outbox (channel, given_up, id) WHERE given_up > 0`,

  `PRAGMA user_version = 11`,
];
