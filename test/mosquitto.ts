// A real mosquitto of a test's own, on a free port, with its own folder: killed or stopped it keeps
// its address and what it has promised, so that an outage can be played.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort, temporaryFolder, until } from './tools.ts';

export interface Mosquitto {
  readonly url: string;
  readonly port: number;
  /** Ends it in order: it writes down its sessions and what waits in them. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  pause(): void;
  resume(): void;
}

/** @param more lines of configuration */
export async function startMosquitto(...more: string[]): Promise<Mosquitto> {
  const folder = temporaryFolder();
  const port = await freePort();
  const config = path.join(folder, 'mosquitto.conf');
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder}/`,
    'user root',
    'log_type error',
    ...more,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  let child = await started(config, port);
  onTestFinished(() => ended(child, 'SIGKILL'));
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    stop: () => ended(child, 'SIGTERM'),
    kill: () => ended(child, 'SIGKILL'),
    async start() {
      child = await started(config, port);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

async function started(config: string, port: number): Promise<ChildProcess> {
  // A test runner that is killed takes its server along.
  const command = ['--pdeathsig', 'KILL', 'mosquitto', '-c', config];
  const child = spawn('setpriv', command, { stdio: 'ignore' });
  await until('mosquitto answers', () => {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
    return answers(port);
  });
  return child;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  child.kill('SIGCONT');
  await exit;
}
