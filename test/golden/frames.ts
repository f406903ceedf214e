// Reads the golden files for whoever is held against them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../tools.ts';

export interface GoldenFrame {
  readonly line: string;
  readonly device: string;
  readonly seq: number;
  /** By the names on the wire. */
  readonly values: Readonly<Record<string, number>>;
}

const golden = (file: string): string =>
  readFileSync(path.join(ROOT, 'test/golden', file), 'utf8').trimEnd();

export function goldenFrames(): GoldenFrame[] {
  const meanings = JSON.parse(golden('frames.json')) as Omit<GoldenFrame, 'line'>[];
  const lines = golden('frames.txt').split('\n');
  return meanings.map((meaning, index) => ({ ...meaning, line: lines[index] ?? '' }));
}

export const goldenChecksums = (): { crc: string; text: string }[] =>
  golden('crc16.txt')
    .split('\n')
    .map((line) => ({ crc: line.slice(0, 4), text: line.slice(5) }));
