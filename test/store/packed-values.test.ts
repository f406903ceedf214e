// What is told of the rows in memory is what their records say, whoever asks from where to where.
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import { valuesOf, type Values, type ValueTold } from '../../gateway/domain/values.ts';
import { logTail } from '../../gateway/store/log-tail.ts';
import { createSeriesBook } from '../../gateway/store/packed-group.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { ONE_OF_EACH, reading, settingsFor } from './entries.ts';
import { packGroup } from './packing.ts';

const toldBy = (values: Values | undefined): ValueTold[] => {
  const told: ValueTold[] = [];
  values?.each((it) => told.push({ ...it }));
  return told;
};
const toldOf = (records: readonly LogRecord[] | undefined): ValueTold[] =>
  toldBy(valuesOf(records ?? []));

describe('the values of rows in memory', () => {
  const anyEntry = fc.oneof(
    fc.constantFrom(...ONE_OF_EACH),
    fc
      .record({
        value: fc.double({ noNaN: true, noDefaultInfinity: true }),
        part: fc.integer({ min: 0, max: 3 }),
        asset: fc.constantFrom('k1-wet', 'k1-dry'),
        doubt: fc.constantFrom(undefined, undefined, 'late' as const, 'jump' as const),
      })
      .map(({ doubt, ...rest }) => reading({ ...rest, ...(doubt && { doubt }) })),
  );
  const groups = fc.array(fc.array(anyEntry, { minLength: 1, maxLength: 8 }), { maxLength: 8 });

  it('are those that the records tell, of any stretch', () => {
    fc.assert(
      fc.property(groups, fc.nat(70), fc.integer({ min: 1, max: 70 }), (written, cursor, limit) => {
        const tail = tailOf(written);
        const records = tail.after(cursor, limit);
        const values = tail.valuesAfter(cursor, limit);
        expect(toldBy(values)).toEqual(toldOf(records));
        expect(values?.to).toBe(records?.at(-1)?.sequence);
      }),
    );
  });

  it('are none where nothing is newer, or what is asked for has left the memory', () => {
    const tail = logTail(7, 10);
    expect(tail.valuesAfter(7, 10)).toBeUndefined();
    tail.add(pieceOf([reading({ value: 1 })], 8));
    expect(tail.valuesAfter(6, 10)).toBeUndefined();
    expect(toldBy(tail.valuesAfter(7, 10))).toMatchObject([{ sequence: 8, value: 1 }]);
    expect(tail.valuesAfter(8, 10)).toBeUndefined();
  });

  it('are what the disk gives back of the same log', async () => {
    const settings = settingsFor(temporaryFolder());
    const store = await openStore(settings);
    await store.log.append(ONE_OF_EACH);
    const told = toldBy(store.log.valuesAfter(0, 100));
    await store.close();
    const again = await openStore(settings);
    onTestFinished(() => again.close());
    expect(again.log.valuesAfter(0, 100)).toBeUndefined();
    expect(told).toEqual(toldOf(await again.log.readAfter(0, 100)));
  });
});

const book = createSeriesBook();

function pieceOf(entries: readonly Entry[], first: number) {
  const { rows } = packGroup([{ kind: 'append', entries: [...entries], raw: [] }], book);
  return { first, rows, names: book.names };
}

function tailOf(written: readonly (readonly Entry[])[]) {
  const tail = logTail(0, 1000);
  let first = 1;
  for (const entries of written) {
    tail.add(pieceOf(entries, first));
    first += entries.length;
  }
  return tail;
}
