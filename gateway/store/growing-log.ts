// The writing half of the store as the main thread sees it: one queue of writes, the tail of the
// log in memory, and those who want to know when it grows.
import { Fault } from '../domain/fault.ts';
import type { Entry, LogRecord, Sequence } from '../domain/record.ts';
import type { Log } from './log.ts';
import type { StoreGauge } from './store-gauge.ts';
import type { Write, Written } from './write-group.ts';
import type { WriterThread } from './writer-thread.ts';
import { wordsOf } from './connection.ts';
import { groupCommit } from './group-commit.ts';
import { logTail } from './log-tail.ts';
import { createTidying } from './tidying.ts';

/** Some seconds of a busy site; a follower further behind reads from the disk. */
const TAIL_RECORDS = 4096;

export interface GrowingLog {
  /** Resolves with the write's first sequence once it is durable. */
  write(write: Write): Promise<Sequence>;
  /** Records after `cursor` if they are in memory. */
  tailAfter(cursor: Sequence, limit: number): LogRecord[] | undefined;
  readonly onGrowth: Log['onGrowth'];
  /** As `Store.tidy`. */
  tidy(): Promise<void>;
  /** Takes nothing more; resolves when all that was taken is answered. */
  finish(): Promise<void>;
}

export function growingLog(writer: WriterThread, gauge: StoreGauge): GrowingLog {
  const tail = logTail(writer.head(), TAIL_RECORDS);
  const listeners = new Set<(head: Sequence) => void>();
  let finishing = false;

  const commit = async (group: readonly Write[]): Promise<readonly Written[]> => {
    const before = writer.head();
    gauge.began();
    try {
      const { written, tookMs, upkeep } = await writer.commit(group);
      gauge.committed(tookMs, upkeep);
      written.forEach((outcome, index) => remember(outcome, group[index]));
      tidying.after(upkeep);
      return written;
    } catch (error) {
      gauge.failed(wordsOf(error));
      throw error;
    } finally {
      // apart from the commit: what a listener throws must not reach those who wrote
      if (writer.head() > before) queueMicrotask(announce);
    }
  };
  const remember = (outcome: Written, write: Write | undefined): void => {
    if ('first' in outcome && write) tail.add(entriesOf(write), outcome.first);
  };
  const announce = (): void => {
    for (const listener of listeners) listener(writer.head());
  };
  const queue = groupCommit(commit);
  const write = (write: Write): Promise<Sequence> =>
    finishing ? Promise.reject(stopping()) : queue.add(write);
  const tidying = createTidying(write);

  return {
    write,
    tidy: () => tidying.toTheEnd(),
    tailAfter: (cursor, limit) => tail.after(cursor, limit),
    onGrowth(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    finish() {
      finishing = true;
      return queue.idle();
    },
  };
}

const stopping = (): Fault => new Fault('stopping', 'writing to the store: it is being closed');

function entriesOf(write: Write): readonly Entry[] {
  switch (write.kind) {
    case 'append':
      return write.entries;
    case 'save':
      return write.commit.derived;
    case 'move':
    case 'take':
    case 'tidy':
      return [];
  }
}
