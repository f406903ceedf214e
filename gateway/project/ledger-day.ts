// How one row of the ledger grows: what was thrown in, what was taken away, which minutes of the
// day its bins were heard in, what stood in them as it began and ended. Pure; a row that nothing changes
// is given back as it was.
//
// Completeness = heard minutes of all its bins ÷ (bins × minutes of the day). A weight speaks for its
// own minute and for those that follow until the next one is expected of its device.
import type { AssetId, Bin } from '../domain/asset.ts';
import { ledgerDayId, type BinDay, type LedgerDay, type MinuteRanges } from '../domain/ledger.ts';
import type { DaySpan } from '../domain/day.ts';
import type { WeighedEvent } from '../domain/deposit.ts';
import { between, hours, later, type Instant } from '../domain/time.ts';

/** Until this long after its end a day is not over yet: scales settle, clocks are a little off. */
const STAYS_OPEN = hours(1);

export type LedgerPlace = Pick<Bin, 'station' | 'stream'> & Partial<Pick<LedgerDay, 'origin'>>;

export function newLedgerDay(
  { day, start, end }: DaySpan,
  { station, stream, origin = 'measured' }: LedgerPlace,
  bins: number,
): LedgerDay {
  return {
    id: ledgerDayId({ day, station, stream, origin }),
    day,
    station,
    stream,
    depositedKg: 0,
    collectedKg: 0,
    origin,
    heard: {},
    bins,
    minutes: Math.round((end - start) / 60_000),
    revision: 0,
  };
}

/** Half open, in minutes since the day began. */
export interface Minutes {
  readonly from: number;
  readonly to: number;
}

export function heardIn(day: LedgerDay, bin: AssetId, minutes: Minutes): LedgerDay {
  const before = day.heard[bin] ?? [];
  const heard = withMinutes(before, minutes);
  return heard === before ? day : { ...day, heard: { ...day.heard, [bin]: heard } };
}

/** What an event puts in and takes out: in kg, and in litres where only the level tells it. */
export interface Amount {
  readonly kg: number;
  readonly litres: number;
}

/** @param times -1 takes back what was counted */
export function countedIn(
  day: LedgerDay,
  { kind, asset }: Pick<WeighedEvent, 'kind' | 'asset'>,
  { amount, times }: { readonly amount: Amount; readonly times: 1 | -1 },
): LedgerDay {
  const isOut = kind === 'collection';
  const sign = kind === 'withdrawal' ? -times : times;
  const [kg, litres] = [sign * amount.kg, sign * amount.litres];
  const { inKg, outKg, ...rest } = day.byBin?.[asset] ?? NOTHING_YET;
  const bin = isOut
    ? { ...rest, inKg, outKg: toGram(outKg + kg) }
    : { ...rest, inKg: toGram(inKg + kg), outKg };
  const after = { ...day, byBin: { ...day.byBin, [asset]: bin } };
  if (isOut) {
    return {
      ...after,
      collectedKg: toGram(day.collectedKg + kg),
      ...(litres !== 0 && { collectedL: toGram((day.collectedL ?? 0) + litres) }),
    };
  }
  return {
    ...after,
    depositedKg: toGram(day.depositedKg + kg),
    ...(litres !== 0 && { depositedL: toGram((day.depositedL ?? 0) + litres) }),
  };
}

const NOTHING_YET: BinDay = { inKg: 0, outKg: 0 };

/** Less than this is the creep of a load cell, and not worth a write. */
const SAME_KG = 0.01;

/** What stands in a bin now: what the day ends with so far, and began with if it is the first word. */
export function standsIn(day: LedgerDay, bin: AssetId, kg: number): LedgerDay {
  const before = day.byBin?.[bin] ?? NOTHING_YET;
  if (before.endKg !== undefined && Math.abs(before.endKg - kg) < SAME_KG) return day;
  const endKg = toGram(kg);
  const after = { ...before, startKg: before.startKg ?? endKg, endKg };
  return { ...day, byBin: { ...day.byBin, [bin]: after } };
}

/** What happened by then became known only later: the day began, or ended, with so much more. */
export function bordersMoved(day: LedgerDay, bin: AssetId, by: Borders): LedgerDay {
  const before = day.byBin?.[bin];
  if (before?.startKg === undefined || before.endKg === undefined) return day;
  const after = {
    ...before,
    startKg: toGram(before.startKg + (by.startKg ?? 0)),
    endKg: toGram(before.endKg + by.endKg),
  };
  return { ...day, byBin: { ...day.byBin, [bin]: after } };
}

interface Borders {
  readonly startKg?: number;
  readonly endKg: number;
}

/** Marks a change that came after the day was over; what comes in one go is one revision. */
export function revisedAt(day: LedgerDay, { end }: DaySpan, now: Instant): LedgerDay {
  if (now < later(end, STAYS_OPEN)) return day;
  const isSameGo = day.revisedAt !== undefined && between(day.revisedAt, now) <= STAYS_OPEN;
  if (isSameGo) return { ...day, revisedAt: now };
  return { ...day, revision: day.revision + 1, reopenedAt: now, revisedAt: now };
}

export const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;

/** The same array where it holds them already, which is so for most readings of a minute. */
export function withMinutes(ranges: MinuteRanges, { from, to }: Minutes): MinuteRanges {
  if (to <= from) return ranges;
  const next: number[] = [];
  let [least, most] = [from, to];
  let isPlaced = false;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const [start, end] = [ranges[i]!, ranges[i + 1]!];
    if (start <= from && end >= to) return ranges;
    if (end < least) next.push(start, end);
    else if (start > most) {
      if (!isPlaced) next.push(least, most);
      isPlaced = true;
      next.push(start, end);
    } else [least, most] = [Math.min(least, start), Math.max(most, end)];
  }
  if (!isPlaced) next.push(least, most);
  return next;
}
