// Entries become numbers on their way to the writer's thread, and nothing of them is lost by it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELLS, unpackRecord } from '../../gateway/store/log-row.ts';
import { createSeriesBook, packGroup } from '../../gateway/store/packed-group.ts';
import type { Write } from '../../gateway/store/write-group.ts';
import { ONE_OF_EACH, reading } from './entries.ts';

const append = (...values: number[]): Write => ({
  kind: 'append',
  entries: values.map((value) => reading({ value })),
  raw: [],
});

describe('a packed group', () => {
  it('gives back every kind of entry', () => {
    const book = createSeriesBook();
    const { rows } = packGroup([{ kind: 'append', entries: ONE_OF_EACH, raw: [] }], book);
    const piece = { rows, names: book.names };
    const back = ONE_OF_EACH.map((_, row) => unpackRecord(piece, row, row + 1));
    expect(back).toEqual(ONE_OF_EACH.map((entry, row) => ({ ...entry, sequence: row + 1 })));
  });

  it('counts the entries of appends that follow each other, whatever their number', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1 }), (lists) => {
        const { rows, writes } = packGroup(
          lists.map((values) => append(...values)),
          createSeriesBook(),
        );
        expect(writes).toEqual([
          { kind: 'appends', counts: lists.map(({ length }) => length), raw: [] },
        ]);
        expect(rows.cells).toHaveLength(lists.flat().length * CELLS);
      }),
    );
  });

  it('names each series once, for as long as the thread lives', () => {
    const book = createSeriesBook();
    expect(packGroup([append(1, 2)], book).rows.series).toHaveLength(1);
    expect(packGroup([append(3)], book).rows.series).toEqual([]);
    const other: Write = { kind: 'append', entries: [reading({ asset: 'k1-dry' })], raw: [] };
    expect(packGroup([other], book).rows.series).toHaveLength(1);
  });

  it('leaves out a write that no row can hold, and says why', () => {
    const group = [append(1), append(2, Number.NaN), append(3)];
    const { rows, writes, refused } = packGroup(group, createSeriesBook());
    expect(writes).toEqual([{ kind: 'appends', counts: [1, 1], raw: [] }]);
    expect(rows.cells).toHaveLength(2 * CELLS);
    expect([...refused]).toEqual([[1, expect.stringContaining('NaN')]]);
  });
});
