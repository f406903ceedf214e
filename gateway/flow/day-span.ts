// From one of the site's days to another, as the API asks for them.
import type { Answer, SpanQuery } from '../api/desk.ts';
import { addDays, isLocalDay, type SiteDays } from '../domain/day.ts';
import type { Clock, Instant } from '../domain/time.ts';
import { refuse } from './command.ts';

const USUAL_SPAN_DAYS = 14;

export interface DaySpan {
  readonly from: string;
  readonly to: string;
  /** From the first moment of `from` to the last of `to`. */
  readonly start: Instant;
  readonly end: Instant;
}

/** The last fortnight where nothing is asked for. */
export function spanOf(
  { days, clock }: { readonly days: SiteDays; readonly clock: Pick<Clock, 'now'> },
  asked: SpanQuery,
): Answer<DaySpan> {
  const to = asked.to ?? days.at(clock.now()).day;
  if (!isLocalDay(to)) return noDay('to', to);
  const from = asked.from ?? addDays(to, 1 - USUAL_SPAN_DAYS);
  if (!isLocalDay(from)) return noDay('from', from);
  if (from > to) return refuse(422, 'The wrong way round', `${from} is after ${to}`);
  return {
    ok: true,
    value: { from, to, start: days.span(from).start, end: days.span(to).end },
  };
}

const noDay = (name: string, text: string) =>
  refuse(422, 'No day', `${name}: ${text} is no date; write 2026-11-22`);
