// Whoever has fallen far behind the log gets from the disk what memory would have given.
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry, LogRecord } from '../../gateway/domain/record.ts';
import { siteDays } from '../../gateway/domain/day.ts';
import { DATABASE, openConnection } from '../../gateway/store/connection.ts';
import type { LogPages } from '../../gateway/store/log-page.ts';
import { logTable } from '../../gateway/store/log-table.ts';
import { logTail } from '../../gateway/store/log-tail.ts';
import { createSeriesBook } from '../../gateway/store/packed-group.ts';
import { queries } from '../../gateway/store/queries.ts';
import { readAhead } from '../../gateway/store/read-ahead.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { at, NOON, ONE_OF_EACH, reading, SHANGHAI, settingsFor } from './entries.ts';
import { packGroup } from './packing.ts';

const EVERY_KIND: readonly Entry[] = [
  ...ONE_OF_EACH,
  reading({ value: 0.125, doubt: 'unsynchronised' }),
  reading({ value: -31.27, doubt: 'restamped', observedAt: at(-86_400_000) }),
  { kind: 'clock', boot: 'b1', stepMs: -4000, receivedAt: NOON },
  {
    kind: 'loss',
    source: 'broker',
    reason: 'gap',
    count: 3,
    from: NOON,
    to: at(9),
    receivedAt: at(10),
  },
];

const BATCH = 1000;

/** Readings of ever more bins, with one entry of every kind among them. */
const someBatch = (number: number): Entry[] => [
  ...EVERY_KIND,
  ...Array.from({ length: BATCH - EVERY_KIND.length }, (_, index) =>
    reading({
      asset: `bin-${index % 7}-${number % 40}`,
      value: index / 8,
      seq: (number * BATCH + index) % 65_536,
      observedAt: at(number * BATCH + index),
      receivedAt: at(number * BATCH + index + (index % 3)),
    }),
  ),
];

describe('a follower that is far behind', () => {
  it(
    'gets each record of 200,000 in order, just as memory has it',
    { timeout: 120_000 },
    async () => {
      const store = await openStore(settingsFor(temporaryFolder()));
      onTestFinished(() => store.close());
      const [book, all] = [createSeriesBook(), logTail(0, 300_000)];
      for (let number = 0; number < 240; number += 1) {
        const entries = someBatch(number);
        const first = await store.log.append(entries);
        const { rows } = packGroup([{ kind: 'append', entries, raw: [] }], book);
        all.add({ first, rows, names: book.names });
      }
      const head = 240 * BATCH;
      expect(store.log.head()).toBe(head);
      for (let cursor = 0; cursor < head;) {
        const records = await store.log.readAfter(cursor, BATCH);
        const expected = all.after(cursor, BATCH);
        expect(isDeepStrictEqual(records, expected), `after ${cursor}`).toBe(true); // faster by far
        cursor = records.at(-1)?.sequence ?? Infinity;
      }
      expect(await store.log.readAfter(head, BATCH)).toEqual([]);
    },
  );

  it('gets all of bodies that are too long to read many of them ahead', async () => {
    const { append, read, asked } = await opened();
    const detail = 'x'.repeat(60_000);
    const long: Entry = {
      kind: 'rejection',
      source: 'broker',
      reason: 'not-json',
      detail,
      receivedAt: NOON,
    };
    append(Array.from({ length: 100 }, () => long));
    expect(asked.pagesAfter(0, 10, 8).pages.length).toBeLessThan(8);
    expect((await read(0, 100)).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });
});

/** A log on the disk that nobody but the test has open, and the way of a follower to it. */
async function opened() {
  const dir = temporaryFolder();
  await (await openStore(settingsFor(dir))).close();
  const db = openConnection(path.join(dir, DATABASE), 'write');
  db.exec('BEGIN'); // one wait for the disk less per row; the test is about the rows
  onTestFinished(() => db.close());
  const book = createSeriesBook();
  const log = logTable(db, book.names);
  let asked = queries(db, siteDays(SHANGHAI));
  const questions: LogPages[] = [];
  const read = readAhead(async (...question) => {
    const pages = asked.pagesAfter(...question);
    questions.push(pages);
    return pages;
  });
  return {
    db,
    read,
    asked,
    questions,
    /** As when the thread that reads has died. */
    readAnew: () => void (asked = queries(db, siteDays(SHANGHAI))),
    append(entries: readonly Entry[]): void {
      const { rows } = packGroup([{ kind: 'append', entries, raw: [] }], book);
      log.append(rows, 0, entries.length);
    },
  };
}

const values = (...list: number[]): Entry[] =>
  list.map((value) => reading({ value, asset: `bin-${value}` }));

describe('what is read ahead', () => {
  it('answers whoever asks as the log itself would, whatever was pruned before and written since', async () => {
    const move = fc.record({
      follower: fc.nat({ max: 5 }),
      limit: fc.integer({ min: 1, max: 40 }),
      grows: fc.nat({ max: 3 }),
      isNew: fc.boolean(),
    });
    const { db, append, read, asked, readAnew } = await opened();
    append(values(...Array.from({ length: 900 }, (_, index) => index)));
    db.exec('DELETE FROM log WHERE sequence % 7 = 3 OR sequence BETWEEN 200 AND 260');
    const run = async (
      moves: { follower: number; limit: number; grows: number; isNew: boolean }[],
    ) => {
      const cursors = [0, 0, 100, 230, 500, 895];
      for (const { follower, limit, grows, isNew } of moves) {
        append(values(...Array.from({ length: grows }, (_, index) => index)));
        if (isNew) readAnew();
        const cursor = cursors[follower] ?? 0;
        const records = await read(cursor, limit);
        expect(records).toEqual(asked.readAfter(cursor, limit));
        cursors[follower] = records.at(-1)?.sequence ?? 0;
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 20, maxLength: 60 }), run), {
      numRuns: 30,
    });
  });

  it('spares those who come for the next records a question', async () => {
    const { append, read, questions } = await opened();
    append(values(...Array.from({ length: 64 }, (_, index) => index)));
    const seen: LogRecord[] = [];
    for (let cursor = 0; cursor < 64; cursor += 4) seen.push(...(await read(cursor, 4)));
    expect(seen.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 64 }, (_, index) => index + 1),
    );
    expect(questions.length).toBeLessThan(4);
  });

  it('never ends an answer early where the log goes on, though it had ended when it was read', async () => {
    const { append, read } = await opened();
    append(values(1, 2, 3));
    expect(await read(0, 2)).toHaveLength(2);
    append(values(4, 5, 6));
    expect(await read(2, 3)).toMatchObject([{ value: 3 }, { value: 4 }, { value: 5 }]);
  });

  it('names a series with the next answer where the one that met it first has failed', async () => {
    const { db, append, read } = await opened();
    append([...values(1, 2), { kind: 'tick', receivedAt: NOON }]);
    db.exec(`UPDATE log SET body = '{"' WHERE sequence = 3`);
    await expect(read(0, 3)).rejects.toThrow(SyntaxError);
    db.exec(`UPDATE log SET body = '{}' WHERE sequence = 3`);
    expect(await read(0, 3)).toMatchObject([
      { asset: 'bin-1' },
      { asset: 'bin-2' },
      { kind: 'tick' },
    ]);
  });

  it('gives what lies before a damaged record, and says what is wrong where that comes', async () => {
    const { db, append, read } = await opened();
    append(values(1, 2, 3));
    db.exec(`UPDATE log SET body = '{"' WHERE sequence = 3`);
    expect(await read(0, 1)).toMatchObject([{ value: 1 }]);
    expect(await read(1, 1)).toMatchObject([{ value: 2 }]);
    await expect(read(2, 1)).rejects.toThrow(SyntaxError);
  });

  it('is given to several at once without one taking it from the other', async () => {
    const { append, read } = await opened();
    append(values(...Array.from({ length: 500 }, (_, index) => index)));
    const walk = async (limit: number): Promise<number[]> => {
      const seen: number[] = [];
      for (let cursor = 0; cursor < 500; cursor = seen.at(-1) ?? Infinity)
        seen.push(...(await read(cursor, limit)).map(({ sequence }) => sequence));
      return seen;
    };
    const walks = await Promise.all([1, 3, 7, 8, 9, 10, 500].map(walk));
    for (const seen of walks)
      expect(seen).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });
});
