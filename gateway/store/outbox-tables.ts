// The writer's hand on the outbox: notices come in with the step that they tell of, in its
// transaction, and go when they have been told.
import type { DatabaseSync } from 'node:sqlite';
import type { Notice } from '../domain/notice.ts';
import type { OutboxOutcome } from './log.ts';

export interface OutboxTables {
  put(notices: readonly Notice[]): void;
  settle(channel: string, outcomes: readonly OutboxOutcome[]): void;
}

/** Of what nobody will ever take, the newest are kept for the engineer. */
const GIVEN_UP_KEPT = 1000;

export function outboxTables(db: DatabaseSync): OutboxTables {
  // What has that key already is the same notice: it must not stop the step for ever.
  const insert = db.prepare(
    `INSERT INTO outbox (channel, key, subject, at, body, tries, given_up)
     VALUES (?, ?, ?, ?, ?, 0, 0) ON CONFLICT (channel, key) DO NOTHING`,
  );
  const forget = db.prepare('DELETE FROM outbox WHERE channel = ? AND key = ?');
  const note = db.prepare(
    `UPDATE outbox SET tries = tries + 1, words = ?, given_up = ? WHERE channel = ? AND key = ?`,
  );
  const prune = db.prepare(
    `DELETE FROM outbox WHERE channel = ?1 AND given_up = 1 AND id <= (
       SELECT id FROM outbox WHERE channel = ?1 AND given_up = 1
       ORDER BY id DESC LIMIT 1 OFFSET ${GIVEN_UP_KEPT})`,
  );
  return {
    put(notices) {
      for (const { channel, key, subject, at, news } of notices) {
        insert.run(channel, key, subject, at, JSON.stringify(news));
      }
    },
    settle(channel, outcomes) {
      for (const outcome of outcomes) {
        if (outcome.kind === 'told') forget.run(channel, outcome.key);
        else note.run(outcome.words, outcome.kind === 'given-up' ? 1 : 0, channel, outcome.key);
      }
      if (outcomes.some(({ kind }) => kind === 'given-up')) prune.run(channel);
    },
  };
}
