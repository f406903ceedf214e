// The last records of the log, kept in memory. Followers stand close to the head nearly always,
// so they are answered from here without a thread or a query, and a year-long chart in the reader's
// thread never holds up the live screens. It holds only what is durable, without holes. Kept packed,
// as the writer got them: records by the ten thousand that live for a second each are what a garbage
// collector is slowest with, and numbers in a buffer are none of its business.
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { PackedRows, SeriesName } from './packed-group.ts';
import { CELLS, unpackRecord } from './log-row.ts';

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
}

/** `head`: the last sequence of the log before the first `add`. */
export function logTail(head: Sequence, capacity: number): LogTail {
  let pieces: TailPiece[] = [];
  let before = head; // the sequence before the first that is held
  let last = head;

  const skip = (to: Sequence): void => {
    pieces = [];
    before = to;
    last = to;
  };
  /** In one go when there is twice too much, for each time moves all that stay. */
  const letGo = (): void => {
    if (last - before < 2 * capacity) return;
    const from = indexIn(pieces, last - capacity);
    pieces = pieces.slice(from);
    before = (pieces[0]?.first ?? last + 1) - 1;
  };

  return {
    skip,
    add(piece) {
      const count = rowsIn(piece);
      // A write without entries has no place in the log, and must not seem to leave a hole in it.
      if (count === 0) return;
      if (piece.first !== last + 1) skip(piece.first - 1);
      pieces.push(piece);
      last += count;
      letGo();
    },
    after(cursor, limit) {
      if (cursor < before) return undefined;
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
  };
}

const rowsIn = ({ rows }: TailPiece): number => rows.cells.length / CELLS;

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
