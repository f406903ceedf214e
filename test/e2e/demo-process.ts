// `bin/courtyard demo` as a visitor starts it, on free ports and in a folder of its own, and the
// second terminal that its welcome speaks of.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { courtyard } from '../cli/command.ts';
import { ROOT, until } from '../tools.ts';

export interface DemoProcess {
  readonly url: string;
  /** Everything that it printed. */
  output(): string;
  /** The processes that it started itself. */
  children(): readonly number[];
  get<T>(path: string): Promise<T>;
  /** `courtyard sim --control <its socket> …`, which must succeed. */
  sim(...words: readonly string[]): Promise<string>;
  /** Ctrl-C; gives the exit code. */
  interrupt(): Promise<number | null>;
  /** SIGKILL: it says nothing to anyone. */
  kill(): Promise<void>;
}

/** Resolves once its API answers that it is ready and its simulator takes orders. */
export async function demoProcess(dir: string): Promise<DemoProcess> {
  const words = ['demo', '--port', '0', '--mqtt-port', '0', '--dir', dir];
  const child = spawn(path.join(ROOT, 'bin/courtyard'), words, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = (signal: NodeJS.Signals): Promise<number | null> => end(child, signal);
  onTestFinished(async () => void (await ended('SIGINT')));

  await until('it says how to stop it', () => /Ctrl-C/.test(printed) || over(child), 60_000);
  const url = /start page +(http:\S+)\//.exec(printed)?.[1];
  if (url === undefined) throw new Error(`no start page in: ${printed}`);
  const control = path.join(dir, 'sim.sock');
  await until('the simulator takes orders', () => existsSync(control) || over(child), 60_000);
  await until('ready', async () => (await fetch(`${url}/readyz`)).ok, 30_000);
  return {
    url,
    output: () => printed,
    children: () => childrenOf(child.pid ?? 0),
    async get<T>(where: string) {
      const response = await fetch(url + where);
      if (!response.ok) throw new Error(`${where}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async sim(...orders) {
      const { code, out, err } = await courtyard(['sim', '--control', control, ...orders]);
      if (code !== 0) throw new Error(`sim ${orders.join(' ')}: ${code} ${err}`);
      return out;
    },
    interrupt: () => ended('SIGINT'),
    kill: async () => void (await ended('SIGKILL')),
  };
}

const over = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (over(child)) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
