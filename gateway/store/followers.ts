// Who follows the log, and how far all of them have come. Records wait for every follower that the
// site file names, also for one that has not moved yet; where none are named, for all that ever moved.
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import { STEP } from './fold-tables.ts';
import { PRUNE } from './log-pruning.ts';
import { RESUME } from './resumption.ts';
import { ROLLUP } from './roller.ts';

export interface Followers {
  /** Up to here the fold and the rollups have passed: beyond it nothing may ever go. */
  foldedTo(): Sequence;
  /** Up to here everybody has passed. */
  followedTo(): Sequence;
}

export function followersOf(db: DatabaseSync, named: readonly string[] | undefined): Followers {
  const positions = db.prepare('SELECT follower, position FROM cursors');
  /** How far the last of `some` is; of all where they are not given. */
  const last = (some: readonly string[] | undefined): Sequence => {
    const cursors = new Map(
      positions.all().map((row) => [String(row['follower']), Number(row['position'])]),
    );
    cursors.delete(PRUNE);
    cursors.delete(RESUME);
    const waitedFor = new Set([STEP, ROLLUP, ...(some ?? cursors.keys())]);
    return Math.min(...[...waitedFor].map((follower) => cursors.get(follower) ?? 0));
  };
  return { foldedTo: () => last([]), followedTo: () => last(named) };
}

/** Throws for a follower that the site file does not name: pruning would not wait for it. */
export function assureNamed(follower: string, named: readonly string[] | undefined): void {
  if (named === undefined || named.includes(follower)) return;
  throw new TypeError(`${follower} is none of the named followers: ${named.join(', ')}`);
}
