// The main thread's end of the reader: many questions at once, each answer finds its own.
// A reader that dies leaves its questions unanswered; the next one finds another reader.
import type { Worker } from 'node:worker_threads';
import { Fault } from '../domain/fault.ts';
import type { Queries } from './queries.ts';
import type { StoreSettings } from './log.ts';
import type { Question, ReaderSetup, Reply } from './reader.ts';
import { faultOf } from './connection.ts';
import { UTC_DAY } from './grain.ts';
import { startThread, tell } from './thread.ts';

export interface ReaderThread {
  ask<Name extends keyof Queries>(
    name: Name,
    ...args: Parameters<Queries[Name]>
  ): Promise<ReturnType<Queries[Name]>>;
  close(): Promise<void>;
}

export interface ReaderParts {
  /** The database, which the writer has made and keeps open. */
  readonly file: string;
  readonly day: StoreSettings['day'];
  /** Hears in SQLite's words that the database is damaged. */
  readonly onDamage: (words: string) => void;
}

interface Asking {
  readonly name: keyof Queries;
  readonly resolve: (answer: never) => void;
  readonly reject: (fault: Fault) => void;
}

export function openReader({ file, day, onDamage }: ReaderParts): ReaderThread {
  const setup: ReaderSetup = { file, day: day ?? UTC_DAY };
  const asking = new Map<number, Asking>();
  let asked = 0;
  let isClosing = false;
  let reading: Worker | undefined;
  let exited: Promise<void> = Promise.resolve();

  const lose = (error: Error): void => {
    reading = undefined;
    for (const { name, reject } of asking.values()) reject(unread(name, error));
    asking.clear();
  };
  const begin = (): Worker => {
    const thread = startThread(new URL('./reader.ts', import.meta.url), setup);
    exited = new Promise((resolve) => {
      thread.once('exit', () => {
        lose(new Error('the reading thread has ended'));
        resolve();
      });
    });
    thread.on('error', lose);
    thread.on('message', (reply: Reply) => answer(asking, reply, onDamage));
    return thread;
  };
  reading = begin();

  return {
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (isClosing) return reject(unread(name, 'it is being closed'));
        reading ??= begin();
        asked += 1;
        asking.set(asked, { name, resolve, reject });
        tell(reading, { id: asked, name, args } satisfies Question);
      }),
    close() {
      isClosing = true;
      if (reading) tell(reading, 'close');
      return exited;
    },
  };
}

function answer(
  asking: Map<number, Asking>,
  reply: Reply,
  onDamage: ReaderParts['onDamage'],
): void {
  const question = asking.get(reply.id);
  asking.delete(reply.id);
  if ('failed' in reply && reply.isDamaged) onDamage(reply.failed);
  if (!question) return;
  if ('answer' in reply) question.resolve(reply.answer as never);
  else question.reject(unread(question.name, reply.failed));
}

const unread = (name: string, error: unknown): Fault =>
  faultOf('store-unavailable', `reading ${name} from the store`, error);
