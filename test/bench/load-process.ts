// The load as a process of its own, so that what it costs is nobody else's. It stays connected until
// it is released: letting a crowd in and out is no part of what is measured, and what it ran before
// has made its own code warm.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { LoadOptions, LoadResult } from './load.ts';
import { BENCH_SITE_ID } from './site.ts';

export interface Crowd {
  /** All lamps are connected then, and none of them speaks. */
  arrived(): Promise<void>;
  /** All that was sent is acknowledged then, or never will be. */
  speak(wanted: Speech): Promise<LoadResult>;
  leave(): Promise<void>;
}

export interface Speech {
  /** Messages a second; as fast as a window of 20 for each lamp allows where left out. */
  readonly rate?: number;
  readonly seconds: number;
}

const WINDOW = 20;
/** Seconds' worth of messages that may wait for their acknowledgement. */
const GIVE_UP = 5;

/** A crowd that was not answered in full leaves, and another one arrives for the next speech. */
export function createCrowd(url: string, lamps: number): Crowd {
  let present: LoadProcess | undefined;
  let turnsUsed = 0;
  const leave = async (): Promise<void> => {
    await present?.release();
    present = undefined;
  };
  const arrive = async (): Promise<LoadProcess> => (present ??= await startLoad(url, lamps));
  return {
    arrived: async () => void (await arrive()),
    async speak({ rate, seconds }) {
      const load = await (
        await arrive()
      ).run({
        ...(rate !== undefined && { rate }),
        seconds,
        fromTurn: turnsUsed,
        window: WINDOW,
        warmup: 0,
        giveUp: GIVE_UP,
      });
      turnsUsed += load.turns.reduce((most, each) => Math.max(most, each), 0);
      if (load.unacknowledged.length > 0 || load.lostConnections > 0) await leave();
      return load;
    },
    leave,
  };
}

interface LoadProcess {
  run(options: LoadOptions): Promise<LoadResult>;
  release(): Promise<void>;
}

async function startLoad(url: string, lamps: number): Promise<LoadProcess> {
  const script = path.join(import.meta.dirname, 'load.ts');
  const options = [`--url=${url}`, `--lamps=${lamps}`, `--site=${BENCH_SITE_ID}`, '--asked'];
  const command = ['--pdeathsig', 'KILL', process.execPath, script, ...options];
  const child = spawn('setpriv', command, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  child.stdin.on('error', () => child.kill()); // it ended; who waits for its answer is told
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the load ended with ${child.exitCode}`);
    return line.value;
  };
  await nextLine();
  return {
    async run(wanted) {
      child.stdin.write(`${JSON.stringify(wanted)}\n`);
      return JSON.parse(await nextLine()) as LoadResult;
    },
    async release() {
      child.stdin.end();
      await closed;
    },
  };
}
