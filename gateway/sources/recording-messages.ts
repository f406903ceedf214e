// A recording's rows as messages, each at its own moment and in the order of their moments: what a
// device with `courtyard-json` would have sent. What a row says wrongly is passed on as it stands,
// or with its damage named, so that the recording's refusals are counted like a device's.
import type { AssetId } from '../domain/asset.ts';
import type { Refusal } from '../domain/reading.ts';
import { instant } from '../domain/time.ts';
import type { Instant } from '../domain/time.ts';
import type { MappedQuantity, RecordingMap } from './recording-map.ts';
import { textOf, unreadable } from './recording-rows.ts';
import type { Cells, Row } from './recording-rows.ts';

export interface RecordedMessage {
  readonly at: Instant;
  readonly bytes: Uint8Array;
  readonly device?: AssetId;
  readonly damage?: Refusal;
}

export interface RecordedMessages {
  /** By time; those of one moment in the file's order. */
  readonly messages: readonly RecordedMessage[];
  /** Rows that `only` leaves out. */
  readonly skipped: number;
}

/** Of a row that is refused, this much is kept to be looked at. */
const BEGINNING = 256;

/** @throws Fault `recording-unreadable` where times lack a zone and the map gives none. */
export function messagesOf(
  rows: readonly Row[],
  map: RecordingMap,
  assets: ReadonlySet<AssetId>,
): RecordedMessages {
  const wanted = rows.filter((row) => row.kind === 'damaged' || isWanted(row.cells, map));
  const times = wanted.map((row) => momentOf(row, map));
  // A row without a readable time is placed behind the row that it was written behind.
  let last = times.find((at) => at !== undefined) ?? instant(0);
  const messages = wanted.map((row, index) => {
    const at = times[index];
    last = at ?? last;
    return messageOf(row, { at: last, isTimed: at !== undefined, map, assets });
  });
  return {
    messages: messages.sort((a, b) => a.at - b.at),
    skipped: rows.length - wanted.length,
  };
}

const isWanted = (cells: Cells, { only }: RecordingMap): boolean =>
  only.every(([column, value]) => textOf(cells.get(column)) === value);

function momentOf(row: Row, { time }: RecordingMap): Instant | undefined {
  if (row.kind === 'damaged') return undefined;
  const text = textOf(row.cells.get(time.column));
  const reading = time.read(text);
  if (reading.kind === 'no-zone') {
    throw unreadable(`time without a zone: ${text}; give time.zone in the map`);
  }
  return reading.kind === 'read' ? reading.at : undefined;
}

interface Place {
  readonly at: Instant;
  readonly isTimed: boolean;
  readonly map: RecordingMap;
  readonly assets: ReadonlySet<AssetId>;
}

function messageOf(row: Row, { at, isTimed, map, assets }: Place): RecordedMessage {
  if (row.kind === 'damaged') return damaged(at, row.damage, row.text);
  const text = JSON.stringify(Object.fromEntries(row.cells));
  if (!isTimed) return damaged(at, 'bad-time', text);
  const device = 'value' in map.asset ? map.asset.value : textOf(row.cells.get(map.asset.column));
  if (!assets.has(device)) return damaged(at, 'unknown-asset', text);
  const said = map.quantities.flatMap((mapped) => saidIn(row.cells, mapped));
  if (said.length === 0) return { ...damaged(at, 'empty', text), device };
  return { at, device, bytes: Buffer.from(JSON.stringify({ at, ...Object.fromEntries(said) })) };
}

const damaged = (at: Instant, damage: Refusal, text: string): RecordedMessage => ({
  at,
  damage,
  bytes: Buffer.from(text).subarray(0, BEGINNING),
});

/** A blank cell says nothing; a cell that is no number is left for the decoder to refuse. */
function saidIn(cells: Cells, mapped: MappedQuantity): (readonly [string, unknown])[] {
  const cell = cells.get(mapped.column);
  const text = textOf(cell);
  if (text === '') return [];
  const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
  const value = isNumber && typeof cell !== 'boolean' ? mapped.convert(Number(text)) : cell;
  return [[mapped.quantity, value]];
}
