// What keeps the store small and its charts quick, a slice at a time: the roller, the ages of the
// site file, and its size. Each slice is a transaction of its own, after a group was made durable: it
// can fail without failing anybody's write, and holds up the next group by some milliseconds.
//
// Age is told by the log's own receipts, and a moment counts as reached only once a whole block was
// received after it: a clock that shows next year for a minute prunes nothing.
import type { DatabaseSync } from 'node:sqlite';
import { siteDays } from '../domain/day.ts';
import type { Sequence } from '../domain/record.ts';
import type { Keep, StoreSettings, UpkeepState } from './log.ts';
import type { Followers } from './followers.ts';
import type { FreshRows } from './fresh-rows.ts';
import { followersOf } from './followers.ts';
import { floorTable } from './floors.ts';
import { UTC_DAY } from './grain.ts';
import type { LogPruning } from './log-pruning.ts';
import { logPruning } from './log-pruning.ts';
import type { Roller } from './roller.ts';
import { BLOCK, roller } from './roller.ts';
import type { RollupPruning } from './rollup-pruning.ts';
import { rollupPruning } from './rollup-pruning.ts';
import { sacrifice } from './sacrifice.ts';

export interface Upkeep {
  state(): UpkeepState;
  /** Bytes within the file that wait to be used again. */
  room(): number;
  /** Gives up one slice of what is missed least, whatever the size; whether there was any. */
  give(what: 'what all have passed' | 'all that may go'): boolean;
  /** Does one slice in a transaction; `isThorough` rolls up also what is less than a block. */
  work(isThorough: boolean): void;
}

export interface UpkeepParts {
  readonly db: DatabaseSync;
  readonly settings: StoreSettings;
  readonly head: () => Sequence;
  /** Takes some of the raw bytes away; whether there were any. */
  readonly dropRaw: () => boolean;
  /** Rows that the roller need not read back (fresh-rows.ts). */
  readonly fresh: () => FreshRows;
}

interface Tools {
  readonly rolling: Roller;
  readonly log: LogPruning;
  readonly rollups: RollupPruning;
  readonly followers: Followers;
}

const ROLL_EVERY_MS = 1000;
/** Rest, as a multiple of the work before it: thousands of series have thousands of buckets each time. */
const ROLL_REST = 64;
const ROLL_AT = 24 * BLOCK;

export function upkeep(parts: UpkeepParts): Upkeep {
  const { db, settings, head, dropRaw } = parts;
  const tools = toolsOf(parts);
  const { rolling } = tools;
  const sizeOf = sizes(db);
  const most = settings.maxBytes ?? Infinity;
  let size = sizeOf.used();
  let isIdle = false;
  let looked = 0; // up to here there was nothing to roll up: a cursor may stand beyond the log
  let rollAfter = -Infinity;
  const isBlockFull = (): boolean => head() - Math.max(looked, rolling.position()) >= BLOCK;
  // In a flood a block is full every moment; the longer they gather, the fewer buckets are written.
  const isRollDue = (): boolean =>
    isBlockFull() && (performance.now() >= rollAfter || head() - rolling.position() >= ROLL_AT);

  /** One slice of whatever comes first; whether there was anything to do. */
  const slice = (isThorough: boolean): boolean => {
    if (isRollDue() || isThorough) {
      const began = performance.now();
      const isRolled = rolling.roll();
      rollAfter = restedFrom(began);
      if (isRolled) return true;
      looked = head();
    }
    const reached = rolling.reached();
    if (reached === undefined) return false;
    if (settings.keep && dropOld(tools, settings.keep, reached)) return true;
    return size > most && sacrifice({ ...tools, dropRaw }, reached, size / most);
  };
  const giveUp = (fullness: number): boolean => {
    const reached = rolling.reached();
    if ((reached === undefined || isBlockFull()) && rolling.roll()) return true;
    return reached !== undefined && sacrifice({ ...tools, dropRaw }, reached, fullness);
  };

  return {
    state: () => ({
      rolledUp: rolling.position(),
      usedBytes: size,
      isDue: !isIdle || isRollDue(),
      isOver: isIdle && size > most,
    }),
    room: () => sizeOf.free(),
    give: (what) => transacted(db, () => giveUp(what === 'all that may go' ? Infinity : 1)),
    work(isThorough) {
      isIdle = !transacted(db, () => slice(isThorough));
      size = sizeOf.used();
    },
  };
}

function restedFrom(began: number): number {
  const now = performance.now();
  return now + Math.max(ROLL_EVERY_MS, ROLL_REST * (now - began));
}

function transacted(db: DatabaseSync, work: () => boolean): boolean {
  db.exec('BEGIN IMMEDIATE');
  const isDone = work();
  db.exec('COMMIT');
  return isDone;
}

function toolsOf({ db, settings, fresh }: UpkeepParts): Tools {
  const floors = floorTable(db);
  const days = siteDays(settings.day ?? UTC_DAY);
  return {
    rolling: roller({ db, floors, days, fresh }),
    log: logPruning(db, floors),
    rollups: rollupPruning({ db, floors, days }),
    followers: followersOf(db, settings.followers),
  };
}

/** What the site file says is too old: one slice of it, raw readings first. */
function dropOld(tools: Tools, keep: Keep, reached: number): boolean {
  const { log, rollups, followers } = tools;
  const followedTo = followers.followedTo();
  if (log.prune({ before: reached - keep.raw, to: followedTo, followedTo })) return true;
  return (['minute', 'hour', 'day'] as const).some((grain) =>
    rollups.prune(grain, reached - keep[grain]),
  );
}

/** What the database holds, and the pages within it that are free to be used again. */
function sizes(db: DatabaseSync) {
  const read = (name: string): (() => number) => {
    const pragma = db.prepare(`PRAGMA ${name}`);
    return () => Number(pragma.get()?.[name]);
  };
  const [count, free, size] = [read('page_count'), read('freelist_count'), read('page_size')];
  return { used: () => (count() - free()) * size(), free: () => free() * size() };
}
