import { spawn } from 'node:child_process';
import { EXIT, type ExitCode, type Shell } from './shell.ts';

/** Where `courtyard demo` puts its simulator's socket unless told otherwise. */
const DEMO_SOCKET = 'data/demo/sim.sock';

/** Hands the words to the simulator, which is a program of its own, and its exit code back. */
export async function sim(shell: Shell, words: readonly string[]): Promise<void> {
  const [node, ...flags] = shell.node;
  const child = spawn(node, [...flags, shell.simulator, ...addressed(words)], {
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  const known = Object.values(EXIT).find((exit): exit is ExitCode => exit === code);
  shell.leave(known ?? EXIT.fault);
}

/** An order that names no simulator is for the demo that was started in this folder. */
const addressed = (words: readonly string[]): readonly string[] =>
  isOrder(words) && !words.some((word) => word.startsWith('--control'))
    ? ['--control', DEMO_SOCKET, ...words]
    : words;

function isOrder([first = '-', ...rest]: readonly string[]): boolean {
  if (first.startsWith('-') || first === 'help') return false;
  const lists = first === 'do' && (rest.length === 0 || rest.includes('--list'));
  return !lists && !rest.includes('--help') && !rest.includes('-h');
}
