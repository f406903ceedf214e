// Two ends of a real pseudo-terminal, held by socat: the gateway opens the link as its port, the
// test speaks from the other end, and killing socat is the pulled cable.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { until } from '../tools.ts';

export interface PtyPair {
  /** The name that the gateway opens. */
  readonly path: string;
  say(text: string | Buffer): Promise<void>;
  /** The cable is pulled: both nodes and their names are gone. */
  pull(): Promise<void>;
}

export async function ptyPair(path: string): Promise<PtyPair> {
  const far = `${path}.far`;
  const end = (link: string): string => `pty,raw,echo=0,link=${link}`;
  const socat = spawn('socat', ['-d', '-d', end(path), end(far)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => stop(socat));
  // The names are there before the ends are raw: whoever speaks earlier gets an echo, and can
  // hold the terminal so that socat never comes to make it raw.
  let words = '';
  socat.stderr.on('data', (bytes: Buffer) => (words += bytes.toString()));
  await until('socat carries data', () => words.includes('starting data transfer loop'));
  const speaker = await open(far, 'r+');
  onTestFinished(() => speaker.close());
  return {
    path,
    say: (text) => speaker.writeFile(text),
    pull: () => stop(socat),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM'); // socat then takes its links away
  await once(child, 'exit');
}
