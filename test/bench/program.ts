// A program of a measurement: started, waited for, and ended with the bench, however that ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../tools.ts';

export interface Program {
  readonly pid: number;
  /** The last of what it printed. */
  output(): string;
  hasEnded(): boolean;
  /** In order; by force where it does not. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  isReady(output: string): boolean | Promise<boolean>;
}

const KEPT = 20_000;
const ENDS_WITHIN_MS = 20_000;

export async function startProgram(
  command: readonly string[],
  { env = {}, cwd, isReady }: ProgramOptions,
): Promise<Program> {
  const [name = ''] = command;
  // Both replace themselves by the program, so the process id is the program's own.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd && { cwd }),
  });
  let printed = '';
  const keep = (chunk: Buffer): void => void (printed = (printed + chunk.toString()).slice(-KEPT));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
    await exit;
    clearTimeout(force);
  };
  try {
    await until(
      `${name} is ready`,
      () => {
        if (hasEnded()) throw new Error(`${name} ended: ${printed}`);
        return isReady(printed);
      },
      120_000,
    );
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}\n${printed}`, { cause: error });
  }
  return { pid: child.pid ?? 0, output: () => printed, hasEnded, stop };
}

export const answersHttp = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );
