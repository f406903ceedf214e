// Tickets by what people look for them by, newest first. The fields are spelled as the indexes spell
// theirs. Of the open ones, which are few, the others are found by looking through them: their own
// index walks them in order, and a plus sign keeps SQLite from a longer way round. So are those that
// somebody may see, which are many: walking the newest of them beats sorting all of them.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketQuery } from './log.ts';

const FIELDS = ['state', 'team', 'assignee', 'category', 'asset', 'severity'] as const;
const ENDED: readonly string[] = ['closed', 'declined', 'merged'];

interface Asked {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** The query in SQL; exported so that a test may look at its plan. */
export function ticketSql(query: TicketQuery): Asked {
  const { state, mine, seenBy, overdueAt, limit, offset = 0 } = query;
  const isOpenOnly =
    overdueAt !== undefined || state === 'open' || (state !== undefined && !ENDED.includes(state));
  const plus = isOpenOnly ? '+' : '';
  const is = (field: string): string => `${plus}(body ->> '$.${field}') = ?`;
  const where: string[] = isOpenOnly ? ['open = 1'] : [];
  const values: (string | number)[] = [];
  for (const field of FIELDS) {
    const value = query[field];
    if (value === undefined || value === 'open') continue;
    where.push(is(field));
    values.push(value);
  }
  if (mine !== undefined) {
    where.push(`(${is('assignee')} OR ${is('raisedBy')})`);
    values.push(mine, mine);
  }
  if (seenBy) {
    const { by, teams, buildings } = seenBy;
    where.push(SEEN_SQL);
    values.push(by, by, JSON.stringify(teams), JSON.stringify(buildings));
  }
  if (overdueAt !== undefined) {
    where.push(`(body ->> '$.dueAt') <= ? AND (body ->> '$.waiting') IS NULL`);
    values.push(overdueAt);
  }
  const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  return {
    sql: `SELECT body FROM tickets ${condition} ORDER BY raised DESC, rowid DESC LIMIT ? OFFSET ?`,
    values: [...values, limit, offset],
  };
}

/** Lists go in as JSON: however many there are, it is the same statement. */
const SEEN_SQL = `(${[
  `+(body ->> '$.raisedBy') = ?`,
  `+(body ->> '$.assignee') = ?`,
  `+(body ->> '$.team') IN (SELECT value FROM json_each(?))`,
  `+(body ->> '$.building') IN (SELECT value FROM json_each(?))`,
].join(' OR ')})`;

export function ticketQueries(db: DatabaseSync) {
  // As many as there are sets of filters: some hundred at the very most.
  const prepared = new Map<string, StatementSync>();
  return {
    ticketsBy(query: TicketQuery): Ticket[] {
      const { sql, values } = ticketSql(query);
      const statement = prepared.get(sql) ?? db.prepare(sql);
      prepared.set(sql, statement);
      return statement.all(...values).map((row) => JSON.parse(String(row['body'])) as Ticket);
    },
  };
}
