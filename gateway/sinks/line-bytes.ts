// The points of a stretch of the log as the bytes of a request, for the many batches that nobody will
// take apart: nothing is made for a value, and little for a batch.
// Promise: field by field it says what `pointsOf` says (line-protocol.ts), and refuses the same.
// Fields that do not follow each other are lines of their own; the server puts them together.
import type { AssetId } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import type { Sequence } from '../domain/record.ts';
import type { Instant } from '../domain/time.ts';
import type { Values, ValueTold } from '../domain/values.ts';
import { type BytePage, copyOf, emptyPage, putBytes, putDigits, putNumber } from './byte-page.ts';
import {
  isInTime,
  MESSAGES_PER_MS,
  type SeriesNames,
  type Unfit,
  whyUnfit,
} from './line-protocol.ts';

export interface Lines {
  readonly bytes: Uint8Array;
  readonly unfit: readonly Unfit[];
}

export function createLines(names: SeriesNames): (values: Values) => Lines {
  const page = emptyPage();
  const pen = penFor(page, names);
  return (values) => {
    const unfit: Unfit[] = [];
    page.end = 0;
    pen.begin();
    values.each((told) => {
      if (pen.put(told)) return;
      unfit.push({ sequence: told.sequence, words: whyUnfit(told, names) ?? '' });
    });
    pen.endLine();
    return { bytes: copyOf(page), unfit };
  };
}

function penFor(page: BytePage, names: SeriesNames) {
  const beginnings = beginningsOf(names);
  /** In which line each field was written last: a line has it once. */
  const writtenIn = new Int32Array(FIELDS.length);
  /** The line that is being written: its number, how it began, and whose it is. */
  let line = 0;
  let beginning: Uint8Array | undefined;
  let asset: AssetId | undefined;
  let message: Sequence = 0;
  let moment = 0 as Instant;

  const isOfLine = (told: ValueTold): boolean =>
    told.message === message && told.observedAt === moment && told.asset === asset && line > 0;
  const beginningFor = (told: ValueTold): Uint8Array | undefined =>
    isInTime(told.observedAt) ? beginnings.get(told.asset) : undefined;

  function endLine(): void {
    if (line > 0) putStamp(page, moment, message);
  }
  function beginLine(told: ValueTold, bytes: Uint8Array): void {
    endLine();
    if (line > 0) putBytes(page, BREAK);
    putBytes(page, bytes);
    line += 1;
    beginning = bytes;
    ({ asset, message, observedAt: moment } = told);
  }
  return {
    begin() {
      writtenIn.fill(0);
      line = 0;
    },
    endLine,
    /** Whether it could be written. */
    put(told: ValueTold): boolean {
      const isTogether = isOfLine(told);
      const bytes = isTogether ? beginning : beginningFor(told);
      if (!bytes || !Number.isFinite(told.value)) return false;
      const field = FIELD_AT[told.quantity];
      if (isTogether && writtenIn[field] !== line) putBytes(page, COMMA);
      else beginLine(told, bytes);
      writtenIn[field] = line;
      putBytes(page, FIELDS[field] as Uint8Array);
      putNumber(page, told.value);
      return true;
    },
  };
}

/** The record's millisecond and, below it, the message's place in the log (line-protocol.ts). */
function putStamp(page: BytePage, moment: Instant, message: Sequence): void {
  // Thirteen digits from 2001 to 2286; in two parts, for they are too many for one.
  const ms = Math.trunc(moment);
  const upper = Math.floor(ms / 1e6);
  putBytes(page, SPACE);
  putDigits(page, upper, 7);
  putDigits(page, ms - upper * 1e6, 6);
  putDigits(page, message % MESSAGES_PER_MS, 6);
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const [SPACE, COMMA, BREAK] = [bytesOf(' '), bytesOf(','), bytesOf('\n')] as const;

/** Each field's name up to its value, by its place. */
const FIELDS = Object.values(QUANTITIES).map(({ field }) => bytesOf(`${field}=`));
const FIELD_AT = Object.fromEntries(
  Object.keys(QUANTITIES).map((quantity, place) => [quantity, place]),
) as Readonly<Record<Quantity, number>>;

/** How a line of each asset begins; those without a writable name have none. */
const beginningsOf = (names: SeriesNames): ReadonlyMap<AssetId, Uint8Array> =>
  new Map(
    [...names].flatMap(([asset, series]) =>
      series === undefined ? [] : [[asset, bytesOf(`${series} `)] as const],
    ),
  );
