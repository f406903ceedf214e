// The last records of the log, kept in memory. Followers stand close to the head nearly always,
// so they are answered from here without a thread, a query or a copy, and a year-long chart in the
// reader's thread never holds up the live screens. It holds only what is durable, without holes.
import type { Entry, LogRecord, Sequence } from '../domain/record.ts';

export interface LogTail {
  add(entries: readonly Entry[], first: Sequence): void;
  /** As `Log.readAfter`; undefined where the asked-for records are no longer, or not, in here. */
  after(cursor: Sequence, limit: number): LogRecord[] | undefined;
}

/** `head`: the last sequence of the log before the first `add`. */
export function logTail(head: Sequence, capacity: number): LogTail {
  let records: LogRecord[] = [];
  let before = head; // the sequence before the first that is held
  return {
    add(entries, first) {
      // A write without entries has no place in the log, and must not seem to leave a hole in it.
      if (entries.length === 0) return;
      if (first !== before + records.length + 1) {
        records = [];
        before = first - 1;
      }
      for (const [index, entry] of entries.entries()) {
        records.push({ ...entry, sequence: first + index });
      }
      if (records.length < 2 * capacity) return;
      before += records.length - capacity;
      records = records.slice(-capacity);
    },
    after(cursor, limit) {
      if (cursor < before) return undefined;
      return records.slice(cursor - before, cursor - before + limit);
    },
  };
}
