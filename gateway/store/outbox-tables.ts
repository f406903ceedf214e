// The writer's hand on the outbox: notices come in with the step that they tell of, in its
// transaction, and stay for a while when they have been told, so that people can see that they were
// and the same one is not told once more.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Notice } from '../domain/notice.ts';
import type { Instant } from '../domain/time.ts';
import { OUTBOX_STATES, type OutboxOutcome, type OutboxState } from './outbox.ts';

export interface OutboxTables {
  put(notices: readonly Notice[]): void;
  settle(channel: string, outcomes: readonly OutboxOutcome[]): void;
}

/** How `given_up` says it: 0 while it waits. */
export const codeOf = (state: OutboxState): number => OUTBOX_STATES.indexOf(state);

/** Of each channel and end, the newest are kept for people to see. */
const KEPT: Readonly<Record<Exclude<OutboxState, 'waiting'>, number>> = {
  'given-up': 1000,
  told: 200,
  superseded: 200,
  dropped: 200,
};

export function outboxTables(db: DatabaseSync): OutboxTables {
  // What has that key already is the same notice: it must not stop the step for ever.
  const insert = db.prepare(
    `INSERT INTO outbox (channel, key, subject, at, body, tries, given_up)
     VALUES (?, ?, ?, ?, ?, 0, 0) ON CONFLICT (channel, key) DO NOTHING`,
  );
  const end = db.prepare(
    `UPDATE outbox SET given_up = ?, settled_at = ?, words = coalesce(?, words)
     WHERE channel = ? AND key = ? AND given_up <> ${codeOf('told')}`,
  );
  const fail = db.prepare(
    'UPDATE outbox SET tries = tries + 1, words = ? WHERE channel = ? AND key = ?',
  );
  const revive = db.prepare(
    `UPDATE outbox SET given_up = 0, settled_at = NULL
     WHERE channel = ? AND key = ? AND given_up = ${codeOf('given-up')}`,
  );
  const prune = db.prepare(
    `DELETE FROM outbox WHERE channel = ?1 AND given_up = ?2 AND id <= (
       SELECT id FROM outbox WHERE channel = ?1 AND given_up = ?2
       ORDER BY id DESC LIMIT 1 OFFSET ?3)`,
  );
  const hand = handOver({ insert, end, fail, revive });
  return {
    put: (notices) => notices.forEach(hand.put),
    settle(channel, outcomes) {
      for (const outcome of outcomes) hand.settle(channel, outcome);
      for (const state of ENDS) {
        if (outcomes.some(({ kind }) => endsAs(kind) === state))
          prune.run(channel, codeOf(state), KEPT[state]);
      }
    },
  };
}

type Hand = Readonly<Record<'insert' | 'end' | 'fail' | 'revive', StatementSync>>;

/** One notice, one outcome. */
function handOver({ insert, end, fail, revive }: Hand) {
  const put = ({ channel, key, subject, at, news }: Notice): void => {
    insert.run(channel, key, subject, at, JSON.stringify(news));
  };
  const over = (channel: string, key: string, ended: End): void => {
    const { state, at, words } = ended;
    end.run(codeOf(state), at ?? null, words ?? null, channel, key);
  };
  const settle = (channel: string, outcome: OutboxOutcome): void => {
    const { key, at } = outcome;
    switch (outcome.kind) {
      case 'told':
        return over(channel, key, { state: 'told', at });
      case 'given-up':
        fail.run(outcome.words, channel, key);
        return over(channel, key, { state: 'given-up', at });
      case 'dropped':
        return over(channel, key, { state: 'dropped', at, words: outcome.words });
      case 'failed':
        return void fail.run(outcome.words, channel, key);
      case 'again':
        return void revive.run(channel, key);
      case 'merged': {
        put(outcome.notice);
        for (const old of outcome.keys) over(channel, old, { state: 'superseded', at, words: key });
      }
    }
  };
  return { put, settle };
}

interface End {
  readonly state: OutboxState;
  readonly at: Instant | undefined;
  readonly words?: string;
}

const ENDS = ['given-up', 'told', 'superseded', 'dropped'] as const;

function endsAs(kind: OutboxOutcome['kind']): OutboxState {
  if (kind === 'merged') return 'superseded';
  return kind === 'failed' || kind === 'again' ? 'waiting' : kind;
}
