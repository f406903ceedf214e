// A group of writes on its way to the writer's thread. Entries travel as numbers in one buffer: a
// structured copy of ten thousand readings as objects costs more than their commit.
//
//   write ──packed as it comes──▶ { cells, bodies, series, writes } ══thread══▶ rows of `log`
//
// Packed at once and not when the group leaves: objects that wait for a disk are what a garbage
// collector has to carry about, and numbers in a buffer are none of its business.
// An entry that no row can hold (a value that is no number) is refused here, and its write with it.
import type { Entry } from '../domain/record.ts';
import type { StepCommit } from './log.ts';
import type { Write } from './write-group.ts';
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
}

/** What has been packed and has not left. */
export interface OpenGroup {
  /** Behind those before it. Throws a TypeError for what no row can hold; then nothing of it is in. */
  add(write: Write): void;
  /** All of it, and an empty one begins. `series` are for whoever knows the receiver to fill in. */
  take(): PackedGroup;
}

/** The numbers of all series that were ever written to the log by this process. */
export interface SeriesBook {
  readonly numberOf: SeriesNumber;
  /** All of them; number 1 stands first. */
  readonly names: readonly SeriesName[];
}

/** Series are numbered from 1 here; the database has numbers of its own. */
export function createSeriesBook(): SeriesBook {
  const numbers = new Map<string, Map<string, Map<string, number>>>();
  const names: SeriesName[] = [];
  // The numbers of one message follow each other: what its asset has is looked up once.
  let [lastAsset, lastDevice] = ['', ''];
  let last = new Map<string, number>();
  return {
    names,
    numberOf(asset, quantity, device) {
      if (asset !== lastAsset || device !== lastDevice) {
        const ofAsset = valueIn(numbers, asset, () => new Map<string, Map<string, number>>());
        last = valueIn(ofAsset, device, () => new Map<string, number>());
        [lastAsset, lastDevice] = [asset, device];
      }
      return (
        last.get(quantity) ?? valueIn(last, quantity, () => names.push([asset, quantity, device]))
      );
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

/** Rows that fit before the slab is doubled. */
const FIRST_ROWS = 1024;

export function openGroup(book: SeriesBook): OpenGroup {
  const packing = { cells: new Float64Array(FIRST_ROWS * CELLS), bodies: [] as string[], row: 0 };
  let writes: PackedWrite[] = [];

  function makeRoom(rows: number): void {
    const { cells, row } = packing;
    const needed = (row + rows) * CELLS;
    if (needed <= cells.length) return;
    packing.cells = new Float64Array(Math.max(needed, 2 * cells.length));
    packing.cells.set(cells);
  }

  return {
    add(write) {
      const entries = entriesOf(write);
      makeRoom(entries.length);
      const before = packing.row;
      try {
        for (const entry of entries) {
          packEntry(entry, packing, book.numberOf);
          packing.row += 1;
        }
        addWrite(writes, write);
      } catch (error) {
        packing.row = before;
        throw error;
      }
    },
    take() {
      const { cells, bodies, row } = packing;
      // A copy of just what is in use: the slab is used again.
      const taken = { rows: { cells: cells.slice(0, row * CELLS), bodies, series: [] }, writes };
      packing.bodies = [];
      packing.row = 0;
      writes = [];
      return taken;
    },
  };
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
