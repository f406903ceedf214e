// Entries become numbers on their way to the writer's thread, and nothing of them is lost by it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELLS, unpackRecord } from '../../gateway/store/log-row.ts';
import { createSeriesBook, openGroup } from '../../gateway/store/packed-group.ts';
import type { Write } from '../../gateway/store/write-group.ts';
import { ONE_OF_EACH, reading } from './entries.ts';
import { packGroup } from './packing.ts';

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

  it('numbers each series once, for as long as the process lives', () => {
    const book = createSeriesBook();
    packGroup([append(1, 2)], book);
    expect(book.names).toHaveLength(1);
    packGroup([append(3)], book);
    expect(book.names).toHaveLength(1);
    packGroup([{ kind: 'append', entries: [reading({ asset: 'k1-dry' })], raw: [] }], book);
    expect(book.names).toHaveLength(2);
  });

  it('leaves out a write that no row can hold, says why, and keeps its neighbours', () => {
    const open = openGroup(createSeriesBook());
    open.add(append(1));
    expect(() => open.add(append(2, Number.NaN))).toThrow('NaN');
    open.add(append(3));
    const { rows, writes } = open.take();
    expect(writes).toEqual([{ kind: 'appends', counts: [1, 1], raw: [] }]);
    expect(rows.cells).toHaveLength(2 * CELLS);
  });

  it('begins anew once it was taken, and what was taken stays as it is', () => {
    const book = createSeriesBook();
    const open = openGroup(book);
    open.add(append(1));
    const { rows } = open.take();
    open.add(append(2, 3));
    expect(open.take().rows.cells).toHaveLength(2 * CELLS);
    expect(unpackRecord({ rows, names: book.names }, 0, 1)).toMatchObject({ value: 1 });
  });
});
