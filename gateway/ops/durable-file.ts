// Files that outlast a power cut: the bytes reach the disk before the name does, and the folder
// that holds the name afterwards.
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** Waits until the disk has a file or a folder. */
export function flush(place: string): void {
  const handle = openSync(place, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes a text that is either wholly there or not at all. */
export function writeDurably(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  flush(unfinished);
  renameSync(unfinished, file);
  flush(path.dirname(file));
}

/** SHA-256 in hexadecimal digits, read piece by piece: a store may be larger than the memory. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
