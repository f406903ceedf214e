// The living problem list and the joint meeting's list, from the tickets that are open and those that
// ended of late.
import type { Answer, PatrolsDesk, SpanQuery } from '../../api/desk.ts';
import type { JointMeetingView, ProblemRowView } from '../../api/schemas.ts';
import { standpointOf } from '../../domain/side.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import {
  ageDays,
  byAge,
  endedAt,
  isProblem,
  overdueBy,
  overduePerTeam,
  problemList,
} from '../../review/problem-list.ts';
import { bagsByPlace, bagsIn } from './bag-count-desk.ts';
import { spanOf, type DaySpan } from '../day-span.ts';
import { offHoursByStation, suggestionsIn } from './meeting-figures.ts';
import type { PatrolScene } from './patrol-desk.ts';

const iso = (moment: Instant): string => new Date(moment).toISOString();

export const createProblemDesk = (
  all: PatrolScene,
): Pick<PatrolsDesk, 'problems' | 'jointMeeting'> => ({
  async problems() {
    const now = all.clock.now();
    const listed = problemList(await ticketsOf(all), all.days, now);
    return { ...about(all, now), rows: listed.map((ticket) => problemRow(all, ticket, now)) };
  },
  jointMeeting: (asked) => jointMeeting(all, asked),
});

const about = ({ scene }: PatrolScene, now: Instant) => ({
  site: scene.compound.place.name,
  zone: scene.compound.place.zone,
  generatedAt: iso(now),
});

const PAGE = 500;
/** Of those that ended, the books are searched so far back; they are in order of their numbers. */
const PAGES = 4;

/** All that are open, and the last thousands of those that ended. */
async function ticketsOf({ scene, books }: PatrolScene): Promise<Ticket[]> {
  const found = new Map<string, Ticket>();
  for (const state of ['closed', 'declined'] as const)
    for (let page = 0; page < PAGES; page += 1) {
      const ended = await books.ticketsBy({ state, limit: PAGE, offset: page * PAGE });
      for (const ticket of ended) found.set(ticket.id, ticket);
      if (ended.length < PAGE) break;
    }
  // As they stand now goes before how they were written down.
  for (const [id, ticket] of scene.standing.tickets.all()) found.set(id, ticket);
  return [...found.values()];
}

function problemRow(all: PatrolScene, ticket: Ticket, now: Instant): ProblemRowView {
  const { id, number, title, category, severity, place, returns, state, team, waiting } = ticket;
  const { dueAt, assignee } = ticket;
  const late = isOpen(ticket) ? overdueBy(ticket, now) : undefined;
  const ended = endedAt(ticket);
  const because = state === 'declined' ? ticket.history.at(-1)?.reason : undefined;
  const standpoint = standpointOf(ticket);
  const isGiven = standpoint.turn === 'team' && assignee !== undefined;
  return {
    id,
    number,
    title,
    category,
    severity,
    place,
    raisedAt: iso(ticket.raisedAt),
    ageDays: ageDays(ticket, all.days, now),
    returns,
    state,
    ...(waiting !== undefined && { waiting }),
    ...standpoint,
    ...(isGiven && { turnName: all.nameOf(assignee) }),
    team,
    ...(dueAt !== undefined && isOpen(ticket) && { dueAt: iso(dueAt) }),
    ...(late !== undefined && { overdueS: Math.round(late / 1000) }),
    ...(ended !== undefined && { endedAt: iso(ended) }),
    ...(because !== undefined && { endedBecause: because }),
  };
}

async function jointMeeting(all: PatrolScene, asked: SpanQuery): Promise<Answer<JointMeetingView>> {
  const span = spanOf(all, asked);
  if (!span.ok) return span;
  const now = all.clock.now();
  const tickets = (await ticketsOf(all)).filter(isProblem);
  const { from, to } = span.value;
  return {
    ok: true,
    value: {
      ...about(all, now),
      from,
      to,
      ...problemsOf(all, tickets, { span: span.value, now }),
      suggestions: await suggestionsIn(all, span.value),
      bags: bagsByPlace(all, await bagsIn(all, span.value))
        .filter(({ bags }) => bags > 0)
        .map((sum) => ({ ...sum, side: 'property' })),
      offHours: await offHoursByStation(all, span.value),
    },
  };
}

function problemsOf(
  all: PatrolScene,
  tickets: readonly Ticket[],
  { span, now }: { readonly span: DaySpan; readonly now: Instant },
): Pick<JointMeetingView, 'fresh' | 'lasting' | 'returned' | 'overdue'> {
  const rows = (some: readonly Ticket[]) =>
    byAge(some, all.days).map((ticket) => problemRow(all, ticket, now));
  const open = tickets.filter(isOpen);
  const isLately = (ticket: Ticket): boolean =>
    isOpen(ticket) || (endedAt(ticket) ?? 0) >= span.start;
  return {
    fresh: rows(tickets.filter(({ raisedAt }) => raisedAt >= span.start && raisedAt < span.end)),
    lasting: rows(open.filter(({ raisedAt }) => raisedAt < span.start)),
    returned: rows(tickets.filter((ticket) => ticket.returns > 1 && isLately(ticket))),
    overdue: overduePerTeam(open, now).map(({ team, side, tickets, worst }) => ({
      team,
      side,
      tickets: tickets.length,
      worstS: Math.round(worst / 1000),
      numbers: tickets.map(({ number }) => number).sort((a, b) => a - b),
    })),
  };
}
