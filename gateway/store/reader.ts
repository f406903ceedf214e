// The thread that answers every question, on a connection that cannot write: a year-long chart
// takes its time here and stops neither the event loop nor a commit.
import { parentPort, workerData } from 'node:worker_threads';
import { siteDays } from '../domain/day.ts';
import type { StoreSettings } from './log.ts';
import type { Queries } from './queries.ts';
import { isDamage, openConnection, wordsOf } from './connection.ts';
import { buffersOf, type LogPages } from './log-page.ts';
import { queries } from './queries.ts';
import { tell } from './thread.ts';

export interface Question {
  readonly id: number;
  readonly name: keyof Queries;
  readonly args: readonly unknown[];
}

export interface ReaderSetup {
  readonly file: string;
  readonly day: NonNullable<StoreSettings['day']>;
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: string; readonly isDamaged: boolean };

const { file, day } = workerData as ReaderSetup;
const db = openConnection(file, 'read');
const known = queries(db, siteDays(day)) as Record<keyof Queries, (...args: unknown[]) => unknown>;

parentPort?.on('message', (question: Question | 'close') => {
  if (question === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  const reply = replyTo(question);
  const isPage = question.name === 'pagesAfter' && 'answer' in reply;
  tell(parentPort, reply, isPage ? buffersOf(reply.answer as LogPages) : []);
});

function replyTo({ id, name, args }: Question): Reply {
  try {
    return { id, answer: known[name](...args) };
  } catch (error) {
    // JSON of ours that is none was ours no more
    const isDamaged = isDamage(error) || error instanceof SyntaxError;
    return { id, failed: wordsOf(error), isDamaged };
  }
}
