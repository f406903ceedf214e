// The living problem list: everything open that walks the full route, the oldest first, and under it what
// ended of late. Pure: tickets and a moment in, their order and how late they are out.
import { addDays, daysBetween, type SiteDays } from '../domain/day.ts';
import { standpointOf, type Side } from '../domain/side.ts';
import { isOpen, type Team, type Ticket } from '../domain/ticket.ts';
import { between, type Duration, type Instant } from '../domain/time.ts';

/** How long one that ended stays on the list, struck. */
const SHOWN_ENDED_DAYS = 14;

/** A merged ticket is no problem of its own, and an idea is none at all. */
export const isProblem = ({
  route,
  state,
  suggestion,
}: Pick<Ticket, 'route' | 'state' | 'suggestion'>): boolean =>
  route === 'full' && state !== 'merged' && !suggestion;

export const endedAt = (ticket: Ticket): Instant | undefined =>
  isOpen(ticket) ? undefined : ticket.history.at(-1)?.at;

/** In the site's days: what was raised yesterday evening is one day old this morning. */
export function ageDays(ticket: Ticket, days: Pick<SiteDays, 'at'>, now: Instant): number {
  const until = endedAt(ticket) ?? now;
  return Math.max(0, daysBetween(days.at(ticket.raisedAt).day, days.at(until).day));
}

/** Past the due time of its step; nothing is late while it waits for somebody else. */
export function overdueBy({ dueAt, waiting }: Ticket, now: Instant): Duration | undefined {
  if (dueAt === undefined || waiting !== undefined || dueAt >= now) return undefined;
  return between(dueAt, now);
}

/** The oldest first; of one day the one that came back most often. */
export function byAge(tickets: readonly Ticket[], days: Pick<SiteDays, 'at'>): Ticket[] {
  const dayOf = new Map(tickets.map((ticket) => [ticket, days.at(ticket.raisedAt).day]));
  const day = (ticket: Ticket): string => dayOf.get(ticket) ?? '';
  return tickets.toSorted((a, b) => {
    if (day(a) !== day(b)) return day(a) < day(b) ? -1 : 1;
    return b.returns - a.returns || a.number - b.number;
  });
}

/** The list as it is read: open ones by age, then those that ended, the last one first. */
export function problemList(
  tickets: readonly Ticket[],
  days: Pick<SiteDays, 'at' | 'span'>,
  now: Instant,
): Ticket[] {
  const problems = tickets.filter(isProblem);
  const since = days.span(addDays(days.at(now).day, -SHOWN_ENDED_DAYS)).start;
  const ended = problems.filter((ticket) => (endedAt(ticket) ?? 0) >= since);
  return [
    ...byAge(problems.filter(isOpen), days),
    ...ended.sort((a, b) => (endedAt(b) ?? 0) - (endedAt(a) ?? 0) || a.number - b.number),
  ];
}

export interface TeamOverdue {
  readonly team: Team;
  readonly side: Side;
  readonly tickets: readonly Ticket[];
  readonly worst: Duration;
}

/** Late ones by team and side, the latest of all first. */
export function overduePerTeam(tickets: readonly Ticket[], now: Instant): TeamOverdue[] {
  const groups = new Map<string, TeamOverdue>();
  for (const ticket of tickets) {
    const late = overdueBy(ticket, now);
    if (late === undefined || !isOpen(ticket)) continue;
    const { team } = ticket;
    const { side } = standpointOf(ticket);
    const before = groups.get(`${team} ${side}`);
    const worst = before && before.worst > late ? before.worst : late;
    const all = [...(before?.tickets ?? []), ticket];
    groups.set(`${team} ${side}`, { team, side, worst, tickets: all });
  }
  return [...groups.values()].sort((a, b) => b.worst - a.worst);
}
