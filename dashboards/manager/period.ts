// Which days are reviewed. The address says so (`?from&to`), so that a link shows what its sender saw;
// without it, it is today, and tomorrow it will be tomorrow.
import { addDays, daysIn, firstOfMonth, isDay, lastOfMonth, mondayOf } from '../shared/calendar.ts';

/** Both days belong to it. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const SPANS = ['day', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];

/** What one bar of the chart stands for. */
export type Grain = 'day' | 'week' | 'month';

/** The ledger's answer for more is longer than a page can use. */
export const LONGEST_DAYS = 400;
/** A shorter period is shown among the days before it. */
const LEAST_SHOWN = 28;

export function periodIn(search: string, today: string): Period {
  const query = new URLSearchParams(search);
  const [from, to] = [query.get('from'), query.get('to')];
  if (!isDay(from) || !isDay(to)) return { from: today, to: today };
  return ordered(from, to);
}

/** Whatever way round it was asked for, and never longer than can be shown. */
export function ordered(one: string, other: string): Period {
  const [from, to] = one <= other ? [one, other] : [other, one];
  return daysIn(from, to) > LONGEST_DAYS
    ? { from: addDays(to, 1 - LONGEST_DAYS), to }
    : { from, to };
}

/** The whole day, week or month that a day is in. */
export function spanAround(day: string, span: Span): Period {
  switch (span) {
    case 'day':
      return { from: day, to: day };
    case 'week':
      return { from: mondayOf(day), to: addDays(mondayOf(day), 6) };
    case 'month':
      return { from: firstOfMonth(day), to: lastOfMonth(day) };
  }
}

export const spanOf = ({ from, to }: Period): Span | 'custom' =>
  SPANS.find((span) => {
    const whole = spanAround(from, span);
    return whole.from === from && whole.to === to;
  }) ?? 'custom';

/** The period before or after this one, of its own kind. */
export function neighbour(period: Period, step: -1 | 1): Period {
  const { from, to } = period;
  const span = spanOf(period);
  if (span !== 'custom') return spanAround(addDays(step < 0 ? from : to, step), span);
  const days = daysIn(from, to);
  return { from: addDays(from, step * days), to: addDays(to, step * days) };
}

/** The days that the chart shows: one bar alone says little. */
export const shownAround = ({ from, to }: Period): Period =>
  daysIn(from, to) < LEAST_SHOWN / 2 ? { from: addDays(to, 1 - LEAST_SHOWN), to } : { from, to };

export function grainFor({ from, to }: Period): Grain {
  const days = daysIn(from, to);
  if (days <= 62) return 'day';
  return days <= 200 ? 'week' : 'month';
}
