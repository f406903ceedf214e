// The main thread's end of the reader: many questions at once, each answer finds its own.
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

interface Asking {
  readonly name: keyof Queries;
  readonly resolve: (answer: never) => void;
  readonly reject: (fault: Fault) => void;
}

/** `file`: the database, which the writer has made and keeps open. */
export function openReader(file: string, day: StoreSettings['day']): ReaderThread {
  const setup: ReaderSetup = { file, day: day ?? UTC_DAY };
  const thread = startThread(new URL('./reader.ts', import.meta.url), setup);
  const asking = new Map<number, Asking>();
  let asked = 0;
  let gone: Error | undefined;

  const lose = (error: Error): void => {
    gone ??= error;
    for (const { name, reject } of asking.values()) reject(unread(name, gone));
    asking.clear();
  };
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      lose(new Error('the reading thread has ended'));
      resolve();
    });
  });
  thread.on('error', lose);
  thread.on('message', (reply: Reply) => {
    const question = asking.get(reply.id);
    asking.delete(reply.id);
    if (!question) return;
    if ('answer' in reply) question.resolve(reply.answer as never);
    else question.reject(unread(question.name, reply.failed));
  });

  return {
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(unread(name, gone));
        asked += 1;
        asking.set(asked, { name, resolve, reject });
        tell(thread, { id: asked, name, args } satisfies Question);
      }),
    close() {
      if (!gone) tell(thread, 'close');
      return exited;
    },
  };
}

const unread = (name: string, error: unknown): Fault =>
  faultOf('store-unavailable', `reading ${name} from the store`, error);
