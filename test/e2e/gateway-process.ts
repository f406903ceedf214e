// The real process on ports and a folder of its own: started as a user starts it, killed as a power
// cut kills it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort, ROOT, temporaryFolder, until } from '../tools.ts';

/** What it runs under: words before its own, such as strace's, and more of an environment. */
export interface Under {
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface GatewayProcess {
  /** The process as it runs now. */
  pid(): number;
  readonly url: string;
  readonly mqttUrl: string;
  readonly dir: string;
  /** Milliseconds from each start to `/readyz` saying yes. */
  readonly startsMs: readonly number[];
  /** Everything that it printed. */
  output(): string;
  start(): Promise<void>;
  /** SIGKILL: nothing is flushed, nothing is said. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for the end; gives the exit code. */
  stop(): Promise<number | null>;
  get<T>(path: string): Promise<T>;
}

/** @param site the site file, with `HTTP_PORT`, `MQTT_PORT` and `DIR` where this run's belong */
export async function gatewayProcess(site: string, under: Under = {}): Promise<GatewayProcess> {
  const dir = temporaryFolder();
  const [http, mqtt] = [await freePort(), await freePort()];
  const config = path.join(dir, 'site.yaml');
  writeFileSync(
    config,
    site
      .replaceAll('HTTP_PORT', `${http}`)
      .replaceAll('MQTT_PORT', `${mqtt}`)
      .replaceAll('DIR', dir),
  );
  const url = `http://127.0.0.1:${http}`;
  const startsMs: number[] = [];
  let child: ChildProcess | undefined;
  let printed = '';
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
    return child.exitCode;
  };
  onTestFinished(async () => void (await ended('SIGKILL')));

  return {
    pid: () => child?.pid ?? 0,
    url,
    mqttUrl: `mqtt://127.0.0.1:${mqtt}`,
    dir,
    startsMs,
    output: () => printed,
    async start() {
      const began = performance.now();
      const run = [path.join(ROOT, 'bin/courtyard'), 'run', '-c', config];
      const [program = '', ...words] = [...(under.words ?? []), ...run];
      child = spawn(program, words, {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...under.env },
      });
      child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await until(
        'ready',
        () => {
          if (child?.exitCode !== null || child.signalCode !== null)
            throw new Error(`it ended: ${printed}`);
          return isReady(url);
        },
        60_000,
      );
      startsMs.push(performance.now() - began);
    },
    kill: async () => void (await ended('SIGKILL')),
    stop: () => ended('SIGTERM'),
    async get<T>(where: string) {
      const response = await fetch(url + where);
      if (!response.ok) throw new Error(`${where}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
