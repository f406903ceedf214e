// The loss ledger as it is asked for: some of the site's days, or the losses between two moments.
import type { Answer, IntakeDaysQuery, LossesQuery } from '../../api/desk.ts';
import type { IntakeDayView, LossesView } from '../../api/schemas.ts';
import type { Place } from '../../domain/asset.ts';
import {
  addDays,
  daysFrom,
  isLocalDay,
  siteDays,
  type LocalDay,
  type SiteDays,
} from '../../domain/day.ts';
import { instant, type Clock, type Instant } from '../../domain/time.ts';
import type { Books } from '../../store/log.ts';
import { dayAccount, lossView } from './loss-accounts.ts';

export interface LossDeskParts {
  readonly place: Place;
  readonly books: Pick<Books, 'intakeDays' | 'losses'>;
  readonly clock: Pick<Clock, 'now'>;
}

export interface LossDesk {
  /** Oldest first; today where nothing is asked for. */
  days(query: IntakeDaysQuery): Promise<Answer<IntakeDayView[]>>;
  losses(query: LossesQuery): Promise<Answer<LossesView>>;
}

const MOST_DAYS = 400;
/** Of a long span the latest; sentences name only a few of a day's. */
const LOSSES_NAMED = 5000;
const PAGE = 100;

export function createLossDesk(parts: LossDeskParts): LossDesk {
  const { books, clock } = parts;
  const calendar = siteDays(parts.place);
  return {
    async days(query) {
      const today = calendar.at(clock.now()).day;
      const span = daysOf(query, today);
      if (typeof span === 'string') return refusal(span);
      const { from, to } = span;
      const counted = await books.intakeDays(from, to);
      const edges = { from: calendar.span(from).start, to: calendar.span(to).end };
      const losses = await books.losses({ ...edges, limit: LOSSES_NAMED, offset: 0 });
      const rows = from === to ? 'devices' : 'sources';
      const value = daysFrom(from, to).map((day) =>
        dayAccount({ day, isOver: day < today, books: counted, losses, with: rows }),
      );
      return { ok: true, value };
    },
    async losses({ limit = PAGE, offset = 0, ...query }) {
      const edges = edgesOf(query, calendar);
      if (typeof edges === 'string') return refusal(edges);
      const { source, device, reason } = query;
      const only = {
        ...(source !== undefined && { source }),
        ...(device !== undefined && { device }),
        ...(reason !== undefined && { reason }),
      };
      const found = await books.losses({ ...edges, ...only, limit: limit + 1, offset });
      const losses = found.slice(0, limit).map(lossView);
      const isMore = found.length > limit;
      return { ok: true, value: { losses, ...(isMore && { next: offset + limit }) } };
    },
  };
}

const refusal = (detail: string): Answer<never> => ({
  ok: false,
  status: 422,
  title: 'That span cannot be shown',
  detail,
});

interface Span {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

function daysOf({ day, from, to }: IntakeDaysQuery, today: LocalDay): Span | string {
  const span = { from: day ?? from ?? to ?? today, to: day ?? to ?? today };
  const wrong = [span.from, span.to].find((text): boolean => !isLocalDay(text));
  if (wrong !== undefined) return `${JSON.stringify(wrong.slice(0, 40))} is no date (2026-11-22)`;
  if (span.from > span.to) return `from ${span.from} lies after to ${span.to}`;
  if (addDays(span.from, MOST_DAYS) <= span.to) return `more than ${MOST_DAYS} days`;
  return span;
}

const EVER = { from: instant(-8.64e15), to: instant(8.64e15) };

/** A date is the whole of its day; both ends of a span of dates belong to it. */
function edgesOf(
  { from, to }: Pick<LossesQuery, 'from' | 'to'>,
  calendar: SiteDays,
): { from: Instant; to: Instant } | string {
  const edge = (text: string, side: 'start' | 'end'): number =>
    isLocalDay(text) ? calendar.span(text)[side] : Date.parse(text);
  const edges = {
    from: from === undefined ? EVER.from : instant(edge(from, 'start')),
    to: to === undefined ? EVER.to : instant(edge(to, 'end')),
  };
  if (Number.isNaN(edges.from)) return `from is no date and no instant with its zone`;
  if (Number.isNaN(edges.to)) return `to is no date and no instant with its zone`;
  return edges;
}
