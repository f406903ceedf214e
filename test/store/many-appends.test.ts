// Many messages that were heard in one breath go into the log together, many rows a statement.
import { expect, it } from 'vitest';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';
import { reading, settingsFor } from './entries.ts';

const outcomeOf = (writing: Promise<number>): Promise<number | string> =>
  writing.catch((fault: { code: string }) => fault.code);

it('gives each of them the sequence of its first reading, whatever its length', async () => {
  const store = await openStore(settingsFor(temporaryFolder()));
  const lengths = [1, 60, 0, 24, 25, 26, 3, 1];
  const firsts = await Promise.all(
    lengths.map((length, message) =>
      store.log.append(
        Array.from({ length }, (_, part) => reading({ value: message + part / 100, part })),
      ),
    ),
  );
  expect(firsts).toEqual([1, 2, 61, 62, 86, 111, 137, 140]);
  const records = await store.log.readAfter(0, 200);
  expect(records.map((record) => record.kind === 'reading' && record.value)).toEqual(
    lengths.flatMap((length, message) => Array.from({ length }, (_, part) => message + part / 100)),
  );
  await store.close();
});

it('refuses the one that no row can hold, and writes all the others without a gap', async () => {
  const store = await openStore(settingsFor(temporaryFolder()));
  const badSeq = 1.5; // the column takes whole numbers only; SQLite itself says so
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, message) =>
      outcomeOf(
        store.log.append([
          reading({ value: message }),
          reading({ value: message + 0.5, part: 1, ...(message === 31 && { seq: badSeq }) }),
        ]),
      ),
    ),
  );
  const others = Array.from({ length: 59 }, (_, place) => 1 + 2 * place);
  expect(outcomes).toEqual(others.toSpliced(31, 0, 'store-write-failed' as never));
  const records = await store.log.readAfter(0, 200);
  expect(records).toHaveLength(118);
  expect(records.some((record) => record.kind === 'reading' && record.value === 31)).toBe(false);
  await store.close();
});
