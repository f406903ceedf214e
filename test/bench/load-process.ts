// The load as a process of its own, so that what it costs is nobody else's. It stays connected until
// it is released: letting a crowd in and out is no part of what is measured.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { LoadResult } from './load.ts';
import { BENCH_SITE_ID } from './site.ts';

export interface LoadProcess {
  /** All lamps are connected; the first of them speaks now. */
  connected(): Promise<void>;
  /** All that was sent is acknowledged, or never will be. */
  result(): Promise<LoadResult>;
  release(): Promise<void>;
}

export interface LoadWanted {
  readonly url: string;
  readonly lamps: number;
  /** Messages a second; as fast as a window of 20 for each lamp allows where left out. */
  readonly rate: number | undefined;
  readonly seconds: number;
  readonly warmup: number;
  readonly fromTurn: number;
}

const WINDOW = 20;
/** Seconds' worth of messages that may wait for their acknowledgement. */
const GIVE_UP = 5;

export function startLoad({ rate, fromTurn, ...wanted }: LoadWanted): LoadProcess {
  const options = {
    ...wanted,
    site: BENCH_SITE_ID,
    'from-turn': fromTurn,
    'give-up': GIVE_UP,
    ...(rate === undefined ? { window: WINDOW } : { rate }),
  };
  const named = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const flags = [...(rate === undefined ? ['--closed'] : []), '--json', '--hold'];
  const script = path.join(import.meta.dirname, 'load.ts');
  const command = ['--pdeathsig', 'KILL', process.execPath, script, ...named, ...flags];
  const child = spawn('setpriv', command, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the load ended with ${child.exitCode}`);
    return line.value;
  };
  return {
    connected: async () => void (await nextLine()),
    result: async () => JSON.parse(await nextLine()) as LoadResult,
    async release() {
      child.stdin.end();
      await closed;
    },
  };
}
