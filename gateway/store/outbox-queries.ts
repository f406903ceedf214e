// What is asked of the outbox, on the reader's connection.
import type { DatabaseSync } from 'node:sqlite';
import type { News } from '../domain/notice.ts';
import type { Instant } from '../domain/time.ts';
import {
  OUTBOX_STATES,
  type OutboxCount,
  type OutboxNote,
  type OutboxRow,
  type OutboxState,
} from './outbox.ts';

export const WAITING_NOTICES = `
  SELECT key, subject, at, body, tries FROM outbox
  WHERE channel = ? AND given_up = 0 ORDER BY id LIMIT ?`;

export function outboxQueries(db: DatabaseSync) {
  const waiting = db.prepare(WAITING_NOTICES);
  const counts = db.prepare(
    `SELECT channel, sum(given_up = 0) AS waiting, sum(given_up = 1) AS givenUp
     FROM outbox WHERE given_up < 2 GROUP BY channel`,
  );
  const byState = db.prepare(
    'SELECT * FROM outbox WHERE given_up = ? ORDER BY coalesce(settled_at, at) DESC, id DESC LIMIT ?',
  );
  const byId = db.prepare('SELECT * FROM outbox WHERE id = ?');
  return {
    waitingNotices: (channel: string, limit: number): OutboxRow[] =>
      waiting.all(channel, limit).map((row) => rowOf({ ...row, channel })),
    outboxCounts: (): OutboxCount[] => counts.all() as unknown as OutboxCount[],
    notesOf: (state: OutboxState, limit: number): OutboxNote[] =>
      byState.all(OUTBOX_STATES.indexOf(state), limit).map(noteOf),
    noteBy: (id: number): OutboxNote | undefined => {
      const row = byId.get(id);
      return row && noteOf(row);
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

const rowOf = (row: Row): OutboxRow => ({
  channel: String(row['channel']),
  key: String(row['key']),
  subject: String(row['subject']),
  at: Number(row['at']) as Instant,
  news: JSON.parse(String(row['body'])) as News,
  tries: Number(row['tries']),
});

const noteOf = (row: Row): OutboxNote => ({
  ...rowOf(row),
  id: Number(row['id']),
  state: OUTBOX_STATES[Number(row['given_up'])] ?? 'waiting',
  ...(typeof row['words'] === 'string' && { words: row['words'] }),
  ...(row['settled_at'] !== null && { settledAt: Number(row['settled_at']) as Instant }),
});
