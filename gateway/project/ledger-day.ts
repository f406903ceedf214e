// How one row of the ledger grows: what was thrown in, what was taken away, which minutes of the
// day its bins were heard in. Pure; a row that nothing changes is given back as it was.
//
// Completeness = heard minutes of all its bins ÷ (bins × minutes of the day). A weight speaks for its
// own minute and for those that follow until the next one is expected of its device.
import type { AssetId, Bin } from '../domain/asset.ts';
import { ledgerDayId, type LedgerDay, type MinuteRanges } from '../domain/ledger.ts';
import type { DaySpan } from '../domain/day.ts';
import type { WeightEvent } from '../domain/deposit.ts';
import { between, hours, later, type Instant } from '../domain/time.ts';

/** Until this long after its end a day is not over yet: scales settle, clocks are a little off. */
const STAYS_OPEN = hours(1);

export function newLedgerDay(
  { day, start, end }: DaySpan,
  { station, stream }: Pick<Bin, 'station' | 'stream'>,
  bins: number,
): LedgerDay {
  return {
    id: ledgerDayId({ day, station, stream }),
    day,
    station,
    stream,
    depositedKg: 0,
    collectedKg: 0,
    origin: 'measured',
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

export function countedIn(day: LedgerDay, event: WeightEvent): LedgerDay {
  const { depositedKg, collectedKg } = day;
  switch (event.kind) {
    case 'deposit':
      return { ...day, depositedKg: toGram(depositedKg + event.kg) };
    case 'withdrawal':
      return { ...day, depositedKg: toGram(depositedKg - event.kg) };
    case 'collection':
      return { ...day, collectedKg: toGram(collectedKg + event.kg) };
  }
}

/** Marks a change that came after the day was over; what comes in one go is one revision. */
export function revisedAt(day: LedgerDay, { end }: DaySpan, now: Instant): LedgerDay {
  if (now < later(end, STAYS_OPEN)) return day;
  const isSameGo = day.revisedAt !== undefined && between(day.revisedAt, now) <= STAYS_OPEN;
  if (isSameGo) return { ...day, revisedAt: now };
  return { ...day, revision: day.revision + 1, reopenedAt: now, revisedAt: now };
}

const toGram = (kg: number): number => Math.round(kg * 1000) / 1000;

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
