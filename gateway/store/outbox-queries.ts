// What is asked of the outbox, on the reader's connection.
import type { DatabaseSync } from 'node:sqlite';
import type { News } from '../domain/notice.ts';
import type { Instant } from '../domain/time.ts';
import type { OutboxCount, OutboxRow } from './log.ts';

export const WAITING_NOTICES = `
  SELECT key, subject, at, body, tries FROM outbox
  WHERE channel = ? AND given_up = 0 ORDER BY id LIMIT ?`;

export function outboxQueries(db: DatabaseSync) {
  const waiting = db.prepare(WAITING_NOTICES);
  const counts = db.prepare(
    `SELECT channel, count(*) - sum(given_up) AS waiting, sum(given_up) AS givenUp
     FROM outbox GROUP BY channel`,
  );
  return {
    waitingNotices: (channel: string, limit: number): OutboxRow[] =>
      waiting.all(channel, limit).map((row) => ({
        channel,
        key: String(row['key']),
        subject: String(row['subject']),
        at: Number(row['at']) as Instant,
        news: JSON.parse(String(row['body'])) as News,
        tries: Number(row['tries']),
      })),
    outboxCounts: (): OutboxCount[] => counts.all() as unknown as OutboxCount[],
  };
}
