// The main thread's end of the writer: one group out, one answer back.
// A writer that dies takes the group that it held with it: unanswered, so unacknowledged.
import type { Worker } from 'node:worker_threads';
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import type { FromWriter, GroupAnswer } from './thread.ts';
import type { Write } from './write-group.ts';
import type { StoreSettings } from './log.ts';
import { faultOf } from './connection.ts';
import { startThread, tell } from './thread.ts';

export interface WriterThread {
  /** The last durable sequence. */
  readonly head: () => Sequence;
  /** One at a time: the next only after this one is answered. */
  commit(group: readonly Write[]): Promise<Committed>;
  /** Folds the journal into the database and lets the folder go. */
  close(): Promise<void>;
}

type Committed = Pick<GroupAnswer, 'written' | 'tookMs' | 'upkeep'>;

type Message = readonly Write[] | 'close';

export async function openWriter(settings: StoreSettings): Promise<WriterThread> {
  const ask = conversation(startThread(new URL('./writer.ts', import.meta.url), settings));
  const opened = await ask().catch((error: unknown) => {
    throw faultOf('store-unavailable', `opening the store in ${settings.dir}`, error);
  });
  if (opened.kind === 'unopened') throw new Fault(opened.fault.code, opened.fault.message);
  let head = opened.kind === 'ready' ? opened.head : 0;
  return {
    head: () => head,
    async commit(group) {
      const answer = await ask(group).catch((error: unknown) => {
        throw faultOf('store-write-failed', WRITING, error);
      });
      if (answer.kind !== 'written') {
        throw new Fault('store-write-failed', `${WRITING}: ${whyOf(answer)}`);
      }
      head = answer.head;
      return answer;
    },
    async close() {
      await ask('close').catch((error: unknown) => {
        throw faultOf('store-write-failed', 'closing the store', error);
      });
    },
  };
}

const WRITING = 'writing to the store';

const whyOf = (answer: FromWriter): string => ('why' in answer ? answer.why : answer.kind);

/** Says a message and waits for the one answer to it; the first answer comes unasked. */
function conversation(thread: Worker): (message?: Message) => Promise<FromWriter> {
  let gone: Error | undefined;
  let settle: { resolve: (answer: FromWriter) => void; reject: (error: Error) => void } | undefined;
  const lose = (error: Error): void => {
    gone ??= error;
    settle?.reject(gone);
  };
  thread.on('message', (answer: FromWriter) => settle?.resolve(answer));
  thread.on('error', lose);
  thread.on('exit', () => lose(new Error('the writing thread has ended')));
  return (message) =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      settle = { resolve, reject };
      if (message !== undefined) tell(thread, message);
    });
}
