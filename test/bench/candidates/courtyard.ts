// Courtyard doing its whole job: its own broker, the durable log, rules, rollups, the loss ledger,
// InfluxDB, and a webhook where this version of it has webhooks.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, ROOT } from '../../tools.ts';
import type { BenchSite } from '../site.ts';
import { benchSite } from '../site.ts';
import type { Program } from '../program.ts';
import { answersHttp, startProgram } from '../program.ts';
import { childrenOf } from '../process-cost.ts';
import type { Candidate, Running, Surroundings } from './candidate.ts';

const COURTYARD = path.join(ROOT, 'bin/courtyard');

export type Sync = NonNullable<BenchSite['sync']>;

export interface CourtyardOptions {
  readonly sync?: Sync;
  /** Put before the command, as `strace` with its options. */
  readonly under?: readonly string[];
}

export interface RunningCourtyard extends Running {
  /** From the process's start until it says that it is ready. */
  readonly readyMs: number;
}

export interface Courtyard extends Candidate {
  start(around: Surroundings, options?: CourtyardOptions): Promise<RunningCourtyard>;
}

export const courtyard: Courtyard = {
  name: 'Courtyard',
  key: 'courtyard',
  version,
  beginAt: 20_000,
  start,
};

function version(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', 'gateway') === '' ? '' : ' and changes';
  return `${git('rev-parse', '--short', 'HEAD')}${changed}, ${isBuilt() ? 'built' : 'from source'}`;
}

/** As `bin/courtyard` decides it. */
function isBuilt(): boolean {
  const built = path.join(ROOT, 'dist/gateway/main.js');
  if (!existsSync(built)) return false;
  const rooms = ['gateway', 'firmware-sim'].map((room) => path.join(ROOT, room));
  const newer = ['-name', '*.ts', '-newer', built, '-print', '-quit'];
  return execFileSync('find', [...rooms, ...newer], { encoding: 'utf8' }) === '';
}

async function start(
  around: Surroundings,
  options: CourtyardOptions = {},
): Promise<RunningCourtyard> {
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const { folder, lamps, influx, alertUrl } = around;
  const tellsAlerts = accepts({ webhook: alertUrl });
  const config = path.join(folder, 'site.yaml');
  const site: BenchSite = {
    lamps,
    dir: path.join(folder, 'store'),
    httpPort,
    mqttPort,
    influx,
    ...(tellsAlerts && { webhook: alertUrl }),
    ...(options.sync && { sync: options.sync }),
  };
  writeFileSync(config, benchSite(site));
  const began = performance.now();
  const command = [...(options.under ?? []), COURTYARD, 'run', '-c', config];
  const program = await startProgram(command, {
    isReady: () => answersHttp(`http://127.0.0.1:${httpPort}/readyz`),
  });
  const readyMs = performance.now() - began;
  const pid = options.under ? (childrenOf(program.pid)[0] ?? program.pid) : program.pid;
  return {
    readyMs,
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    pids: [pid],
    tellsAlerts,
    output: program.output,
    stop: () => stop(program, pid),
  };
}

/** A tracer that is told to end lets go of the gateway; the gateway has to be told itself. */
async function stop(program: Program, pid: number): Promise<void> {
  if (pid !== program.pid && !program.hasEnded()) process.kill(pid, 'SIGTERM');
  await program.stop();
}

/** Whether this version knows what the site file would say. */
export function accepts(more: Pick<BenchSite, 'webhook' | 'sync'>): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'courtyard-bench-'));
  try {
    const config = path.join(folder, 'site.yaml');
    mkdirSync(path.join(folder, 'store'));
    const site = { lamps: 1, dir: path.join(folder, 'store'), httpPort: 8080, mqttPort: 1883 };
    writeFileSync(config, benchSite({ ...site, ...more }));
    return spawnSync(COURTYARD, ['check', '-c', config], { stdio: 'ignore' }).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
