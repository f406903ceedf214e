// Room that is set aside for the day that the disk is full: a file of noise, which the store throws
// out when it cannot even open its database, prunes with the room that gives, and takes in again when
// there is room for it twice. Noise, because some file systems store zeros in no room at all.
import { randomFillSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

export interface Ballast {
  /** Throws it out; whether there was any. */
  drop(): boolean;
  /** Takes in a little of what is missing where there is room; whether more is missing. */
  grow(): boolean;
  /** What an engineer should know of it, in words. */
  note(): string | undefined;
}

const FILE = 'ballast';
/** Little enough that no commit waits long behind it, on a poor card too. */
const STEP = 1024 * 1024;

/** @param size in bytes; 0 for none */
export function ballastIn(dir: string, size: number): Ballast {
  const file = path.join(dir, FILE);
  let noise: Uint8Array | undefined;
  let wasDropped = false;
  const isWhole = (): boolean => sizeOf(file) >= size;
  const hasRoom = (): boolean => freeBytes(dir) > 2 * size;
  return {
    drop() {
      const isThere = size > 0 && sizeOf(file) > 0;
      if (!isThere) return false;
      rmSync(file, { force: true });
      wasDropped = true;
      return true;
    },
    grow() {
      if (isWhole() || !hasRoom()) return !isWhole();
      noise ??= randomFillSync(new Uint8Array(STEP));
      appendDurably(file, noise);
      if (!isWhole()) return true;
      [noise, wasDropped] = [undefined, false];
      return false;
    },
    note() {
      if (!wasDropped) return undefined;
      const needed = Math.ceil((2 * size) / 1e6);
      return `the disk was full and the ballast is spent; it comes back when ${needed} MB are free`;
    },
  };
}

function appendDurably(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

export function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

const SOON_MS = 10_000;
const STEP_MS = 250;
const LATER_MS = 60_000;

/** The ballast is taken in by little steps between the groups, and looked after now and then. */
export function growInQuiet({ grow }: Ballast): void {
  const step = (): void => {
    let wait = LATER_MS;
    try {
      if (grow()) wait = STEP_MS;
    } catch {
      // no room after all, or a disk that fails: whoever writes says so
    }
    setTimeout(step, wait).unref();
  };
  setTimeout(step, SOON_MS).unref();
}
