// A report as its holder follows it, as staff read it beside their ticket, and as anybody may see it:
// three looks at the same thing, each with what is for those eyes and nothing else.
import type { Actor, FollowStep, FollowView, PublicRequest } from '../../api/desk.ts';
import type { TicketView } from '../../api/schemas.ts';
import { withoutNumbers } from '../../domain/audit.ts';
import { reporterOf, type Report } from '../../domain/report.ts';
import {
  isOpen,
  type HistoryStep,
  type Role,
  type Ticket,
  type TicketState,
} from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { reportersOf } from './report-fold.ts';
import type { Phones } from './report-phones.ts';
import { mayAdd, mayHaveReopened, mayRate } from './report-rights.ts';
import { iso } from '../views.ts';

interface Followed {
  readonly report: Report;
  readonly ticket: Ticket;
  /** Whether it can still be acted on. */
  readonly isInMind: boolean;
  readonly now: Instant;
}

export function followView({ report, ticket, isInMind, now }: Followed): FollowView {
  const { additions, sensor, stars, points } = report;
  const expectedAt = expectedOf(ticket);
  return {
    number: numberOf(report),
    place: report.place,
    category: report.category,
    severity: ticket.severity,
    kind: report.kind,
    words: [report.words, ...additions.map(({ words }) => words)].filter(Boolean).join('\n\n'),
    reportedAt: iso(report.at),
    steps: stepsOf(report, ticket),
    state: stateOf(ticket),
    ...(expectedAt !== undefined && { expectedAt: iso(expectedAt) }),
    ...(sensor !== undefined && { sensor }),
    answers: answersIn(ticket).map(({ at, words }) => ({ at: iso(at), words })),
    photos: { own: ownPhotos(report), work: ticket.photos },
    neighbours: neighboursOf(report, ticket),
    mayAdd: isInMind && mayAdd(report, ticket),
    mayRate: isInMind && mayRate(report, ticket),
    mayReopen: isInMind && mayHaveReopened(report, ticket, now),
    ...(stars !== undefined && { stars }),
    ...(points !== undefined && { points }),
  };
}

/** The number that the resident was told, wherever it was merged since. */
export const numberOf = ({ ticket }: Report): number => Number(ticket.replace(/^T/, ''));

export const ownPhotos = ({ photos, additions }: Report): string[] => [
  ...photos,
  ...additions.flatMap((addition) => addition.photos),
];

/** While it waits, or somebody else has to look, nobody promises a time. */
export const expectedOf = ({ state, waiting, dueAt }: Ticket): Instant | undefined =>
  waiting === undefined && (state === 'raised' || state === 'answered') ? dueAt : undefined;

function neighboursOf(report: Report, ticket: Ticket): number {
  const isOwn = ticket.history.some(({ by }) => by === reporterOf(report));
  return Math.max(0, reportersOf(ticket) - (isOwn ? 1 : 0));
}

function stateOf({ state, waiting }: Ticket): FollowView['state'] {
  switch (state) {
    case 'raised':
    case 'answered':
      return waiting === undefined ? 'open' : 'waiting';
    case 'rectified':
    case 'inspected':
    case 'looked-back':
      return 'done';
    default:
      return state;
  }
}

const STAFF_BEGINS: readonly string[] = ['answer', 'assign', 'take'];
const WORK_BEGINS: readonly string[] = ['take', 'assign', 'wait', 'rectify'];
const IS_DONE: readonly TicketState[] = ['rectified', 'inspected', 'looked-back', 'closed'];

function stepsOf(report: Report, ticket: Ticket): FollowView['steps'] {
  const { history, state, parkedUntil } = ticket;
  const first = (actions: readonly string[]): Instant | undefined =>
    history.find(({ action }) => actions.includes(action))?.at;
  const isDone = IS_DONE.includes(state) && parkedUntil === undefined;
  const moments: readonly (readonly [FollowStep, Instant | undefined])[] = [
    ['received', report.at],
    ['assigned', first(STAFF_BEGINS)],
    ['working', first(WORK_BEGINS)],
    ['done', isDone ? doneAt(history) : undefined],
  ];
  return moments.flatMap(([step, at]) => (at === undefined ? [] : [{ step, at: iso(at) }]));
}

/** Mended for the last time; what was never mended was answered. */
const doneAt = (history: readonly HistoryStep[]): Instant | undefined =>
  (
    history.findLast(({ from, to }) => to === 'rectified' && from !== to) ??
    history.findLast(({ from, to }) => to === 'closed' && from !== to)
  )?.at;

/** What staff say to residents; what they say to each other stays in the house. */
const FOR_RESIDENTS: readonly string[] = ['answer', 'decline', 'merge', 'wait', 'rectify'];

interface PublicAnswer {
  readonly at: Instant;
  readonly words: string;
}

const answersIn = ({ history }: Ticket): PublicAnswer[] =>
  history.flatMap(({ action, role, reason, at }) =>
    reason !== undefined && FOR_RESIDENTS.includes(action) && isOfStaff(role)
      ? [{ at, words: withoutNumbers(reason) }]
      : [],
  );

const isOfStaff = (role: Role): boolean =>
  role !== 'sensor' && role !== 'gateway' && role !== 'resident';

/** Who may call back: whoever may work on it. */
const CALLS_BACK: readonly string[] = ['cleaner', 'steward', 'engineer', 'manager'];

export const reportsFor = (
  reports: readonly Report[],
  { role }: Pick<Actor, 'role'>,
  phones: Pick<Phones, 'open'>,
): NonNullable<TicketView['reports']> => {
  const mayCall = CALLS_BACK.includes(role);
  const read = (words: string): string => (mayCall ? words : withoutNumbers(words));
  return reports
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, words, kind, phone: sealed, photos, additions, sensor }) => {
      const phone = mayCall && sealed !== undefined ? phones.open(sealed) : undefined;
      return {
        at: iso(at),
        kind,
        words: read(words),
        ...(phone !== undefined && { phone }),
        photos: [...photos],
        ...(sensor !== undefined && { sensor }),
        additions: additions.map((each) => ({
          at: iso(each.at),
          words: read(each.words),
          photos: [...each.photos],
        })),
      };
    });
};

/** The first step that a resident took on it. */
export const firstReported = ({ history }: Ticket): HistoryStep | undefined =>
  history.find(
    ({ action, role }) => role === 'resident' && (action === 'raise' || action === 'report'),
  );

/** @param told the first report on it */
export function publicRequest(
  told: Report,
  { id, ticket }: { id: string; ticket: Ticket },
): PublicRequest {
  const notes = answersIn(ticket).at(-1)?.words;
  const expectedAt = expectedOf(ticket);
  return {
    id,
    isOpen: isOpen(ticket),
    category: told.category,
    title: ticket.title,
    ...(told.by === 'open311' && { words: withoutNumbers(told.words) }),
    place: told.place,
    spot: told.spot,
    team: ticket.team,
    ...(notes !== undefined && { notes }),
    requestedAt: told.at,
    updatedAt: ticket.history.at(-1)?.at ?? ticket.raisedAt,
    ...(expectedAt !== undefined && { expectedAt }),
  };
}
