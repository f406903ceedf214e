// An entry as a row of the table `log`, and back. Pure; FORMAT.md draws the row and says why.
// Measurements fill narrow columns, everything else is a JSON body beside its moment.
// The numbers of KINDS are on disk: they never change and are never used again for another kind.
import type { DerivedEntry, Entry, LogRecord, ReadingEntry, Sequence } from '../domain/record.ts';
import type { AssetId, DeviceId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { PackedRows, SeriesName } from './packed-group.ts';
import { isMeasurement } from '../domain/reading.ts';
import { numberIn } from './thousandths.ts';

/** 0 and 1 take no byte in a row, so the two commonest kinds have them. */
const KINDS = {
  reading: 0,
  derived: 1,
  doubted: 2,
  rejection: 3,
  link: 4,
  gateway: 5,
  command: 6,
  tick: 7,
  loss: 8,
  clock: 9,
} as const;

const BODIED = ['rejection', 'link', 'gateway', 'command', 'tick', 'loss', 'clock'] as const;

/** Numbers that an entry takes on its way to the writer. */
export const CELLS = 9;

/** Where each lies among them. NaN stands for a cell that is NULL; series and body count from 1. */
export const CELL = {
  kind: 0,
  series: 1,
  observed: 2,
  delay: 3,
  value: 4,
  deviceSeq: 5,
  digest: 6,
  /** Derived: the sequence of its origin, for its own is not known yet. */
  back: 7,
  body: 8,
} as const;

/** Entries as numbers, one after the other, and the texts that some of them have. */
export interface Packing {
  readonly cells: Float64Array;
  readonly bodies: string[];
  /** The next one's place. */
  readonly row: number;
}

/** A row of `log` as RECORD_COLUMNS give it, with its series spelled out. */
export interface LogRow {
  readonly sequence: Sequence;
  readonly kind: number;
  readonly observed: number;
  readonly delay: number;
  readonly value: number | null;
  readonly device_seq: number | null;
  readonly digest: number | null;
  readonly back: number | null;
  readonly body: string | null;
  readonly asset: AssetId | null;
  readonly quantity: Quantity | null;
  readonly device: DeviceId | null;
}

/** The cells of a row as the names of LogRow, its value as a plain number. */
export const RECORD_COLUMNS = `sequence, kind, observed, delay, ${numberIn('value')} AS value,
  device_seq, digest, back, body`;

/** The number that the dictionary of series gives to an asset's quantity as told by a device. */
export type SeriesNumber = (asset: AssetId, quantity: Quantity, device: DeviceId) => number;

/** What the gateway computed itself comes from no device. */
const NO_DEVICE = '';

/** Throws a TypeError for what no row can hold. */
export function packEntry(entry: Entry, packing: Packing, series: SeriesNumber): void {
  if (entry.kind === 'reading') packReading(entry, packing, series);
  else if (entry.kind === 'derived') packDerived(entry, packing, series);
  else packOther(entry, packing);
}

// Each writes all CELLS of its row, for the buffer may have held another group before. Measurements do
// it cell by cell, because a call that fills the row with NaN first takes a third of the time of all.

function packReading(entry: ReadingEntry, packing: Packing, series: SeriesNumber): void {
  const at = packing.row * CELLS;
  const { cells } = packing;
  const { doubt, seq } = entry;
  cells[at + CELL.kind] = isMeasurement(doubt) ? KINDS.reading : KINDS.doubted;
  cells[at + CELL.series] = series(entry.asset, entry.quantity, entry.device);
  packMeasured(entry, packing);
  cells[at + CELL.deviceSeq] = seq ?? NaN;
  cells[at + CELL.digest] = entry.digest | 0;
  cells[at + CELL.back] = entry.part;
  cells[at + CELL.body] = doubt === undefined ? 0 : packing.bodies.push(JSON.stringify({ doubt }));
}

function packDerived(entry: DerivedEntry, packing: Packing, series: SeriesNumber): void {
  const at = packing.row * CELLS;
  const { cells } = packing;
  cells[at + CELL.kind] = KINDS.derived;
  cells[at + CELL.series] = series(entry.asset, entry.quantity, NO_DEVICE);
  packMeasured(entry, packing);
  cells[at + CELL.deviceSeq] = NaN;
  cells[at + CELL.digest] = NaN;
  cells[at + CELL.back] = entry.origin;
  cells[at + CELL.body] = 0;
}

function packOther(entry: Exclude<Entry, ReadingEntry | DerivedEntry>, packing: Packing): void {
  const at = packing.row * CELLS;
  const { cells } = packing;
  const { kind, receivedAt, ...body } = entry;
  cells.fill(NaN, at, at + CELLS);
  cells[at + CELL.kind] = KINDS[kind];
  cells[at + CELL.series] = 0;
  cells[at + CELL.observed] = Math.round(receivedAt);
  cells[at + CELL.delay] = 0;
  cells[at + CELL.body] = packing.bodies.push(JSON.stringify(body));
}

/** A clock's fraction of a millisecond means nothing, and the columns are whole numbers. */
function packMeasured(entry: ReadingEntry | DerivedEntry, { cells, row }: Packing): void {
  const at = row * CELLS;
  const observed = Math.round(entry.observedAt);
  cells[at + CELL.observed] = observed;
  cells[at + CELL.delay] = Math.round(entry.receivedAt) - observed;
  cells[at + CELL.value] = finite(entry.value);
}

/** A packed row as the record that it becomes under its sequence: what the disk would give back. */
export function unpackRecord(
  { rows, names }: { readonly rows: PackedRows; readonly names: readonly SeriesName[] },
  row: number,
  sequence: Sequence,
): LogRecord {
  const { cells, bodies } = rows;
  const at = row * CELLS;
  const kind = cells[at + CELL.kind] as number;
  const body = bodies[(cells[at + CELL.body] as number) - 1];
  const observedAt = cells[at + CELL.observed] as number;
  const receivedAt = observedAt + (cells[at + CELL.delay] as number);
  const [asset, quantity, device] = names[(cells[at + CELL.series] as number) - 1] ?? [];
  const value = cells[at + CELL.value];
  const back = cells[at + CELL.back];
  if (kind === KINDS.derived) {
    const derived = { kind: 'derived', asset, quantity, value, observedAt, receivedAt };
    return record({ ...derived, origin: back, sequence });
  }
  if (kind !== KINDS.reading && kind !== KINDS.doubted) {
    const told = JSON.parse(body ?? '{}') as object;
    return record({ kind: bodiedKind(kind), ...told, receivedAt, sequence });
  }
  const seq = cells[at + CELL.deviceSeq] as number;
  const digest = (cells[at + CELL.digest] as number) >>> 0;
  // Written out twice and not spread together: this makes every reading that a follower reads.
  // oxfmt-ignore
  const reading = Number.isNaN(seq)
    ? { kind: 'reading', device, asset, quantity, value, observedAt, receivedAt, digest, part: back, sequence }
    : { kind: 'reading', device, asset, quantity, value, observedAt, receivedAt, seq, digest, part: back, sequence };
  return record(body === undefined ? reading : { ...reading, ...(JSON.parse(body) as object) });
}

/** When the entry of a packed row was received. */
export const receiptOf = ({ cells }: Pick<Packing, 'cells'>, row: number): number =>
  (cells[row * CELLS + CELL.observed] ?? 0) + (cells[row * CELLS + CELL.delay] ?? 0);

/** Whether a row of this kind counts in charts: FORMAT.md, `kind < 2`. */
export const isCharted = (kind: number): boolean => kind <= KINDS.derived;
export const isDerived = (kind: number): boolean => kind === KINDS.derived;

const bodiedKind = (kind: number) => BODIED.find((word) => KINDS[word] === kind);

export function recordOf(row: LogRow): LogRecord {
  const { sequence, kind, body } = row;
  if (kind === KINDS.reading || kind === KINDS.doubted) return readingRecord(row);
  if (kind === KINDS.derived) return derivedRecord(row);
  return record({
    kind: bodiedKind(kind),
    sequence,
    receivedAt: row.observed,
    ...JSON.parse(body ?? '{}'),
  });
}

function readingRecord(row: LogRow): LogRecord {
  return record({
    kind: 'reading',
    sequence: row.sequence,
    device: row.device,
    asset: row.asset,
    quantity: row.quantity,
    value: row.value,
    observedAt: row.observed,
    receivedAt: row.observed + row.delay,
    ...(row.device_seq === null ? {} : { seq: row.device_seq }),
    digest: (row.digest ?? 0) >>> 0,
    part: row.back,
    ...(row.body === null ? {} : JSON.parse(row.body)),
  });
}

function derivedRecord(row: LogRow): LogRecord {
  return record({
    kind: 'derived',
    sequence: row.sequence,
    asset: row.asset,
    quantity: row.quantity,
    value: row.value,
    observedAt: row.observed,
    receivedAt: row.observed + row.delay,
    origin: row.sequence - (row.back ?? 0),
  });
}

/** What this file wrote it may believe when it reads it back. */
const record = (fields: object): LogRecord => fields as LogRecord;

/** SQLite would store NaN as NULL in silence. */
function finite(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`a value must be a finite number, not ${value}`);
  return value;
}
