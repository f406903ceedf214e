// The highest sequence that may have been given, kept beside the database: what a lost journal, a
// restored backup or a damaged file takes back, this remembers, so that no number is given twice.
// Written once in a hundred thousand records, ahead of them, and at an orderly end.
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Sequence } from '../domain/record.ts';

export interface HighWater {
  /** As the last gateway left it; undefined where none did, or nobody can read it. */
  readonly left: Mark | undefined;
  /** Makes sure that the mark stands well above `head`. */
  cover(head: Sequence): void;
  /** The last word of an orderly end, said once the whole log is in the database itself. */
  close(head: Sequence): void;
}

export interface Mark {
  /** No sequence above this one was given. */
  readonly upTo: Sequence;
  /** The last that was given, where the gateway ended in order. */
  readonly closedAt?: Sequence;
}

const FILE = 'sequence';
export const AHEAD = 100_000;

export function highWaterIn(dir: string): HighWater {
  const file = path.join(dir, FILE);
  const left = read(file);
  let upTo = left?.closedAt === undefined ? (left?.upTo ?? 0) : 0;
  return {
    left,
    cover(head) {
      if (head + AHEAD / 2 <= upTo) return;
      write(file, { upTo: head + AHEAD });
      upTo = head + AHEAD;
    },
    close: (head) => write(file, { upTo: Math.max(upTo, head), closedAt: head }),
  };
}

function read(file: string): Mark | undefined {
  try {
    const { upTo, closedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Mark>;
    if (!isSequence(upTo)) return undefined;
    return { upTo, ...(isSequence(closedAt) && { closedAt }) };
  } catch {
    return undefined; // a new store, or an older one's
  }
}

const isSequence = (value: unknown): value is Sequence =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The old one stays until the new one is on the disk. */
function write(file: string, mark: Mark): void {
  const arriving = `${file}.new`;
  const handle = openSync(arriving, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(mark)}\n`);
    fsyncSync(handle);
  } catch (error) {
    rmSync(arriving, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  renameSync(arriving, file);
  flushFolder(path.dirname(file));
}

export function flushFolder(dir: string): void {
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
