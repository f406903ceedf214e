// The writer's hand on what the folds of the log keep: where each follower stands, what it could
// not deliver, and the step's slices, alarms, tickets and days of the ledger.
import type { DatabaseSync } from 'node:sqlite';
import { isOpen } from '../domain/ticket.ts';
import type { Alarm } from '../domain/alarm.ts';
import type { Sequence } from '../domain/record.ts';
import type { DeadLetter, StepCommit } from './log.ts';
import { happeningTable } from './happening-table.ts';
import { ledgerTables } from './ledger-tables.ts';
import { lossTables } from './loss-tables.ts';

/** The step's cursor stands among the others under this name. */
export const STEP = 'step';

export interface FoldTables {
  move(follower: string, to: Sequence, parked: readonly DeadLetter[]): void;
  /** All of a step's commit but its derived entries, which go to the log. */
  save(commit: StepCommit): void;
}

/** An alarm is over when its condition is gone and somebody has said that they saw it. */
const isOver = (alarm: Alarm): boolean => alarm.state === 'normal';

export function foldTables(db: DatabaseSync): FoldTables {
  const cursor = db.prepare('INSERT OR REPLACE INTO cursors VALUES (?, ?)');
  const park = db.prepare(
    `INSERT INTO dead_letters (follower, sequence, words, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (follower, sequence) DO UPDATE SET words = excluded.words, at = excluded.at`,
  );
  const put = db.prepare(
    `INSERT INTO slices VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json`,
  );
  const forget = db.prepare('DELETE FROM slices WHERE key = ?');
  const alarm = db.prepare(
    `INSERT INTO alarms (id, open, raised, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE
     SET open = excluded.open, raised = excluded.raised, body = excluded.body`,
  );
  const ticket = db.prepare(
    `INSERT INTO tickets (id, open, raised, touched, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE
     SET open = excluded.open, raised = excluded.raised, touched = excluded.touched,
         body = excluded.body`,
  );
  const { saveDays } = ledgerTables(db);
  const losses = lossTables(db);
  const happenings = happeningTable(db);
  const move: FoldTables['move'] = (follower, to, parked) => {
    cursor.run(follower, to);
    for (const { sequence, words, at } of parked) park.run(follower, sequence, words, at);
  };
  return {
    move,
    save(commit) {
      for (const [key, json] of commit.puts) {
        if (json === null) forget.run(key);
        else put.run(key, json);
      }
      for (const one of commit.alarms) {
        alarm.run(one.id, isOver(one) ? 0 : 1, one.raisedAt, JSON.stringify(one));
      }
      for (const one of commit.tickets) {
        const touched = one.history.at(-1)?.at ?? one.raisedAt;
        ticket.run(one.id, isOpen(one) ? 1 : 0, one.raisedAt, touched, JSON.stringify(one));
      }
      saveDays(commit.ledger ?? []);
      happenings.put(commit.happenings ?? []);
      if (commit.intake) losses.save(commit.intake);
      move(STEP, commit.cursor, []);
    },
  };
}
