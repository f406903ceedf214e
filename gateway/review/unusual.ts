// A day's figure against its own history: the same weekday of the last eight weeks. Median and median
// deviation, so that one holiday or one broken scale among them does not hide the next. And the share
// of wet waste in the whole, which tells how well a compound sorts.
import { addDays, type LocalDay } from '../domain/day.ts';
import type { LedgerRow, Unusual } from '../domain/ledger.ts';

const WEEKS_BACK = 8;
/** Of fewer weeks nobody can say what is usual. */
const LEAST_WEEKS = 4;
/** Median deviations; 1.4826 of them are one standard deviation. */
const FAR = 3.5 * 1.4826;
/** However steady a station was, less than this share of the usual is no news, and less than this is a bag. */
const [LEAST_SHARE, LEAST_KG] = [0.3, 3];
/** What was heard for less of its day than this is low for another reason. */
const HEARD = 0.8;

/** @param before of the same weekday, in any order */
export function unusualIn(kg: number, before: readonly number[]): Unusual | undefined {
  if (before.length < LEAST_WEEKS) return undefined;
  const usualKg = median(before);
  const spread = median(before.map((one) => Math.abs(one - usualKg)));
  const least = Math.max(FAR * spread, LEAST_SHARE * usualKg, LEAST_KG);
  const off = kg - usualKg;
  if (Math.abs(off) <= least) return undefined;
  return { kind: off > 0 ? 'jump' : 'drop', usualKg: toGram(usualKg), weeks: before.length };
}

function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

/** Days that were deposited and measured, held against the same weekday's in `history`. */
export function withUnusual(
  rows: readonly LedgerRow[],
  history: readonly LedgerRow[],
): LedgerRow[] {
  const known = Map.groupBy(history.filter(isHeard), (row) => keyOf(row, row.period));
  const weekdays = weekdaysBefore();
  return rows.map((row) => {
    if (!isHeard(row) || row.kg === undefined) return row;
    const before = weekdays(row.period).flatMap((day) => known.get(keyOf(row, day)) ?? []);
    const unusual = unusualIn(
      row.kg,
      before.flatMap(({ kg }) => kg ?? []),
    );
    return unusual ? { ...row, unusual } : row;
  });
}

const isHeard = ({ basis, origin, completeness }: LedgerRow): boolean =>
  basis === 'deposited' && origin === 'measured' && completeness >= HEARD;

const keyOf = ({ stream, station = '' }: LedgerRow, day: LocalDay): string =>
  `${day} ${stream} ${station}`;

/** Hundreds of rows speak of the same few days. */
function weekdaysBefore(): (day: LocalDay) => readonly LocalDay[] {
  const known = new Map<LocalDay, readonly LocalDay[]>();
  return (day) => {
    const before =
      known.get(day) ??
      Array.from({ length: WEEKS_BACK }, (_, week) => addDays(day, -7 * (week + 1)));
    known.set(day, before);
    return before;
  };
}

export const historyFrom = (from: LocalDay): LocalDay => addDays(from, -7 * WEEKS_BACK);

/** On each row of wet waste: its share of all that the same station got in the same period. */
export function withWetShare(rows: readonly LedgerRow[]): LedgerRow[] {
  const all = new Map<string, number>();
  const placeOf = ({ period, station = '', basis, origin, source = '' }: LedgerRow): string =>
    [period, basis, origin, station, source].join('\n');
  for (const row of rows) all.set(placeOf(row), (all.get(placeOf(row)) ?? 0) + (row.kg ?? 0));
  return rows.map((row) => {
    const whole = all.get(placeOf(row)) ?? 0;
    if (row.stream !== 'wet' || row.kg === undefined || whole <= 0) return row;
    return { ...row, wetShare: Math.round((row.kg / whole) * 1000) / 1000 };
  });
}

const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;
