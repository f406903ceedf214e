// 100,000 tickets: each way of looking for some has an index behind it, and finds what looking through
// all of them finds.
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { CATEGORIES, isOpen, TEAMS, type Ticket } from '../../gateway/domain/ticket.ts';
import { instant } from '../../gateway/domain/time.ts';
import type { TicketQuery } from '../../gateway/store/log.ts';
import { DATABASE } from '../../gateway/store/connection.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { ticketQueries, ticketSql } from '../../gateway/store/ticket-queries.ts';
import { ticketsBy } from '../fakes/memory-tickets.ts';
import { manyTickets } from '../fakes/many-tickets.ts';
import { temporaryFolder } from '../tools.ts';
import { settingsFor } from './entries.ts';

const COUNT = 100_000;
const all: Ticket[] = manyTickets(COUNT);

const NOW = instant(Date.parse('2026-11-01T00:00:00Z'));
const page = { limit: 50 };
const STEWARD = { by: 'wang', teams: ['stewards'], buildings: ['b3', 'b11'] } as const;
/** Sees a few only. */
const STRANGER = { by: 'li', teams: [], buildings: [] } as const;
const QUERIES: readonly [string, TicketQuery][] = [
  ['all', page],
  ['the open ones', { ...page, state: 'open' }],
  ['of one state that is open', { ...page, state: 'answered' }],
  ['of one state that has ended', { ...page, state: 'declined' }],
  ['of a team', { ...page, team: TEAMS[1] }],
  ['of a team, open', { ...page, team: TEAMS[1], state: 'open' }],
  ['of a person', { ...page, assignee: 'wang' }],
  ['mine', { ...page, mine: 'wang' }],
  ['mine, open', { ...page, mine: 'wang', state: 'open' }],
  ['of a category', { ...page, category: CATEGORIES[3] }],
  ['of an asset', { ...page, asset: 'lamp-17' }],
  ['of a severity', { ...page, severity: 'high' }],
  ['overdue', { ...page, overdueAt: NOW }],
  ['overdue of a team', { ...page, overdueAt: NOW, team: TEAMS[0] }],
  ['that a steward sees', { ...page, seenBy: STEWARD }],
  ['that a steward sees, open', { ...page, seenBy: STEWARD, state: 'open' }],
  ['that a steward sees, overdue', { ...page, seenBy: STEWARD, overdueAt: NOW }],
  ['that a steward sees of another team', { ...page, seenBy: STEWARD, team: 'cleaners' }],
  ['that a steward sees of one state', { ...page, seenBy: STEWARD, state: 'declined' }],
  ['that a steward has', { ...page, seenBy: STEWARD, mine: 'wang', state: 'open' }],
  ['that somebody without a team sees', { ...page, seenBy: STRANGER, offset: 20 }],
  [
    'of an asset and a severity, further down',
    { limit: 7, offset: 3, asset: 'lamp-17', severity: 'low' },
  ],
];

/** A database of ours with all of them in it. */
async function filled(): Promise<DatabaseSync> {
  const dir = temporaryFolder();
  await (await openStore(settingsFor(dir))).close();
  const db = new DatabaseSync(path.join(dir, DATABASE));
  onTestFinished(() => db.close());
  const put = db.prepare('INSERT INTO tickets VALUES (?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  for (const ticket of all) {
    const open = isOpen(ticket) ? 1 : 0;
    put.run(ticket.id, open, ticket.raisedAt, ticket.raisedAt, JSON.stringify(ticket));
  }
  db.exec('COMMIT');
  return db;
}

it(
  'of 100,000 tickets those that are looked for are found by an index, and all of them',
  { timeout: 180_000 },
  async () => {
    const db = await filled();
    const planOf = (sql: string, values: readonly (string | number)[]): string =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values)
        .map((row) => String(row['detail']))
        .join('; ');
    for (const [name, query] of QUERIES) {
      const { sql, values } = ticketSql(query);
      const plan = planOf(sql, values);
      expect(`${name}: ${plan}`).toMatch(/USING INDEX tickets_/);
      expect(`${name}: ${plan}`).not.toMatch(/SCAN tickets(;|$)/);
      // Mine are of two indexes, so their order has to be made.
      const isOrdered = query.mine === undefined || query.state !== undefined;
      expect([name, plan.includes('B-TREE')]).toEqual([name, !isOrdered]);
      const isOfFew = query.seenBy && (query.state === 'open' || query.overdueAt !== undefined);
      expect(`${name}: ${plan}`).toMatch(isOfFew ? /USING INDEX tickets_open/ : /USING INDEX/);
      const found = ticketQueries(db).ticketsBy(query);
      const expected = ticketsBy(all, query).map(({ id }) => id);
      expect([name, ...found.map(({ id }) => id)]).toEqual([name, ...expected]);
      expect([name, found.length > 0]).toEqual([name, true]);
    }
    expect(planOf('SELECT body FROM tickets WHERE id = ?', ['T1'])).toMatch(
      /SEARCH tickets USING INDEX .*\(id=\?\)/,
    );
  },
);
