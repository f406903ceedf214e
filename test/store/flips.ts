// One byte of a store's database becomes another one, and the store is opened: once for each seed.
// Without threads, so that a hundred of them take seconds; the opening, the salvage, the questions and
// the next write are the product's own.
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { siteDays } from '../../gateway/domain/day.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { ballastIn } from '../../gateway/store/ballast.ts';
import { DATABASE, openConnection } from '../../gateway/store/connection.ts';
import { UTC_DAY } from '../../gateway/store/grain.ts';
import { highWaterIn } from '../../gateway/store/high-water.ts';
import type { Recovery } from '../../gateway/store/log.ts';
import { openDatabase } from '../../gateway/store/open-database.ts';
import { readyDatabase } from '../../gateway/store/opening.ts';
import { queries } from '../../gateway/store/queries.ts';
import { temporaryFolder } from '../tools.ts';
import { settingsFor } from './entries.ts';

export interface Outcomes {
  readonly served: number;
  readonly recovered: number;
  readonly refused: number;
}

/** @param original a store of `records` readings whose value is their sequence, and of 60 tickets */
export async function flipBytes(
  original: string,
  records: number,
  seeds: number,
): Promise<Outcomes> {
  const outcomes = { served: 0, recovered: 0, refused: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const dir = temporaryFolder();
    cpSync(original, dir, { recursive: true });
    flip(path.join(dir, DATABASE), seed);
    const outcome = await ready(dir);
    if (outcome instanceof Fault) {
      expect(outcome.code).toMatch(/^store-/);
      outcomes.refused += 1;
      continue;
    }
    expectSound(dir, { records, recovered: outcome, seed });
    outcomes[outcome ? 'recovered' : 'served'] += 1;
    expect(await ready(dir), `seed ${seed}, once more`).toBeUndefined();
  }
  return outcomes;
}

function flip(file: string, seed: number): void {
  const bytes = readFileSync(file);
  const chance = random(seed);
  const place = chance(statSync(file).size);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << chance(8));
  writeFileSync(file, bytes);
}

/** The same numbers at every run, so that a failure can be looked at. */
function random(seed: number): (below: number) => number {
  let state = seed * 7919;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function ready(dir: string): Promise<Recovery | Fault | undefined> {
  try {
    const file = path.join(dir, DATABASE);
    const premises = { dir, file, ballast: ballastIn(dir, 0), mark: highWaterIn(dir) };
    return (await readyDatabase(premises)).recovered;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

interface Flipped {
  readonly records: number;
  readonly recovered: Recovery | undefined;
  readonly seed: number;
}

/** Nothing is served that was not written, but the one value in which the byte was. */
function expectSound(dir: string, { records, recovered, seed }: Flipped): void {
  const file = path.join(dir, DATABASE);
  using db = openConnection(file, 'read');
  const asked = queries(db, siteDays(UTC_DAY));
  const found = asked.readAfter(0, 1_000_000);
  const sequences = found.map(({ sequence }) => sequence);
  expect(sequences, `seed ${seed}`).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
  const changed = found.filter(
    (record) => !('value' in record && record.value === record.sequence - 1),
  );
  expect(changed.length, `seed ${seed}`).toBeLessThanOrEqual(1);
  if (!recovered) {
    expect(found, `seed ${seed}`).toHaveLength(records);
    expect(asked.tickets('all', 100), `seed ${seed}`).toHaveLength(60);
  }
  const { db: writing, group } = openDatabase(file, settingsFor(dir), []);
  expect(group.head(), `seed ${seed}`).toBeGreaterThanOrEqual(records);
  writing.close();
}
