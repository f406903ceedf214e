// On what the figures were measured: a ratio travels from machine to machine, a rate does not.
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createHistogram } from './histogram.ts';

export interface MachineFacts {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly folder: string;
  readonly fileSystem: string;
  /** 4 kB written and made durable. */
  readonly fsyncMs: { readonly p50: number; readonly p99: number };
  /** Others at work before we began; above a half of a core the figures are not to be trusted. */
  readonly loadBefore: number;
  readonly versions: Readonly<Record<string, string>>;
}

const FSYNCS = 200;

export function machineFacts(): MachineFacts {
  const folder = os.tmpdir();
  return {
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    kernel: `${os.type()} ${os.release()}`,
    folder,
    fileSystem: said('findmnt', ['-no', 'FSTYPE', '-T', folder]),
    fsyncMs: fsyncTimes(path.join(folder, `courtyard-bench-${process.pid}`)),
    loadBefore: os.loadavg()[0] ?? 0,
    versions: {
      node: process.version,
      influxd: said('influxd', ['version']),
      mosquitto: said('mosquitto', ['-h']).split('\n')[0] ?? '',
    },
  };
}

function fsyncTimes(file: string): { p50: number; p99: number } {
  const times = createHistogram();
  const page = Buffer.alloc(4096, 1);
  const open = openSync(file, 'w');
  for (let each = 0; each < FSYNCS; each += 1) {
    const start = performance.now();
    writeSync(open, page);
    fdatasyncSync(open);
    times.add(performance.now() - start);
  }
  closeSync(open);
  rmSync(file);
  const { p50, p99 } = times.percentiles();
  return { p50, p99 };
}

/** What a program says of itself; some say it and end with an error. */
function said(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    return stdout?.trim() ?? `${program} is absent`;
  }
}
