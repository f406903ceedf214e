// One command of the product, run as a person runs it, to its end.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../tools.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export function courtyard(words: readonly string[], around: Surroundings = {}): Promise<Ended> {
  const env = { ...process.env, ...around.env };
  return new Promise((resolve) => {
    execFile(
      path.join(ROOT, 'bin/courtyard'),
      words,
      { env, cwd: around.cwd ?? ROOT },
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
