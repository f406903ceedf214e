// The last records of the log, kept in memory. Followers stand close to the head nearly always,
// so they are answered from here without a thread or a query, and a year-long chart in the reader's
// thread never holds up the live screens. It holds only what is durable, without holes. Kept packed:
// records by the ten thousand that live for a second each are what a garbage collector is slowest
// with, and numbers in a buffer are none of its business.
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { Values } from '../domain/values.ts';
import type { PackedRows, SeriesName } from './packed-group.ts';
import { unpackRecord } from './log-row.ts';
import { packedValues } from './packed-values.ts';
import { rowsIn, tailPieces } from './tail-pieces.ts';

/** Rows that stand side by side in the log. */
export interface TailPiece {
  readonly first: Sequence;
  readonly rows: PackedRows;
  /** Every series that the rows may name, by their numbers. */
  readonly names: readonly SeriesName[];
}

export interface LogTail {
  add(piece: TailPiece): void;
  /** What was written last is not known here: whoever asks for it has to ask the disk. */
  skip(to: Sequence): void;
  /** As `Log.readAfter`; undefined where the asked-for records are no longer, or not, in here. */
  after(cursor: Sequence, limit: number): LogRecord[] | undefined;
  /** As `Log.valuesAfter`. */
  valuesAfter(cursor: Sequence, limit: number): Values | undefined;
}

/** `head`: the last sequence of the log before the first `add`. */
export function logTail(head: Sequence, capacity: number): LogTail {
  const { list, add, letGo, clear } = tailPieces(capacity);
  let before = head; // the sequence before the first that is held
  let last = head;

  const skip = (to: Sequence): void => {
    clear();
    before = to;
    last = to;
  };

  return {
    skip,
    add(piece) {
      const count = rowsIn(piece);
      // A write without entries has no place in the log, and must not seem to leave a hole in it.
      if (count === 0) return;
      if (piece.first !== last + 1) skip(piece.first - 1);
      add(piece);
      last += count;
      before = letGo(last - capacity);
    },
    after(cursor, limit) {
      if (cursor < before) return undefined;
      const pieces = list();
      const records: LogRecord[] = [];
      const end = Math.min(last, cursor + limit);
      for (let index = indexIn(pieces, cursor + 1), next = cursor + 1; next <= end; index += 1) {
        const piece = pieces[index] as TailPiece;
        for (const stop = Math.min(end, piece.first + rowsIn(piece) - 1); next <= stop; next += 1) {
          records.push(unpackRecord(piece, next - piece.first, next));
        }
      }
      return records;
    },
    valuesAfter(cursor, limit) {
      if (cursor < before || cursor >= last) return undefined;
      const to = Math.min(last, cursor + limit);
      const pieces = list();
      const asked = pieces.slice(indexIn(pieces, cursor + 1), indexIn(pieces, to) + 1);
      return packedValues(asked, { from: cursor, to });
    },
  };
}

/** The piece that holds the sequence; the last one before it where none does. */
function indexIn(pieces: readonly TailPiece[], sequence: Sequence): number {
  let [low, high] = [0, pieces.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as TailPiece).first <= sequence) low = middle;
    else high = middle;
  }
  return low;
}
