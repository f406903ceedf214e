// The packed rows of the log's tail, copied together into a few buffers. Kept as they came, in one of
// its own for each write, the rows of a site whose writes are small took five to fifty times as much.
// What is written in a buffer stays as it is as long as anybody has it: buffers are never used again.
import type { Sequence } from '../domain/record.ts';
import type { TailPiece } from './log-tail.ts';
import type { PackedRows } from './packed-group.ts';
import { CELL, CELLS } from './log-row.ts';

export interface TailPieces {
  /** Side by side, oldest first. The last one may have room for more rows than it holds. */
  list(): readonly TailPiece[];
  /** Copies rows that follow the last that are held. */
  add(rows: TailPiece): void;
  /** Lets whole pieces go where none of their rows lies after `upTo`; what lies before the first left. */
  letGo(upTo: Sequence): Sequence;
  clear(): void;
}

/** 295 kB each. */
const PIECE_ROWS = 4096;

interface GrowingPiece extends TailPiece {
  readonly rows: PackedRows & { readonly bodies: string[] };
  used: number;
}

/** @param capacity how many rows are wanted at least */
export function tailPieces(capacity: number): TailPieces {
  const pieceRows = Math.min(PIECE_ROWS, capacity);
  let pieces: TailPiece[] = [];
  let growing: GrowingPiece | undefined; // the last of them

  /** One with room for a row that has this sequence, and names its series so. */
  const pieceFor = (first: Sequence, names: TailPiece['names']): GrowingPiece => {
    const hasRoom = growing && growing.used < pieceRows;
    if (growing && hasRoom && growing.names === names) return growing;
    if (growing && hasRoom) pieces[pieces.length - 1] = cutOff(growing);
    const cells = new Float64Array(pieceRows * CELLS);
    growing = { first, rows: { cells, bodies: [], series: [] }, names, used: 0 };
    pieces.push(growing);
    return growing;
  };

  return {
    list: () => pieces,
    add({ first, rows, names }) {
      const count = rows.cells.length / CELLS;
      for (let row = 0; row < count;) {
        const piece = pieceFor(first + row, names);
        const end = Math.min(count, row + pieceRows - piece.used);
        copyRows({ rows, row, end }, piece);
        piece.used += end - row;
        row = end;
      }
    },
    letGo(upTo) {
      while (pieces[1] && pieces[1].first <= upTo + 1) pieces.shift();
      return (pieces[0]?.first ?? upTo + 1) - 1;
    },
    clear() {
      pieces = [];
      growing = undefined;
    },
  };
}

/** Rows that a piece may hold. */
export const rowsIn = ({ rows }: TailPiece): number => rows.cells.length / CELLS;

const cutOff = ({ used, ...piece }: GrowingPiece): TailPiece => ({
  ...piece,
  rows: { ...piece.rows, cells: piece.rows.cells.subarray(0, used * CELLS) },
});

/** Those from `row` to before `end`; their bodies go with them, under numbers of the piece. */
function copyRows(
  { rows, row, end }: { readonly rows: PackedRows; readonly row: number; readonly end: number },
  { rows: { cells, bodies }, used }: GrowingPiece,
): void {
  cells.set(rows.cells.subarray(row * CELLS, end * CELLS), used * CELLS);
  if (rows.bodies.length === 0) return;
  for (let place = used; place < used + end - row; place += 1) {
    const cell = place * CELLS + CELL.body;
    const body = rows.bodies[(cells[cell] as number) - 1];
    if (body !== undefined) cells[cell] = bodies.push(body);
  }
}
