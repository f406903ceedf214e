// Which of the site's days a rehearsal covers, and which of them wholly. A day counts as whole only
// where nothing of it is missing in the log, where the rules had nothing left to remember from before
// it, and where it is over.
import type { Place } from '../../domain/asset.ts';
import { daysFrom, siteDays, type LocalDay } from '../../domain/day.ts';
import type { LogRecord, Sequence } from '../../domain/record.ts';
import type { Instant } from '../../domain/time.ts';

export interface CoveredDay {
  readonly day: LocalDay;
  /** That were folded. */
  readonly readings: number;
  readonly complete: boolean;
}

export interface Coverage {
  /** A record was read that came after the one of this sequence. */
  pass(record: LogRecord, after: Sequence): void;
  /** It was folded. */
  cover(record: LogRecord): void;
  first(): Instant | undefined;
  /** The latest moment, though the clock was set back since. */
  last(): Instant | undefined;
  days(from: Instant, completeFrom: Instant | undefined): CoveredDay[];
}

/** More than any store keeps readings, so that one wrong clock makes no list of centuries. */
const MOST_DAYS = 4000;

export function createCoverage(place: Pick<Place, 'zone' | 'dayStartsAtMinute'>): Coverage {
  const calendar = siteDays(place);
  const readings = new Map<LocalDay, number>();
  const torn = new Set<LocalDay>();
  let first: Instant | undefined;
  let last: Instant | undefined;
  let tornAfter: Instant | undefined;

  const tear = (from: Instant, to: Instant): void => {
    for (const day of spanOf(from, to)) torn.add(day);
  };
  const spanOf = (from: Instant, to: Instant): LocalDay[] =>
    to - from > MOST_DAYS * 86_400_000
      ? [calendar.at(from).day, calendar.at(to).day]
      : daysFrom(calendar.at(from).day, calendar.at(to).day);
  return {
    pass(record, after) {
      // Before anything was folded the opening knows what is missing.
      if (first !== undefined && record.sequence !== after + 1) tornAfter ??= last;
    },
    cover(record) {
      const at = record.receivedAt;
      if (tornAfter !== undefined) tear(tornAfter, at);
      tornAfter = undefined;
      first = first === undefined || at < first ? at : first;
      last = last === undefined || at > last ? at : last;
      if (record.kind !== 'reading' || record.doubt === 'restamped') return;
      const { day } = calendar.at(at);
      readings.set(day, (readings.get(day) ?? 0) + 1);
    },
    first: () => first,
    last: () => last,
    days(from, completeFrom) {
      if (last === undefined || completeFrom === undefined || from > last) return [];
      const whole = Math.max(from, completeFrom);
      return spanOf(from, last).map((day) => {
        const { start, end } = calendar.span(day);
        const isWhole = start >= whole && end <= (last ?? 0) && !torn.has(day);
        return { day, readings: readings.get(day) ?? 0, complete: isWhole };
      });
    },
  };
}
