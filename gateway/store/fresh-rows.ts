// Measurements that were written a moment ago, kept for the roller: what it would read back from the
// database is still in its hand here. Only ever a help: it holds so many, and what it does not hold
// is read from the log. In columns, because in a flood objects by the hundred thousand would be made
// only to be thrown away.
import type { Sequence } from '../domain/record.ts';
import type { Measured } from './buckets.ts';
import type { Block } from './roller.ts';
import { isCharted } from './log-row.ts';

export interface FreshRow {
  readonly kind: number;
  readonly series: number;
  readonly observed: number;
  readonly delay: number;
  readonly value: number;
}

export interface FreshRows {
  add(sequence: Sequence, row: FreshRow): void;
  /** Every whole block after `position`, where the first of them is here. Forgets them and all before. */
  take(position: Sequence, block: number): Block[];
}

/** As a power of two; 5 MB. Further behind, the roller reads from the database. */
const MOST = 131_072;
const SMALLEST = 4096;

interface Columns {
  readonly kind: Uint8Array;
  readonly series: Float64Array;
  readonly observed: Float64Array;
  readonly received: Float64Array;
  readonly value: Float64Array;
}

const columnsFor = (rows: number): Columns => ({
  kind: new Uint8Array(rows),
  series: new Float64Array(rows),
  observed: new Float64Array(rows),
  received: new Float64Array(rows),
  value: new Float64Array(rows),
});

export function freshRows(): FreshRows {
  let columns = columnsFor(SMALLEST);
  let size = 0;
  let first = 0; // the sequence of the first row that is held

  function makeRoom(sequence: Sequence): void {
    const isGap = sequence !== first + size;
    if (isGap || size === MOST) [size, first] = [0, sequence];
    else if (size === columns.kind.length) columns = wider(columns, size);
  }

  return {
    add(sequence, { kind, series, observed, delay, value }) {
      makeRoom(sequence);
      columns.kind[size] = kind;
      columns.series[size] = series;
      columns.observed[size] = observed;
      columns.received[size] = observed + delay;
      columns.value[size] = value;
      size += 1;
    },
    take(position, block) {
      const from = position + 1 - first;
      const to = from + Math.floor((size - from) / block) * block;
      if (from < 0 || to <= from) return [];
      const taken: Block[] = [];
      for (let row = from; row < to; row += block) {
        taken.push(blockOf(columns, { from: row, to: row + block, first }));
      }
      for (const column of Object.values(columns)) column.copyWithin(0, to, size);
      size -= to;
      first += to;
      return taken;
    },
  };
}

function wider(columns: Columns, size: number): Columns {
  const wide = columnsFor(size * 2);
  for (const [name, column] of Object.entries(columns)) wide[name as keyof Columns].set(column);
  return wide;
}

function blockOf(
  { kind, series, observed, received, value }: Columns,
  { from, to, first }: { readonly from: number; readonly to: number; readonly first: Sequence },
): Block {
  const measured: Measured = { series: [], observed: [], value: [] };
  let earliest = Infinity;
  for (let row = from; row < to; row += 1) {
    earliest = Math.min(earliest, received[row] as number);
    if (!isCharted(kind[row] as number)) continue;
    measured.series.push(series[row] as number);
    measured.observed.push(observed[row] as number);
    measured.value.push(value[row] as number);
  }
  return { first: first + from, last: first + to - 1, measured, received: earliest };
}
