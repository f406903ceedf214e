// A disk of a few megabytes, for tests that fill it: a tmpfs, where this machine may mount one.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** Whether this machine mounts for us. Said loudly where not: these tests then prove nothing. */
export function mayMount(): boolean {
  const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir]);
    return true;
  } catch {
    console.warn('SKIPPED, this user may not mount a small disk to fill (run as root)');
    return false;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export interface SmallDisk {
  readonly dir: string;
  freeBytes(): number;
  /** Somebody else's file takes all the room but `leave`. */
  fill(leave?: number): void;
  /** And goes again. */
  clear(): void;
}

export function smallDisk(megabytes: number): SmallDisk {
  const dir = mkdtempSync(path.join(tmpdir(), 'courtyard-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true, force: true });
  });
  const stranger = path.join(dir, 'stranger');
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  };
  return {
    dir,
    freeBytes,
    fill(leave = 0) {
      const block = new Uint8Array(64 * 1024);
      try {
        while (freeBytes() > leave) appendFileSync(stranger, block);
      } catch {
        // the last block did not fit
      }
    },
    clear: () => rmSync(stranger, { force: true }),
  };
}
