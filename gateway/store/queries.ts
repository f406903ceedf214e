// Everything that is asked of the database, as it runs on the reader's connection.
// Plain SQL, prepared once. The conditions on `kind` are spelled as the partial indexes spell
// theirs: SQLite takes such an index only for a query that visibly implies its condition.
import type { DatabaseSync } from 'node:sqlite';
import type { Alarm } from '../domain/alarm.ts';
import type { SiteDays } from '../domain/day.ts';
import type { LogRecord, RejectionEntry, Sequence } from '../domain/record.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Duration, Instant } from '../domain/time.ts';
import type { DeadLetter, Pruned, RejectionView, SavedStep } from './log.ts';
import type { LogRow } from './log-row.ts';
import { days } from '../domain/time.ts';
import { accountQueries } from './account-tables.ts';
import { auditQueries } from './audit-table.ts';
import { evidenceQueries } from './evidence-table.ts';
import { STEP } from './fold-tables.ts';
import { happeningQueries } from './happening-table.ts';
import { ledgerQueries } from './ledger-queries.ts';
import { RECORD_COLUMNS, recordOf } from './log-row.ts';
import { pageQueries } from './log-page.ts';
import { lossQueries } from './loss-queries.ts';
import { outboxQueries } from './outbox-queries.ts';
import { secretQueries } from './secret-table.ts';
import { seriesQuery } from './series-query.ts';
import { ticketQueries } from './ticket-queries.ts';

const RECORDS = `
  SELECT ${RECORD_COLUMNS}, asset, quantity, device
  FROM log LEFT JOIN series ON series.id = log.series`;

export const REJECTIONS = `
  SELECT log.*, bytes, NULL AS asset, NULL AS quantity, NULL AS device
  FROM log LEFT JOIN raw USING (sequence)
  WHERE kind = 3 ORDER BY log.sequence DESC LIMIT ?`;

/** The day is counted back from the last touch of any, as the store has no clock of its own. */
export const LIVE_TICKETS = `
  SELECT body FROM tickets
  WHERE open = 1 OR touched > (SELECT max(touched) FROM tickets) - ${days(1)}
  ORDER BY raised, rowid`;

export type Queries = ReturnType<typeof queries>;

export function queries(db: DatabaseSync, siteDays: SiteDays) {
  const ledger = ledgerQueries(db);
  return {
    ...logQueries(db),
    ...pageQueries(db),
    ...foldQueries(db, ledger),
    ...bookQueries(db),
    ...ledger,
    ...prunedQueries(db),
    ...outboxQueries(db),
    ...lossQueries(db),
    ...ticketQueries(db),
    ...secretQueries(db),
    ...accountQueries(db),
    ...auditQueries(db),
    ...evidenceQueries(db),
    ...happeningQueries(db),
    series: seriesQuery(db, siteDays),
  };
}

function logQueries(db: DatabaseSync) {
  const after = db.prepare(`${RECORDS} WHERE sequence > ? ORDER BY sequence LIMIT ?`);
  const backwards = db.prepare(`${RECORDS} ORDER BY sequence DESC`);
  return {
    readAfter: (cursor: Sequence, limit: number): LogRecord[] =>
      after.all(cursor, limit).map((row) => recordOf(rowOf(row))),

    recent(span: Duration): LogRecord[] {
      const found: LogRecord[] = [];
      let newest: Instant | undefined;
      for (const row of backwards.iterate()) {
        const record = recordOf(rowOf(row));
        if (isWrittenLater(record)) continue;
        newest ??= record.receivedAt;
        // Both ways: before our clock was set back there is a whole day that lies in its future.
        if (Math.abs(newest - record.receivedAt) > span) break;
        if (record.kind === 'reading' || record.kind === 'rejection') found.push(record);
      }
      return found.reverse();
    },
  };
}

/** Its moment of receipt says nothing of when it was written. */
const isWrittenLater = (record: LogRecord): boolean =>
  record.kind === 'derived' || (record.kind === 'reading' && record.doubt === 'restamped');

function foldQueries(db: DatabaseSync, { ledgerInMind }: ReturnType<typeof ledgerQueries>) {
  const cursor = db.prepare('SELECT position FROM cursors WHERE follower = ?');
  const slices = db.prepare('SELECT key, json FROM slices');
  const alarms = db.prepare('SELECT body FROM alarms WHERE open = 1 ORDER BY raised, rowid');
  const tickets = db.prepare(LIVE_TICKETS);
  const position = (follower: string): Sequence => Number(cursor.get(follower)?.['position'] ?? 0);
  return {
    position,
    load(): SavedStep {
      db.exec('BEGIN'); // all five as of one moment
      try {
        return {
          cursor: position(STEP),
          slices: slices.all().map((row) => [String(row['key']), String(row['json'])]),
          alarms: alarms.all().map((row) => bodyOf(row) as Alarm),
          tickets: tickets.all().map((row) => bodyOf(row) as Ticket),
          ledger: ledgerInMind(),
        };
      } finally {
        db.exec('COMMIT');
      }
    },
  };
}

function bookQueries(db: DatabaseSync) {
  const alarms = bodiesOf<Alarm>(db, 'alarms');
  const tickets = bodiesOf<Ticket>(db, 'tickets');
  const letters = db.prepare(
    'SELECT follower, sequence, words, at FROM dead_letters ORDER BY id DESC LIMIT ?',
  );
  const rejections = db.prepare(REJECTIONS);
  return {
    alarms: (state: 'active' | 'all', limit: number): Alarm[] =>
      state === 'active' ? alarms.open(limit) : alarms.all(limit),
    alarm: (id: string): Alarm | undefined => alarms.one(id),
    tickets: (state: 'open' | 'all', limit: number): Ticket[] =>
      state === 'open' ? tickets.open(limit) : tickets.all(limit),
    ticket: (id: string): Ticket | undefined => tickets.one(id),
    deadLetters: (limit: number): (DeadLetter & { follower: string })[] =>
      letters.all(limit).map((row) => ({
        follower: String(row['follower']),
        sequence: Number(row['sequence']),
        words: String(row['words']),
        at: Number(row['at']) as Instant,
      })),
    rejections: (limit: number): RejectionView[] => rejections.all(limit).map(rejectionOf),
  };
}

function prunedQueries(db: DatabaseSync) {
  const rejections = db.prepare('SELECT source, reason, count FROM pruned_rejections');
  const gaps = db.prepare('SELECT first, last, count, at FROM gaps ORDER BY first');
  return {
    pruned: (): Pruned => ({
      rejections: rejections.all() as unknown as Pruned['rejections'],
      gaps: gaps.all() as unknown as Pruned['gaps'],
    }),
  };
}

type Row = Record<string, unknown>;

/** Alarms and tickets are kept alike: whole, as JSON, beside what they are found by. */
function bodiesOf<T>(db: DatabaseSync, table: 'alarms' | 'tickets') {
  const newestFirst = 'ORDER BY raised DESC, rowid DESC LIMIT ?';
  const open = db.prepare(`SELECT body FROM ${table} WHERE open = 1 ${newestFirst}`);
  const all = db.prepare(`SELECT body FROM ${table} ${newestFirst}`);
  const one = db.prepare(`SELECT body FROM ${table} WHERE id = ?`);
  return {
    open: (limit: number): T[] => open.all(limit).map((row) => bodyOf(row) as T),
    all: (limit: number): T[] => all.all(limit).map((row) => bodyOf(row) as T),
    one(id: string): T | undefined {
      const row = one.get(id);
      return row && (bodyOf(row) as T);
    },
  };
}

/** What the writer wrote may be believed. */
const rowOf = (row: unknown): LogRow => row as LogRow;
const bodyOf = (row: Row): unknown => JSON.parse(String(row['body']));

function rejectionOf(row: Row): RejectionView {
  const { sequence, source, device, reason, detail, receivedAt } = recordOf(
    rowOf(row),
  ) as RejectionEntry & { sequence: Sequence };
  const bytes = row['bytes'];
  return {
    sequence,
    source,
    reason,
    receivedAt,
    ...(device === undefined ? {} : { device }),
    ...(detail === undefined ? {} : { detail }),
    ...(bytes instanceof Uint8Array ? { rawHex: Buffer.from(bytes).toString('hex') } : {}),
  };
}
