// How the store is doing, read without touching it: counted as commits come back, with the free
// space of its disk looked up now and then.
import { statfs } from 'node:fs/promises';
import type { StoreHealth, UpkeepState } from './log.ts';
import { commitFigures } from './commit-figures.ts';

const LOOK_EVERY_MS = 10_000;
/** A card that takes this long for one commit in a hundred is near its end, or was never good. */
const SLOW_MS = 200;
const ENOUGH_COMMITS = 20;

export interface Commit {
  readonly tookMs: number;
  readonly entries: number;
  readonly upkeep: UpkeepState;
}

export interface StoreGauge {
  /** A group has left for the disk; `committed` or `failed` follows, if the disk ever answers. */
  began(): void;
  committed(commit: Commit): void;
  failed(why: string): void;
  read(): Omit<StoreHealth, 'head' | 'waitingEntries' | 'waitingBytes'>;
}

interface Failing {
  readonly why: string;
  readonly since: string;
  readonly began: number;
}

export async function storeGauge(dir: string): Promise<StoreGauge> {
  const figures = commitFigures(() => performance.now());
  let failing: Failing | undefined;
  let beganAt: number | undefined;
  let commits = 0;
  let lastCommitMs = 0;
  let upkeep: UpkeepState | undefined;
  const room = await roomGauge(dir);

  return {
    began() {
      beganAt = performance.now();
    },
    committed(commit) {
      upkeep = commit.upkeep;
      beganAt = undefined;
      failing = undefined;
      commits += 1;
      lastCommitMs = commit.tookMs;
      figures.committed(commit.tookMs, commit.entries);
    },
    failed(why) {
      beganAt = undefined;
      // the first failure's moment stays while the words follow the last
      const { since = new Date().toISOString(), began = performance.now() } = failing ?? {};
      failing = { why, since, began };
    },
    read() {
      const now = performance.now();
      const { commitMs, batch } = figures.read();
      return {
        ...stateOf(failing, now),
        ...(beganAt !== undefined && { waitingMs: now - beganAt }),
        commits,
        lastCommitMs,
        freeBytes: room(),
        commitMs,
        batch,
        ...notesOn(commitMs),
        ...(upkeep && { upkeep }),
      };
    },
  };
}

function stateOf(failing: Failing | undefined, now: number) {
  if (!failing) return { state: 'ok' as const };
  const { why, since, began } = failing;
  return { state: 'failing' as const, why: `since ${since}: ${why}`, failingMs: now - began };
}

function notesOn({ p99, count }: NonNullable<StoreHealth['commitMs']>): Pick<StoreHealth, 'notes'> {
  if (p99 <= SLOW_MS || count < ENOUGH_COMMITS) return {};
  return { notes: [`the disk is slow: one commit in a hundred takes ${Math.round(p99)} ms`] };
}

/** The free space of a disk, as old as one look at it. */
async function roomGauge(dir: string): Promise<() => number> {
  let freeBytes = await freeSpace(dir);
  let lookedAt = performance.now();
  const look = async (): Promise<void> => {
    lookedAt = performance.now();
    freeBytes = await freeSpace(dir);
  };
  return () => {
    // not awaited: the next reading of the gauge shows it, and `freeSpace` never rejects
    if (performance.now() - lookedAt > LOOK_EVERY_MS) void look();
    return freeBytes;
  };
}

/** A disk that does not answer has no space to count on. */
async function freeSpace(dir: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
