// The numbers of one device that are missing, as rows that a late number makes smaller again.
// Promise: never more than a few rows and ranges are kept open for a device, however torn its
// numbers are; what is not open any longer stays written down as it is.
import type { Attendance, Attended, OpenGap } from '../domain/intake-book.ts';
import type { LocalDay } from '../domain/day.ts';
import type { Deafness, LossRow } from '../domain/loss.ts';
import type { Sequence } from '../domain/record.ts';
import { hours, minutes, type Instant } from '../domain/time.ts';
import { isBetween, nextNumber, numberBefore, numbersIn } from './own-counter.ts';

/** Gaps that follow each other this closely are told in one row. */
const ONE_ROW = minutes(10);
const MOST_GAPS = 8;
const MOST_RANGES = 64;
/** Longer than a device keeps what it could not send, on most days. */
const STAYS_OPEN = hours(24);

export interface Missed {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  /** When the number before them had been heard, and the one after them. */
  readonly from: Instant;
  readonly to: Instant;
  readonly day: LocalDay;
  /** Of the record that told it. */
  readonly sequence: Sequence;
  readonly why?: Deafness;
}

/** Notes what is missing; the row that says so, new or grown. */
export function openGap({ source, device, kept }: Attended, missed: Missed): LossRow {
  const { first, last, count, sequence, ...when } = missed;
  const gaps = (kept.gaps ??= []);
  const before = gaps.at(-1);
  if (before && isSameRow(before.row, missed)) {
    before.ranges.push([first, last]);
    if (before.ranges.length > MOST_RANGES) before.ranges.shift();
    const { row } = before;
    before.row = { ...row, to: missed.to, count: row.count + count, lastSeq: last };
    return before.row;
  }
  const row: LossRow = {
    id: `${device} ${first} ${sequence}`,
    source,
    ...(device !== '' && { device }),
    reason: 'gap',
    count,
    firstSeq: first,
    lastSeq: last,
    ...when,
  };
  gaps.push({ row, ranges: [[first, last]] });
  if (gaps.length > MOST_GAPS) gaps.shift();
  return row;
}

const isSameRow = (row: LossRow, missed: Missed): boolean =>
  row.day === missed.day && row.why === missed.why && Math.abs(missed.to - row.to) <= ONE_ROW;

/** A number came after all: the row without it, or undefined where nobody missed it. */
export function fillGap(kept: Attendance, seq: number): LossRow | undefined {
  const gap = kept.gaps?.findLast(({ ranges }) => ranges.some((range) => isBetween(seq, ...range)));
  if (!kept.gaps || !gap) return undefined;
  gap.ranges = gap.ranges.flatMap((range) => without(range, seq));
  gap.row = shrunk(gap);
  if (gap.ranges.length === 0) kept.gaps = kept.gaps.filter((other) => other !== gap);
  return gap.row;
}

function without(range: readonly [number, number], seq: number): (readonly [number, number])[] {
  const [first, last] = range;
  if (!isBetween(seq, first, last)) return [range];
  const parts: (readonly [number, number])[] = [];
  if (seq !== first) parts.push([first, numberBefore(seq)]);
  if (seq !== last) parts.push([nextNumber(seq), last]);
  return parts;
}

/** Its ends move only where all of it is still known. */
function shrunk({ row, ranges }: OpenGap): LossRow {
  const count = row.count - 1;
  const known = ranges.reduce((sum, [first, last]) => sum + numbersIn(first, last), 0);
  const [first, last] = [ranges[0]?.[0], ranges.at(-1)?.[1]];
  if (known !== count || first === undefined || last === undefined) return { ...row, count };
  return { ...row, count, firstSeq: first, lastSeq: last };
}

/** From now on a late number fills nothing: those that it might belong to are told. */
export function closeGaps(kept: Attendance): void {
  delete kept.gaps;
}

/** Whether any was too old to stay open. */
export function closeOldGaps(kept: Attendance, now: Instant): boolean {
  const young = kept.gaps?.filter(({ row }) => now - row.to <= STAYS_OPEN);
  if (!young || young.length === kept.gaps?.length) return false;
  if (young.length === 0) closeGaps(kept);
  else kept.gaps = young;
  return true;
}

/** Numbers of it that may still come. */
export const missingNow = ({ gaps = [] }: Attendance): number =>
  gaps.reduce((sum, { row }) => sum + row.count, 0);
