// The disk under the store: how much room, and whether it tells the truth about writing. No disk
// answers an fsync in a few microseconds; whatever does (memory, a card that lies) will have lost
// acknowledged readings after the next power cut.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { fault, ok, warn, type Finding } from './finding.ts';

/** As /readyz has it: below this a flood of readings could fill the disk within hours. */
const LOW_BYTES = 200 * 1024 * 1024;
/** About a month of a busy site, a backup of it included. */
const SCARCE_BYTES = 1024 * 1024 * 1024;
/** `f_type` of filesystems that live in memory: tmpfs, ramfs. */
const IN_MEMORY = [0x01021994, 0x858458f6];

export function lookAtSpace(dir: string): Finding {
  const about = 'disk space';
  const { bavail, bsize, type } = statfsSync(nearest(dir));
  const free = bavail * bsize;
  const says = `${(free / 1e9).toFixed(1)} GB free for ${dir}`;
  if (free < LOW_BYTES) return fault(about, says, 'Free some, or move store.dir to another disk.');
  if (IN_MEMORY.includes(type))
    return warn(about, `${dir} is in memory and gone after a restart`, 'Move store.dir to a disk.');
  if (free < SCARCE_BYTES) return warn(about, says, 'Plan for more before it is full.');
  return ok(about, says);
}

const PROBES = 15;
const TOO_QUICK_US = 15;
const SLOW_US = 100_000;

export function lookAtSync(dir: string): Finding {
  const about = 'disk honesty';
  const took = syncMicroseconds(nearest(dir));
  const says = `an fsync takes ${took < 1000 ? `${took.toFixed(0)} µs` : `${(took / 1000).toFixed(1)} ms`}`;
  if (took < TOO_QUICK_US)
    return warn(
      about,
      `${says}: quicker than any disk`,
      'Memory, or a card that lies: readings may be lost with the power. Use an SSD or an industrial card.',
    );
  if (took > SLOW_US)
    return warn(about, `${says}: a worn or poor card`, 'Use an SSD or an industrial card.');
  return ok(about, says);
}

/** The median of several, each after a page of new bytes as a commit has them. */
function syncMicroseconds(dir: string): number {
  const folder = mkdtempSync(path.join(dir, '.probe-'));
  try {
    const file = openSync(path.join(folder, 'probe'), 'w');
    try {
      const times = Array.from({ length: PROBES }, (_, round) => timed(file, round));
      return times.sort((a, b) => a - b)[PROBES >> 1] ?? 0;
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(file: number, round: number): number {
  writeSync(file, Buffer.alloc(4096, round), 0, 4096, round * 4096);
  const start = performance.now();
  fsyncSync(file);
  return (performance.now() - start) * 1000;
}

/** A store that was never started has no folder yet; its disk is that of the folder above. */
const nearest = (dir: string): string => (existsSync(dir) ? dir : nearest(path.dirname(dir)));
