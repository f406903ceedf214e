// Where the sequences go on after something took them back: a journal that was deleted, a backup that
// was restored, a damaged file. Promise: no number is given twice, and what is lost is written down.
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import type { Mark } from './high-water.ts';

/** Stands among the cursors, as every sequence is above all of them. No follower. */
export const RESUME = 'resume';

export function resumeAfter(db: DatabaseSync, upTo: Sequence): void {
  db.prepare('INSERT OR REPLACE INTO cursors VALUES (?, ?)').run(RESUME, upTo);
}

export interface Found {
  readonly head: Sequence;
  /** Whether there was a journal with something in it beside the database. */
  readonly journal: 'there' | 'gone';
}

/**
 * Compares what was found with what the last gateway left behind. Where something is missing, writes
 * a gap of all that may be, and says so in words.
 */
export function resumeBehind(db: DatabaseSync, left: Mark, found: Found): string | undefined {
  const missing = missingIn(left, found);
  if (!missing) return undefined;
  const { last, count } = missing;
  db.exec('BEGIN IMMEDIATE');
  resumeAfter(db, left.upTo);
  db.prepare('INSERT OR REPLACE INTO gaps VALUES (?, ?, ?, ?)').run(
    found.head + 1,
    last,
    count,
    Date.now(),
  );
  db.exec('COMMIT');
  const what = count === 0 ? 'the journal was deleted' : `${count} records are not there any more`;
  return `${what}: what came after record ${found.head} is lost, the next one is ${left.upTo + 1}`;
}

/** `count` is 0 where nobody can know how many. */
function missingIn({ upTo, closedAt }: Mark, { head, journal }: Found) {
  if (closedAt !== undefined)
    return head < closedAt ? { last: closedAt, count: closedAt - head } : undefined;
  return journal === 'gone' && head < upTo ? { last: upTo, count: 0 } : undefined;
}
