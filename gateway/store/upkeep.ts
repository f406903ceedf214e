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
  /** Does one slice in a transaction; `isThorough` rolls up also what is less than a block. */
  work(isThorough: boolean): void;
}

export interface UpkeepParts {
  readonly db: DatabaseSync;
  readonly settings: StoreSettings;
  readonly head: () => Sequence;
  /** Takes some of the raw bytes away; whether there were any. */
  readonly dropRaw: () => boolean;
}

interface Tools {
  readonly rolling: Roller;
  readonly log: LogPruning;
  readonly rollups: RollupPruning;
  readonly followers: Followers;
}

export function upkeep(parts: UpkeepParts): Upkeep {
  const { db, settings, head, dropRaw } = parts;
  const tools = toolsOf(parts);
  const { rolling } = tools;
  const sizeOf = usedBytes(db);
  const most = settings.maxBytes ?? Infinity;
  let size = sizeOf();
  let isIdle = false;
  let looked = 0; // up to here there was nothing to roll up: a cursor may stand beyond the log
  const isBlockFull = (): boolean => head() - Math.max(looked, rolling.position()) >= BLOCK;

  /** One slice of whatever comes first; whether there was anything to do. */
  const slice = (isThorough: boolean): boolean => {
    if (isBlockFull() || isThorough) {
      if (rolling.roll()) return true;
      looked = head();
    }
    const reached = rolling.reached();
    if (reached === undefined) return false;
    if (settings.keep && dropOld(tools, settings.keep, reached)) return true;
    return size > most && sacrifice({ ...tools, dropRaw }, reached, size / most);
  };

  return {
    state: () => ({
      rolledUp: rolling.position(),
      usedBytes: size,
      isDue: !isIdle || isBlockFull(),
      isOver: isIdle && size > most,
    }),
    work(isThorough) {
      db.exec('BEGIN IMMEDIATE');
      isIdle = !slice(isThorough);
      db.exec('COMMIT');
      size = sizeOf();
    },
  };
}

function toolsOf({ db, settings }: UpkeepParts): Tools {
  const floors = floorTable(db);
  const days = siteDays(settings.day ?? UTC_DAY);
  return {
    rolling: roller(db, floors, days),
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

/** What the database holds, without the pages that are free to be used again. */
function usedBytes(db: DatabaseSync): () => number {
  const [count, free, size] = ['page_count', 'freelist_count', 'page_size'].map((name) => {
    const pragma = db.prepare(`PRAGMA ${name}`);
    return () => Number(pragma.get()?.[name]);
  });
  return () => ((count?.() ?? 0) - (free?.() ?? 0)) * (size?.() ?? 0);
}
