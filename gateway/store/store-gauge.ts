// How the store is doing, read without touching it: counted as commits come back, with the free
// space of its disk looked up now and then.
import { statfs } from 'node:fs/promises';
import type { StoreHealth, UpkeepState } from './log.ts';

const LOOK_EVERY_MS = 10_000;

export interface StoreGauge {
  /** A group has left for the disk; `committed` or `failed` follows, if the disk ever answers. */
  began(): void;
  committed(tookMs: number, upkeep: UpkeepState): void;
  failed(why: string): void;
  read(): Omit<StoreHealth, 'head'>;
}

export async function storeGauge(dir: string): Promise<StoreGauge> {
  let failing: { readonly why: string } | undefined;
  let beganAt: number | undefined;
  let commits = 0;
  let lastCommitMs = 0;
  let upkeep: UpkeepState | undefined;
  let freeBytes = await freeSpace(dir);
  let lookedAt = performance.now();

  const look = async (): Promise<void> => {
    lookedAt = performance.now();
    freeBytes = await freeSpace(dir);
  };
  return {
    began() {
      beganAt = performance.now();
    },
    committed(tookMs, state) {
      upkeep = state;
      beganAt = undefined;
      failing = undefined;
      commits += 1;
      lastCommitMs = tookMs;
    },
    failed(why) {
      beganAt = undefined;
      failing = { why: `since ${sinceOf(failing)}: ${why}` };
    },
    read() {
      // not awaited: the next reading of the gauge shows it, and `freeSpace` never rejects
      if (performance.now() - lookedAt > LOOK_EVERY_MS) void look();
      const waiting = beganAt === undefined ? {} : { waitingMs: performance.now() - beganAt };
      const state = failing ? 'failing' : 'ok';
      const counts = { commits, lastCommitMs, freeBytes };
      return { state, ...failing, ...waiting, ...counts, ...(upkeep && { upkeep }) };
    },
  };
}

/** The first failure's moment stays while the words follow the last. */
const sinceOf = (failing: { readonly why: string } | undefined): string =>
  /^since (\S+):/.exec(failing?.why ?? '')?.[1] ?? new Date().toISOString();

/** A disk that does not answer has no space to count on. */
async function freeSpace(dir: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
