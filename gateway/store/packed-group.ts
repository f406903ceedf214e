// A group of writes on its way to the writer's thread. Entries travel as numbers in one buffer: a
// structured copy of ten thousand readings as objects costs more than their commit.
//
//   Write[] ──pack──▶ { cells, bodies, series, writes } ══thread══▶ rows of `log`
//
// An entry that no row can hold (a value that is no number) is refused here, and its write with it.
import type { Entry } from '../domain/record.ts';
import type { StepCommit } from './log.ts';
import type { Write } from './write-group.ts';
import { wordsOf } from './connection.ts';
import { CELLS, packEntry, type SeriesNumber } from './log-row.ts';

export interface PackedRows {
  /** CELLS numbers for each entry, as log-row.ts lays them out. */
  readonly cells: Float64Array;
  /** What has no column, by the number in its cell. */
  readonly bodies: readonly string[];
  /** Series that this thread was not told of before: the numbers go on from where they were. */
  readonly series: readonly SeriesName[];
}

export type SeriesName = readonly [asset: string, quantity: string, device: string];

/** Appends that follow each other are one, with the entries of each counted. */
export interface PackedAppends {
  readonly kind: 'appends';
  readonly counts: readonly number[];
  readonly raw: readonly PackedRaw[];
}

interface PackedRaw {
  /** Which of the appends, and which of its entries. */
  readonly append: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

export type PackedWrite =
  | PackedAppends
  | { readonly kind: 'save'; readonly commit: StepCommit; readonly count: number }
  | Exclude<Write, { kind: 'append' | 'save' }>;

export interface PackedGroup {
  readonly rows: PackedRows;
  readonly writes: readonly PackedWrite[];
  /** Writes that are not among `writes`, by their place in the group, and why. */
  readonly refused: ReadonlyMap<number, string>;
}

/** The names that the writer's thread has been told. One for each thread, as long as it lives. */
export interface SeriesBook {
  readonly numberOf: SeriesNumber;
  /** All of them; number 1 stands first. */
  readonly names: readonly SeriesName[];
  /** Those that are new since the last call, in the order of their numbers. */
  takeNew(): SeriesName[];
}

/** Series are numbered from 1 here; the database has numbers of its own. */
export function createSeriesBook(): SeriesBook {
  const numbers = new Map<string, Map<string, Map<string, number>>>();
  const names: SeriesName[] = [];
  let told = 0;
  return {
    names,
    numberOf(asset, quantity, device) {
      const known = numbers.get(asset)?.get(quantity)?.get(device);
      if (known !== undefined) return known;
      const ofAsset = valueIn(numbers, asset, () => new Map<string, Map<string, number>>());
      const ofQuantity = valueIn(ofAsset, quantity, () => new Map<string, number>());
      return valueIn(ofQuantity, device, () => {
        names.push([asset, quantity, device]);
        return names.length;
      });
    },
    takeNew() {
      const taken = names.slice(told);
      told = names.length;
      return taken;
    },
  };
}

function valueIn<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

export function packGroup(group: readonly Write[], book: SeriesBook): PackedGroup {
  const most = group.reduce((sum, write) => sum + entriesOf(write).length, 0);
  const packing = { cells: new Float64Array(most * CELLS), bodies: [] as string[], row: 0 };
  const writes: PackedWrite[] = [];
  const refused = new Map<number, string>();
  for (let index = 0; index < group.length; index += 1) {
    const write = group[index] as Write;
    const before = packing.row;
    try {
      for (const entry of entriesOf(write)) {
        packEntry(entry, packing, book.numberOf);
        packing.row += 1;
      }
      addWrite(writes, write);
    } catch (error) {
      packing.row = before;
      refused.set(index, wordsOf(error));
    }
  }
  const { bodies } = packing;
  const cells = packing.cells.subarray(0, packing.row * CELLS);
  return { rows: { cells, bodies, series: book.takeNew() }, writes, refused };
}

function addWrite(writes: PackedWrite[], write: Write): void {
  if (write.kind === 'append') addAppend(writes, write);
  else if (write.kind !== 'save') writes.push(write);
  else {
    const { derived, ...commit } = write.commit;
    writes.push({ kind: 'save', commit: { ...commit, derived: [] }, count: derived.length });
  }
}

type Growing = { kind: 'appends'; counts: number[]; raw: PackedRaw[] };

function addAppend(writes: PackedWrite[], { entries, raw }: Write & { kind: 'append' }): void {
  const last = writes.at(-1);
  let run = last?.kind === 'appends' ? (last as Growing) : undefined;
  if (!run) {
    run = { kind: 'appends', counts: [], raw: [] };
    writes.push(run);
  }
  for (const one of raw) run.raw.push({ append: run.counts.length, ...one });
  run.counts.push(entries.length);
}

/** What a write adds to the log. */
export function entriesOf(write: Write): readonly Entry[] {
  switch (write.kind) {
    case 'append':
      return write.entries;
    case 'save':
      return write.commit.derived;
    case 'move':
    case 'tell':
    case 'take':
    case 'secret':
    case 'account':
    case 'exhibits':
    case 'tidy':
    case 'probe':
    case 'settle':
      return NONE;
  }
}

const NONE: readonly Entry[] = [];
