// The values among rows that lie in the log's tail, read where they lie: no record is made.
// Promise: it tells what `valuesOf` tells of the same rows as records (log-row.ts).
import type { Quantity } from '../domain/quantity.ts';
import type { Sequence } from '../domain/record.ts';
import type { Instant } from '../domain/time.ts';
import { nothingTold, type Telling, type Values } from '../domain/values.ts';
import { CELL, CELLS, isCharted, isDerived } from './log-row.ts';
import type { TailPiece } from './log-tail.ts';

/** After `from`, up to and including `to`. The pieces follow each other and hold all of it. */
export const packedValues = (
  pieces: readonly TailPiece[],
  { from, to }: { readonly from: Sequence; readonly to: Sequence },
): Values => ({
  to,
  each(visit) {
    const told = nothingTold();
    for (const piece of pieces) {
      const { first, rows } = piece;
      const end = Math.min(rows.cells.length / CELLS, to + 1 - first);
      for (let row = Math.max(0, from + 1 - first); row < end; row += 1) {
        if (isCharted(rows.cells[row * CELLS + CELL.kind] as number)) {
          look(told, piece, row);
          visit(told);
        }
      }
    }
  },
});

function look(told: Telling, { first, rows, names }: TailPiece, row: number): void {
  const { cells } = rows;
  const at = row * CELLS;
  const name = names[(cells[at + CELL.series] as number) - 1];
  const back = cells[at + CELL.back] as number;
  told.sequence = first + row;
  told.message = isDerived(cells[at + CELL.kind] as number) ? back : told.sequence - back;
  told.asset = name?.[0] ?? '';
  told.quantity = name?.[1] as Quantity;
  told.value = cells[at + CELL.value] as number;
  told.observedAt = cells[at + CELL.observed] as Instant;
}
