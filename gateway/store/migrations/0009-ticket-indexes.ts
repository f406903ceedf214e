// Tickets by what people look for them by. Indexes on what stands in the body: no column to keep in
// step with it, and nothing for a salvage to carry over. FORMAT.md draws them.
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const ticketIndexes: Migration = {
  async up(db) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const by = (name: string, field: string): string =>
  `CREATE INDEX tickets_by_${name} ON tickets (body ->> '$.${field}', raised)`;

const STATEMENTS = [
  by('state', 'state'),
  by('team', 'team'),
  by('assignee', 'assignee'),
  by('raiser', 'raisedBy'),
  by('category', 'category'),
  by('asset', 'asset'),
  by('severity', 'severity'),

  `PRAGMA user_version = 9`,
];
