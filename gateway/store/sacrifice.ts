// What goes when the store is larger than the site file allows, and in which order. The first line
// that still has something gives a slice of it; then the size is looked at again.
//
//   1 raw bytes of refused messages          5 readings that everybody has passed, of any age
//   2 readings passed, older than a day      6 minutes older than a day
//   3 minutes older than a week              7 at a quarter over: readings that only the fold has
//   4 hours older than a year                  passed, as a counted gap
//
// Never: days, alarms, tickets, the ledger, commands, counts, and what the fold has not passed.
import { days } from '../domain/time.ts';
import type { Followers } from './followers.ts';
import type { LogPruning } from './log-pruning.ts';
import type { RollupPruning } from './rollup-pruning.ts';

export interface Scarce {
  readonly log: LogPruning;
  readonly rollups: RollupPruning;
  readonly followers: Followers;
  /** Takes some of the raw bytes away; whether there were any. */
  readonly dropRaw: () => boolean;
}

/** So far over its size that what a sink still waits for has to go. */
const HARD_LIMIT = 1.25;

/** Gives up one slice inside the caller's transaction; whether anything was left to give. */
export function sacrifice(scarce: Scarce, reached: number, fullness: number): boolean {
  const { followers } = scarce;
  const order = [
    () => scarce.dropRaw(),
    () => dropReadings(scarce, reached - days(1), followers.followedTo()),
    () => dropOldest(scarce, 'minute', reached - days(7)),
    () => dropOldest(scarce, 'hour', reached - days(366)),
    () => dropReadings(scarce, Infinity, followers.followedTo()),
    () => dropOldest(scarce, 'minute', reached - days(1)),
    () => fullness > HARD_LIMIT && dropReadings(scarce, Infinity, followers.foldedTo()),
  ];
  return order.some((give) => give());
}

const dropReadings = ({ log, followers }: Scarce, before: number, to: number): boolean =>
  log.prune({ before, to, followedTo: followers.followedTo() });

/** Two days more of the oldest, or what an earlier slice has left of them. */
function dropOldest({ rollups }: Scarce, grain: 'minute' | 'hour', before: number): boolean {
  if (rollups.prune(grain, -Infinity)) return true;
  const oldest = rollups.oldest(grain);
  return oldest !== undefined && rollups.prune(grain, Math.min(oldest + days(2), before));
}
