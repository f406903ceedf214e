// A gateway reduced to its store, for the recording: senders, a fold and a follower at work at once,
// so that their writes share groups. Each says what was promised to it the moment that it was.
// Run as: node small-gateway.ts <dir> <ledger> <first message> <messages> closed|killed
import { openSync, writeSync } from 'node:fs';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import type { Store } from '../../gateway/store/log.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { NOON, reading, settingsFor } from '../store/entries.ts';
import { FOLLOWER, isPoison, valuesOf, type Said } from './said.ts';
import { smallFold } from './small-fold.ts';

const SENDERS = 3;
const TIDY_EVERY = 10;
const [dir = '', ledger = '', from = '0', messages = '0', end = 'closed'] = process.argv.slice(2);
const world = openSync(ledger, 'a');
const say = (said: Said): void => void writeSync(world, `${JSON.stringify(said)}\n`);

const store = await openStore(settingsFor(dir));
const sending = send(store, Number(from), Number(from) + Number(messages));
await Promise.all([sending, fold(store, sending), follow(store, sending)]);
if (end === 'killed') process.kill(process.pid, 'SIGKILL');
await store.close();

async function send({ log, tidy }: Store, first: number, end: number): Promise<void> {
  let next = first;
  const sender = async (): Promise<void> => {
    while (next < end) {
      const message = next++;
      const values = valuesOf(message);
      const entries = values.map((value, part) => reading({ value, part }));
      say({ said: 'appended', first: await log.append(entries), values });
      if (message % TIDY_EVERY === 0) await tidy();
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function fold({ log, step }: Store, sending: Promise<void>): Promise<void> {
  const folded = smallFold();
  const { cursor } = await step.load();
  for (const record of await log.readAfter(0, cursor)) folded.take(record);
  folded.changes();
  for await (const records of batches(log, cursor, sending)) {
    for (const record of records) folded.take(record);
    // a batch of the fold's own words changes nothing, and would make it speak again
    if (!records.some(({ kind }) => kind === 'reading')) continue;
    const changes = folded.changes();
    await step.save(changes);
    say({ said: 'saved', cursor: changes.cursor });
  }
}

async function follow({ log, cursors }: Store, sending: Promise<void>): Promise<void> {
  const start = await cursors.position(FOLLOWER);
  for await (const records of batches(log, start, sending)) {
    const to = records.at(-1)?.sequence ?? 0;
    const poison = records.map(({ sequence }) => sequence).filter(isPoison);
    const parked = poison.map((sequence) => ({ sequence, words: `no ${sequence}`, at: NOON }));
    await cursors.move(FOLLOWER, to, parked);
    say({ said: 'moved', to });
  }
}

/** What is new after `from`, until everything is sent and read. */
async function* batches(
  log: Store['log'],
  from: Sequence,
  sending: Promise<void>,
): AsyncGenerator<LogRecord[]> {
  let cursor = from;
  let isSent = false;
  let wake = (): void => undefined;
  const stop = log.onGrowth(() => wake());
  void sending.finally(() => {
    isSent = true;
    wake();
  });
  for (;;) {
    const grown = new Promise<void>((resolve) => (wake = resolve));
    const records = await log.readAfter(cursor, 10);
    cursor = records.at(-1)?.sequence ?? cursor;
    if (records.length > 0) yield records;
    else if (isSent) break;
    else await grown;
  }
  stop();
}
