// The main thread's end of the writer: one group out, one answer back.
// A writer that dies takes the group that it held with it: unanswered, so unacknowledged. The next
// group finds another writer, which opens the database anew.
import type { Worker } from 'node:worker_threads';
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import type { OpeningNews } from './opening.ts';
import type { PackedGroup, SeriesName } from './packed-group.ts';
import type { FromWriter, GroupAnswer, WriterSetup } from './thread.ts';
import type { GroupOutcome, Write, Written } from './write-group.ts';
import type { StoreHealth, StoreSettings } from './log.ts';
import type { TailPiece } from './log-tail.ts';
import { faultOf } from './connection.ts';
import { CELLS } from './log-row.ts';
import { createSeriesBook, openGroup } from './packed-group.ts';
import { startThread, tell } from './thread.ts';

export type WriterHealth = Pick<StoreHealth, 'isDamaged' | 'notes' | 'recovered' | 'restarts'>;

export interface WriterThread {
  /** The last durable sequence. */
  readonly head: () => Sequence;
  /** Adds to the group that leaves next. Throws a TypeError for what no row can hold. */
  put(write: Write): void;
  /** Sends what was put. One at a time: the next only after this one is answered. */
  commit(): Promise<Committed>;
  /** What only this end knows of the other one. */
  health(): WriterHealth;
  /** Folds the journal into the database and lets the folder go. */
  close(): Promise<void>;
}

type Committed = Pick<GroupAnswer, 'tookMs' | 'upkeep'> & {
  /** In the order of the group. */
  readonly written: readonly Written[];
  /** What the log has gained; absent where one of the writes was refused there. */
  readonly gained?: TailPiece;
};

type Message = PackedGroup | 'close';

export async function openWriter(settings: StoreSettings): Promise<WriterThread> {
  let life = await begin({ settings });
  let { head } = life;
  let restarts = 0;
  let isDamaged = false;
  let notes: readonly string[] = [];
  const book = createSeriesBook();
  const open = openGroup(book);
  /** The writer that lives, or its successor. */
  const living = async (): Promise<Life> => {
    if (!life.isOver()) return life;
    restarts += 1;
    life = await begin({ settings, answered: head });
    return life;
  };
  return {
    head: () => head,
    put: open.add,
    async commit() {
      const packed = open.take(); // before anything is waited for: what comes now is the next group's
      const { ask, newSeries } = await living();
      const { cells, bodies } = packed.rows;
      const rows = { cells, bodies, series: newSeries(book.names) };
      const answer = await ask({ ...packed, rows }).catch((error: unknown) => {
        throw faultOf('store-write-failed', WRITING, error);
      });
      if (answer.kind !== 'written') {
        isDamaged ||= answer.kind === 'failed' && answer.isDamaged;
        throw new Fault('store-write-failed', `${WRITING}: ${whyOf(answer)}`);
      }
      head = answer.head;
      isDamaged ||= answer.upkeep.isDamaged === true;
      notes = answer.notes ?? [];
      const written = writtenOf(answer.outcome);
      if (answer.outcome.refused.size > 0) return { ...answer, written };
      const first = head + 1 - cells.length / CELLS;
      return { ...answer, written, gained: { first, rows, names: book.names } };
    },
    health: () => ({
      ...(isDamaged && { isDamaged }),
      ...(restarts > 0 && { restarts }),
      ...(life.news.recovered && { recovered: life.news.recovered }),
      notes: [...life.news.notes, ...notes],
    }),
    close: () => end(life),
  };
}

async function end({ isOver, ask }: Life): Promise<void> {
  if (isOver()) return;
  await ask('close').catch((error: unknown) => {
    throw faultOf('store-write-failed', 'closing the store', error);
  });
}

/** One writer, from its first word to its last. */
interface Life {
  /** The last durable sequence when it began. */
  readonly head: Sequence;
  readonly news: OpeningNews;
  /** Those of all names that it has not been told; from now on it has. */
  newSeries(all: readonly SeriesName[]): SeriesName[];
  readonly ask: Conversation['ask'];
  readonly isOver: Conversation['isOver'];
}

async function begin(setup: WriterSetup): Promise<Life> {
  const { settings } = setup;
  const thread = startThread(new URL('./writer.ts', import.meta.url), setup);
  const { ask, isOver } = conversation(thread);
  const opened = await ask().catch((error: unknown) => {
    throw faultOf('store-unavailable', `opening the store in ${settings.dir}`, error);
  });
  if (opened.kind === 'unopened') throw new Fault(opened.fault.code, opened.fault.message);
  if (opened.kind !== 'ready')
    throw new Fault('store-unavailable', `opening the store in ${settings.dir}: ${whyOf(opened)}`);
  const { head, news } = opened;
  let told = 0;
  const newSeries = (all: readonly SeriesName[]): SeriesName[] => {
    const news = all.slice(told);
    told = all.length;
    return news;
  };
  return { head, news, newSeries, ask, isOver };
}

const writtenOf = ({ firsts, refused }: GroupOutcome): Written[] =>
  firsts.map((first, index) => {
    const words = refused.get(index);
    return words === undefined ? { first } : { refused: words };
  });

const WRITING = 'writing to the store';

const whyOf = (answer: FromWriter): string => ('why' in answer ? answer.why : answer.kind);

interface Conversation {
  /** Says a message and waits for the one answer to it; the first answer comes unasked. */
  ask(message?: Message): Promise<FromWriter>;
  /** The other side has died. */
  isOver(): boolean;
}

function conversation(thread: Worker): Conversation {
  let gone: Error | undefined;
  let settle: { resolve: (answer: FromWriter) => void; reject: (error: Error) => void } | undefined;
  const lose = (error: Error): void => {
    gone ??= error;
    settle?.reject(gone);
  };
  thread.on('message', (answer: FromWriter) => settle?.resolve(answer));
  thread.on('error', lose);
  thread.on('exit', () => lose(new Error('the writing thread has ended')));
  return {
    isOver: () => gone !== undefined,
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        settle = { resolve, reject };
        if (message !== undefined) tell(thread, message);
      }),
  };
}
