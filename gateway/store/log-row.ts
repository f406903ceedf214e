// An entry as a row of the table `log`, and back. Pure; FORMAT.md draws the row and says why.
// Measurements fill narrow columns, everything else is a JSON body beside its moment.
// The numbers of KINDS are on disk: they never change and are never used again for another kind.
import type { DerivedEntry, Entry, LogRecord, ReadingEntry, Sequence } from '../domain/record.ts';
import type { AssetId, DeviceId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import { isMeasurement } from '../domain/reading.ts';
import { cellOf, numberIn } from './thousandths.ts';

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

/** In the order of the table's columns after `sequence`. */
export type Cells = readonly [
  kind: number,
  series: number | null,
  observed: number,
  delay: number,
  value: number | bigint | null,
  deviceSeq: number | null,
  digest: number | null,
  back: number | null,
  body: string | null,
];

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

export function cellsOf(entry: Entry, sequence: Sequence, series: SeriesNumber): Cells {
  switch (entry.kind) {
    case 'reading':
      return readingCells(entry, series);
    case 'derived':
      return derivedCells(entry, sequence, series);
    case 'rejection':
    case 'link':
    case 'gateway':
    case 'command':
    case 'tick':
    case 'loss':
    case 'clock': {
      const { kind, receivedAt, ...body } = entry;
      const moment = Math.round(receivedAt);
      return [KINDS[kind], null, moment, 0, null, null, null, null, JSON.stringify(body)];
    }
  }
}

function readingCells(entry: ReadingEntry, series: SeriesNumber): Cells {
  return [
    isMeasurement(entry.doubt) ? KINDS.reading : KINDS.doubted,
    series(entry.asset, entry.quantity, entry.device),
    ...moments(entry),
    cellOf(finite(entry.value)),
    entry.seq ?? null,
    entry.digest | 0,
    entry.part,
    entry.doubt === undefined ? null : JSON.stringify({ doubt: entry.doubt }),
  ];
}

function derivedCells(entry: DerivedEntry, sequence: Sequence, series: SeriesNumber): Cells {
  return [
    KINDS.derived,
    series(entry.asset, entry.quantity, NO_DEVICE),
    ...moments(entry),
    cellOf(finite(entry.value)),
    null,
    null,
    sequence - entry.origin,
    null,
  ];
}

export function recordOf(row: LogRow): LogRecord {
  const { sequence, kind, body } = row;
  if (kind === KINDS.reading || kind === KINDS.doubted) return readingRecord(row);
  if (kind === KINDS.derived) return derivedRecord(row);
  return record({
    kind: BODIED.find((word) => KINDS[word] === kind),
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

/** A clock's fraction of a millisecond means nothing, and the columns are whole numbers. */
function moments(entry: ReadingEntry | DerivedEntry): [observed: number, delay: number] {
  const observed = Math.round(entry.observedAt);
  return [observed, Math.round(entry.receivedAt) - observed];
}

/** SQLite would store NaN as NULL in silence. */
function finite(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`a value must be a finite number, not ${value}`);
  return value;
}
