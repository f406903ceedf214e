import { spawn } from 'node:child_process';
import { EXIT, type ExitCode, type Shell } from './shell.ts';

/** Hands the words to the simulator, which is a program of its own, and its exit code back. */
export async function sim(shell: Shell, words: readonly string[]): Promise<void> {
  const child = spawn(shell.node, [shell.simulator, ...words], {
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const known = Object.values(EXIT).find((exit): exit is ExitCode => exit === code);
  shell.leave(known ?? EXIT.fault);
}
