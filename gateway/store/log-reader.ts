// The log and the books for whoever only wants to read them. Page by page: the oldest may be pruned
// between two pages, and then is not there.
import { UTC_DAY } from './grain.ts';
import { siteDays } from '../domain/day.ts';
import type { Books, Log } from './log.ts';
import { queries } from './queries.ts';
import { headOf, openReadOnly } from './read-only.ts';

export interface LogReader {
  readonly log: Pick<Log, 'readAfter' | 'head'>;
  readonly books: Pick<Books, 'alarms'>;
  close(): void;
}

/** Undefined where there is no store yet. Throws `store-unavailable` or `store-newer`. */
export const openLogReader = (dir: string): LogReader | undefined =>
  openReadOnly(dir, (db) => {
    const asked = queries(db, siteDays(UTC_DAY));
    return {
      log: {
        readAfter: async (cursor, limit) => asked.readAfter(cursor, limit),
        head: headOf(db),
      },
      books: { alarms: async (state, limit) => asked.alarms(state, limit) },
      close: () => db.close(),
    };
  });
