// The writing half of the store as the main thread sees it: one queue of writes, the tail of the
// log in memory, and those who want to know when it grows.
import { Fault } from '../domain/fault.ts';
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { Log } from './log.ts';
import type { StoreGauge } from './store-gauge.ts';
import type { Write, Written } from './write-group.ts';
import type { WriterThread } from './writer-thread.ts';
import { wordsOf } from './connection.ts';
import type { Gathering, GroupCommit } from './group-commit.ts';
import { groupCommit } from './group-commit.ts';
import { logTail } from './log-tail.ts';
import { createProbing } from './probing.ts';
import { createTidying } from './tidying.ts';

/** Many minutes of a busy site, a second of a flood, 9.4 MB; who is further behind reads the disk. */
const TAIL_RECORDS = 131_072;

export interface GrowingLog {
  /** Resolves with the write's first sequence once it is durable. */
  write(write: Write): Promise<Sequence>;
  /** Records after `cursor` if they are in memory. */
  tailAfter(cursor: Sequence, limit: number): LogRecord[] | undefined;
  readonly valuesAfter: Log['valuesAfter'];
  readonly onGrowth: Log['onGrowth'];
  readonly waiting: GroupCommit['waiting'];
  /** As `Store.tidy`. */
  tidy(): Promise<void>;
  /** Takes nothing more; resolves when all that was taken is answered. */
  finish(): Promise<void>;
}

export interface LogParts {
  readonly writer: WriterThread;
  readonly gauge: StoreGauge;
  readonly gathering: Gathering;
}

export function growingLog({ writer, gauge, gathering }: LogParts): GrowingLog {
  const tail = logTail(writer.head(), TAIL_RECORDS);
  const listeners = new Set<(head: Sequence) => void>();
  let finishing = false;

  const commit = async (): Promise<readonly Written[]> => {
    const before = writer.head();
    gauge.began();
    try {
      const { written, tookMs, upkeep, gained } = await writer.commit();
      gauge.committed({ tookMs, entries: writer.head() - before, upkeep });
      if (gained) tail.add(gained);
      else tail.skip(writer.head());
      tidying.after(upkeep);
      return written;
    } catch (error) {
      gauge.failed(wordsOf(error));
      probing.failed();
      throw error;
    } finally {
      // apart from the commit: what a listener throws must not reach those who wrote
      if (writer.head() > before) queueMicrotask(announce);
    }
  };
  const announce = (): void => {
    for (const listener of listeners) listener(writer.head());
  };
  const queue = groupCommit({ put: writer.put, commit }, gathering);
  const write = (write: Write): Promise<Sequence> =>
    finishing ? Promise.reject(stopping()) : queue.add(write);
  const tidying = createTidying(write);
  const probing = createProbing(write);

  return {
    write,
    waiting: queue.waiting,
    tidy: () => tidying.toTheEnd(),
    tailAfter: (cursor, limit) => tail.after(cursor, limit),
    valuesAfter: tail.valuesAfter,
    onGrowth(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    finish() {
      finishing = true;
      probing.stop();
      return queue.idle();
    },
  };
}

const stopping = (): Fault => new Fault('stopping', 'writing to the store: it is being closed');
