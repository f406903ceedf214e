// What is kept of the log in memory is never other than what is on the disk.
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { valuesOf, type Values, type ValueTold } from '../../gateway/domain/values.ts';
import type { TailPiece } from '../../gateway/store/log-tail.ts';
import { createSeriesBook } from '../../gateway/store/packed-group.ts';
import { packGroup } from './packing.ts';
import { logTail } from '../../gateway/store/log-tail.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { ONE_OF_EACH, reading, settingsFor } from './entries.ts';

/** Readings of these values, from a place in the log on. */
function values(first: number, ...list: number[]): TailPiece {
  const book = createSeriesBook();
  const entries = list.map((value) => reading({ value }));
  const { rows } = packGroup([{ kind: 'append', entries, raw: [] }], book);
  return { first, rows, names: book.names };
}

function told(values: Values | undefined): ValueTold[] {
  const seen: ValueTold[] = [];
  values?.each((value) => seen.push({ ...value }));
  return seen;
}

describe('the tail of the log', () => {
  it('knows nothing of what was written before it', () => {
    const tail = logTail(7, 10);
    expect(tail.after(6, 10)).toBeUndefined();
    expect(tail.after(7, 10)).toEqual([]);
    tail.add(values(8, 1));
    expect(tail.after(6, 10)).toBeUndefined();
    expect(tail.after(7, 10)).toMatchObject([{ sequence: 8, value: 1 }]);
  });

  it('keeps at least its capacity and lets the oldest go', () => {
    const tail = logTail(0, 3);
    for (let first = 1; first < 100; first += 1) tail.add(values(first, first));
    expect(tail.after(96, 9)).toMatchObject([{ value: 97 }, { value: 98 }, { value: 99 }]);
    expect(tail.after(97, 1)).toMatchObject([{ sequence: 98 }]);
    expect(tail.after(90, 9)).toBeUndefined();
  });

  it('begins anew after a hole, so that nobody is led over it', () => {
    const tail = logTail(0, 10);
    tail.add(values(1, 1, 2));
    tail.add(values(5, 5));
    expect(tail.after(1, 10)).toBeUndefined();
    expect(tail.after(3, 10)).toBeUndefined();
    expect(tail.after(4, 10)).toMatchObject([{ sequence: 5, value: 5 }]);
  });

  it('is the same however the writes are cut, whoever numbered their series', () => {
    const books = [createSeriesBook(), createSeriesBook()];
    const write = fc.record({
      count: fc.nat({ max: 25 }),
      kind: fc.nat({ max: ONE_OF_EACH.length - 1 }),
      book: fc.nat({ max: 9 }).map((one) => Number(one === 0)),
    });
    fc.assert(
      fc.property(fc.array(write, { minLength: 30 }), (writes) => {
        const tail = logTail(0, 10);
        const all: LogRecord[] = [];
        for (const { count, kind, book } of writes) {
          const entries = Array.from({ length: count }, (_, index) =>
            index % 3 === 0
              ? ONE_OF_EACH[kind]!
              : reading({ asset: `bin-${index}`, value: all.length }),
          );
          const [names, first] = [books[book]!.names, all.length + 1];
          const { rows } = packGroup([{ kind: 'append', entries, raw: [] }], books[book]);
          tail.add({ first, rows, names });
          all.push(...entries.map((entry, index) => ({ ...entry, sequence: first + index })));
          const cursor = Math.max(0, all.length - 10);
          expect(tail.after(cursor, 7)).toEqual(all.slice(cursor, cursor + 7));
          expect(told(tail.valuesAfter(cursor, 7))).toEqual(
            told(valuesOf(all.slice(cursor, cursor + 7))),
          );
        }
      }),
    );
  });

  it('sees no hole in a write that has no entries, as a cursor that is moved to the end', async () => {
    const store = await openStore(settingsFor(temporaryFolder()));
    onTestFinished(() => store.close());
    await store.log.append([reading({ value: 1 }), reading({ value: 2 })]);
    await store.cursors.move('influx', 2);
    expect(await store.log.readAfter(1, 10)).toMatchObject([{ value: 2 }]);
  });

  it('gives back every kind of record as the disk does', async () => {
    const settings = settingsFor(temporaryFolder());
    const store = await openStore(settings);
    await store.log.append(ONE_OF_EACH);
    const fromMemory = await store.log.readAfter(0, 100);
    await store.close();
    const again = await openStore(settings);
    onTestFinished(() => again.close());
    expect(fromMemory).toEqual(await again.log.readAfter(0, 100));
  });

  it('hands over to the disk and back without a record lost or doubled', async () => {
    const store = await openStore(settingsFor(temporaryFolder()));
    onTestFinished(() => store.close());
    const { log } = store;
    for (let batch = 0; batch < 20; batch += 1) {
      await log.append(
        Array.from({ length: 1000 }, (_, index) => reading({ value: batch * 1000 + index })),
      );
    }
    const seen: number[] = [];
    for (;;) {
      const records = await log.readAfter(seen.length, 777);
      if (records.length === 0) break;
      for (const record of records)
        seen.push(record.kind === 'reading' ? record.value : Number.NaN);
    }
    expect(seen).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
  });
});
