// From when to when somebody wants to rehearse: days of the site, both included, or moments.
import type { Place } from '../../domain/asset.ts';
import { isLocalDay, siteDays } from '../../domain/day.ts';
import { instant, type Instant } from '../../domain/time.ts';

export interface AskedSpan {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Or in words why there is no such span. */
export function spanAsked(
  said: { readonly from?: string; readonly to?: string },
  place: Pick<Place, 'zone' | 'dayStartsAtMinute'>,
): AskedSpan | string {
  const calendar = siteDays(place);
  const from = said.from === undefined ? undefined : edgeOf(said.from);
  const to = said.to === undefined ? undefined : edgeOf(said.to);
  for (const [edge, text] of [
    [from, said.from],
    [to, said.to],
  ] as const) {
    if (edge === 'none')
      return `${JSON.stringify(text?.slice(0, 40))} is no date (2026-11-22) and no moment`;
  }
  const begin = edgeMoment(from, 'start');
  const end = edgeMoment(to, 'end');
  if (begin !== undefined && end !== undefined && begin >= end)
    return `from ${said.from} lies after to ${said.to}`;
  return {
    ...(begin !== undefined && { from: begin }),
    ...(end !== undefined && { to: end }),
  };

  function edgeMoment(edge: Edge | undefined, side: 'start' | 'end'): Instant | undefined {
    if (edge === undefined || edge === 'none') return undefined;
    return typeof edge === 'number' ? edge : calendar.span(edge.day)[side];
  }
}

type Edge = Instant | { readonly day: string } | 'none';

/** A moment without its zone would be another one on another machine. */
const WITH_ZONE = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/;

function edgeOf(text: string): Edge {
  if (isLocalDay(text)) return { day: text };
  const moment = WITH_ZONE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? 'none' : instant(moment);
}
