// A real influxd of a test's own: its own folder, its own free ports, nothing on the default ones.
// Stopped or killed it keeps its data and its address, so that an outage can be played.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { freePort, until } from './tools.ts';

export interface Influxd {
  readonly url: string;
  /** Ends it in order; its data stay for a restart. */
  stop(): Promise<void>;
  /** Ends it and removes its data. */
  discard(): Promise<void>;
  /** Starts it again on the same port with the same data, ending it first where it still runs. */
  restart(): Promise<void>;
  /** It keeps its connections and answers nothing, once resolved. */
  pause(): Promise<void>;
  resume(): void;
  /** Rows as columns of text: a number would round the nanoseconds. */
  query(database: string, influxQl: string): Promise<Record<string, string>[]>;
  /** Lines past the gateway, as other writers send them. */
  write(database: string, lines: string): Promise<void>;
}

/** `http`: further settings of its section `[http]`. */
export async function startInfluxd({ http = '' } = {}): Promise<Influxd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'courtyard-influxd-'));
  const [port, backupPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const config = path.join(folder, 'influxd.conf');
  writeFileSync(config, configOf(folder, { port, backupPort, http }));
  let child = await started(config, url);
  const stop = () => ended(child);
  return {
    url,
    stop,
    async discard() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
    async restart() {
      await stop();
      child = await started(config, url);
    },
    async pause() {
      child.kill('SIGSTOP');
      await until('each of its threads has stopped', () => hasStopped(child.pid ?? 0));
    },
    resume: () => void child.kill('SIGCONT'),
    async query(database, influxQl) {
      const asked = new URLSearchParams({ db: database, q: influxQl, epoch: 'ns' });
      const headers = { accept: 'application/csv' };
      const response = await fetch(`${url}/query`, { method: 'POST', headers, body: asked });
      const text = await response.text();
      if (!response.ok) throw new Error(`${influxQl}: ${text}`);
      return parse<Record<string, string>>(text, { columns: true });
    },
    async write(database, lines) {
      const to = `${url}/write?db=${database}&precision=ns`;
      const response = await fetch(to, { method: 'POST', body: lines });
      if (!response.ok) throw new Error(await response.text());
    },
  };
}

async function started(config: string, url: string): Promise<ChildProcess> {
  // A test runner that is killed takes its server along.
  const command = ['--pdeathsig', 'KILL', 'influxd', '-config', config];
  const child = spawn('setpriv', command, { stdio: 'ignore' });
  await until('influxd answers', () => {
    if (child.exitCode !== null) throw new Error(`influxd ended with ${child.exitCode}`);
    return fetch(`${url}/ping`).then(
      (response) => response.status === 204,
      () => false,
    );
  });
  return child;
}

const hasStopped = (pid: number): boolean =>
  readdirSync(`/proc/${pid}/task`).every((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8').includes(') T '),
  );

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  await exit;
}

function configOf(
  folder: string,
  { port, backupPort, http }: { port: number; backupPort: number; http: string },
): string {
  const inside = (name: string): string => {
    mkdirSync(path.join(folder, name));
    return JSON.stringify(path.join(folder, name));
  };
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${backupPort}"
[meta]
  dir = ${inside('meta')}
  logging-enabled = false
[data]
  dir = ${inside('data')}
  wal-dir = ${inside('wal')}
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
  ${http}
[monitor]
  store-enabled = false
[subscriber]
  enabled = false
[continuous_queries]
  enabled = false
[logging]
  level = "error"
`;
}
