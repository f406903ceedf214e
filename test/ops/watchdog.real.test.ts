// The gateway as systemd starts it: a datagram socket in NOTIFY_SOCKET, a period in WATCHDOG_USEC.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort, has, ROOT, temporaryFolder, until } from '../tools.ts';

const PERIOD_MS = 1500;

describe.runIf(has('socat', 'systemd-notify'))('a gateway under systemd', () => {
  it('says that it is ready, then that it is well, then that it stops', async () => {
    const { gateway, heard } = await underSystemd();
    await until('three signs of life', () => beats(heard()) >= 3);
    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
    await until('the last word', () => heard().includes('STOPPING=1'));
    expect(heard().indexOf('READY=1')).toBeLessThan(heard().indexOf('WATCHDOG=1'));
    expect(gateway.exitCode).toBe(0);
  });

  it('says nothing while it hangs, nor for the hang afterwards, and is well again', async () => {
    const { gateway, heard, printed } = await underSystemd();
    await until('a sign of life', () => beats(heard()) >= 1);
    gateway.kill('SIGSTOP');
    const before = beats(heard());
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS)); // how long it hangs
    expect(beats(heard())).toBeLessThanOrEqual(before + 1); // one may have been on its way
    gateway.kill('SIGCONT');
    await until('it knows', () => printed().includes('the event loop stood still'));
    await until('it is well again', () => printed().includes('well again'));
  });
});

const beats = (heard: string): number => heard.match(/WATCHDOG=1/g)?.length ?? 0;

async function underSystemd(): Promise<{
  gateway: ChildProcess;
  heard: () => string;
  printed: () => string;
}> {
  const dir = temporaryFolder();
  const socket = path.join(dir, 'notify.sock');
  const heard = collected(started('socat', ['-u', `UNIX-RECV:${socket}`, '-']));
  const site = path.join(dir, 'site.yaml');
  writeFileSync(site, await siteIn(dir));
  const gateway = started(path.join(ROOT, 'bin/courtyard'), ['run', '-c', site], {
    NOTIFY_SOCKET: socket,
    WATCHDOG_USEC: String(PERIOD_MS * 1000),
  });
  const printed = collected(gateway);
  await until('systemd hears that it is ready', () => heard().includes('READY=1'), 20_000);
  return { gateway, heard, printed };
}

function started(program: string, words: string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...more },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function collected(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

const siteIn = async (dir: string): Promise<string> => `version: 1
site: { id: yard, name: Yard, zone: Asia/Shanghai, latitude: 31.08, longitude: 121.39 }
http: { port: ${await freePort()} }
store: { dir: ${dir}/store }
`;
