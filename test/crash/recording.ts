// What a gateway did to its store, and what it promised meanwhile, in one order: its system calls as
// strace saw them. A promise counts from the moment its line began to be written; a change of a file
// from the moment its call came back.
//
//   small-gateway ──▶ strace ──▶ trace ──▶ create write resize sync rename remove said …
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventsOf, type Event } from './trace.ts';

export interface Recorded {
  /** `NORMAL`: SQLite does not wait for the disk at a commit, whatever the store asked of it. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** A library between the gateway and the kernel, such as one that eats every fsync. */
  readonly preload?: string;
  /** Of each of its lives. */
  readonly messages: number;
}

/** How each of its lives ends; the one after a kill begins with what lies in the journal. */
const LIVES = ['closed', 'killed', 'closed'];

const CALLS =
  'pwrite64,write,fsync,fdatasync,ftruncate,openat,?unlink,?unlinkat,?rename,?renameat,?renameat2';
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Runs a gateway in `scratch`, life after life, and gives back what it did. */
export function record(scratch: string, recorded: Recorded): Event[] {
  const places = { folder: path.join(scratch, 'store'), ledger: path.join(scratch, 'ledger') };
  mkdirSync(places.folder);
  writeFileSync(places.ledger, '');
  return LIVES.flatMap((end, life) => {
    const trace = path.join(scratch, `trace-${life}`);
    const first = life * recorded.messages;
    live(
      recorded,
      trace,
      [places.folder, places.ledger, first, recorded.messages, end].map(String),
    );
    return eventsOf(readFileSync(trace, 'latin1'), places);
  });
}

function live({ synchronous, preload }: Recorded, trace: string, words: readonly string[]): void {
  const { status, signal, stderr } = spawnSync(
    'strace',
    [
      ...`-f --seccomp-bpf -qq -y -xx -s 70000 -e trace=${CALLS} -o ${trace}`.split(' '),
      ...(preload === undefined ? [] : ['-E', `LD_PRELOAD=${preload}`]),
      process.execPath,
      '--import',
      here('./sqlite-settings.ts'),
      here('./small-gateway.ts'),
      ...words,
    ],
    { env: { ...process.env, CRASH_SYNCHRONOUS: synchronous }, encoding: 'utf8' },
  );
  // strace ends as what it traced did
  if (status !== 0 && signal !== 'SIGKILL')
    throw new Error(`the recorded gateway ended with ${status}: ${stderr}`);
}
