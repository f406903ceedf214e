// What each step makes of a ticket. Pure: the old ticket in, the new one out, never changed in place.
// Whether the step is allowed is transitions.ts's to say; nothing here is done without asking it.
import { SEVERITIES, type Alarm, type Severity } from '../domain/alarm.ts';
import type { AssetId } from '../domain/asset.ts';
import {
  isOpen,
  mayReopen,
  type Category,
  type HistoryStep,
  type Role,
  type Route,
  type Team,
  type Ticket,
} from '../domain/ticket.ts';
import type { Instant } from '../domain/time.ts';
import type { StandIns } from '../domain/work.ts';
import { legality, type Refused } from './transitions.ts';

export interface Birth {
  readonly number: number;
  readonly category: Category;
  readonly route: Route;
  readonly team: Team;
  /** To whom the roster gives it, where it gives it to one alone. */
  readonly assignee?: string;
  readonly severity: Severity;
  readonly asset?: AssetId;
  readonly building?: string;
  readonly place: string;
  readonly title: string;
  readonly raisedBy: string;
  readonly role: Role;
  readonly at: Instant;
  readonly alarm?: Alarm;
  readonly suggestion?: true;
  readonly note?: string;
  readonly key?: string;
  readonly digest?: number;
}

export function openTicket(birth: Birth): Ticket {
  const first: HistoryStep = {
    at: birth.at,
    by: birth.raisedBy,
    role: birth.role,
    action: 'raise',
    from: 'none',
    to: 'raised',
    ...(birth.note === undefined ? {} : { reason: birth.note }),
    ...keyOf(birth),
  };
  return {
    id: `T${birth.number}`,
    number: birth.number,
    category: birth.category,
    severity: birth.severity,
    ...(birth.asset === undefined ? {} : { asset: birth.asset }),
    ...(birth.building === undefined ? {} : { building: birth.building }),
    place: birth.place,
    title: birth.title,
    ...(birth.suggestion && { suggestion: true }),
    route: birth.route,
    state: 'raised',
    team: birth.team,
    ...(birth.assignee === undefined ? {} : { assignee: birth.assignee }),
    raisedBy: birth.raisedBy,
    raisedAt: birth.at,
    returns: 0,
    version: 1,
    alarms: birth.alarm ? [birth.alarm.id] : [],
    photos: [],
    history: [first],
  };
}

interface Keyed {
  readonly key?: string;
  readonly digest?: number;
}

const keyOf = ({ key, digest }: Keyed): Keyed =>
  key === undefined ? {} : { key, ...(digest === undefined ? {} : { digest }) };

export interface Step extends Keyed {
  readonly action: string;
  readonly by: string;
  readonly role: Role;
  readonly at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
}

export type StepRefusal = Refused | 'too-late' | 'too-early' | 'needs-reason';
export type StepResult =
  | { readonly kind: 'taken'; readonly ticket: Ticket }
  | { readonly kind: StepRefusal };

/** Takes one step, or says by which word it is refused. */
export function takeStep(ticket: Ticket, step: Step, standIns?: StandIns): StepResult {
  const { by, role, body } = step;
  const attempt = { by, role, result: body['result'], ...(standIns && { standIns }) };
  const verdict = legality(ticket, step.action, attempt);
  if (verdict.kind !== 'legal') return verdict;
  const hitch = hitchOf(ticket, step);
  if (hitch) return { kind: hitch };
  const reason = reasonOf(body);
  const entry: HistoryStep = {
    at: step.at,
    by,
    role,
    action: step.action,
    from: ticket.state,
    to: verdict.to,
    ...(reason === undefined ? {} : { reason }),
    ...keyOf(step),
  };
  return {
    kind: 'taken',
    ticket: {
      ...(verdict.to === ticket.state ? stillAt(ticket, step) : withoutStep(ticket)),
      ...changesBy(ticket, step),
      ...(isSentBack(step) ? { returns: ticket.returns + 1 } : {}),
      state: verdict.to,
      version: ticket.version + 1,
      history: [...ticket.history, entry],
    },
  };
}

/** What else there may be against a step that its place in the table allows. */
function hitchOf(ticket: Ticket, { action, at, body }: Step): StepRefusal | undefined {
  if (action === 'reopen' && !isOpen(ticket) && !mayReopen(ticket, at)) return 'too-late';
  if (action === 'assign' && ticket.state === 'answered' && body['to'] === ticket.assignee)
    return 'done-already';
  if (needsWords(ticket, action, body) && reasonOf(body) === undefined) return 'needs-reason';
  const isEarly = ticket.lookBackAt !== undefined && at < ticket.lookBackAt;
  return action === 'look-back' && body['result'] === 'pass' && isEarly ? 'too-early' : undefined;
}

/** What is sent back says why; an idea is answered in words. */
const needsWords = (ticket: Ticket, action: string, body: Step['body']): boolean =>
  body['result'] === 'return' || (action === 'answer' && ticket.suggestion === true);

const isSentBack = ({ action, body }: Step): boolean =>
  action === 'reopen' || action === 'return' || body['result'] === 'return';

function stillAt(ticket: Ticket, { action }: Step): Ticket {
  if (action === 'resume') return withoutWaiting(ticket);
  return action === 'verify' ? withoutParking(ticket) : ticket;
}

/** What was said of the step before goes with it; whose it is, and what it is, stays. */
function withoutStep(ticket: Ticket): Ticket {
  const { waiting: _1, waitingSince: _2, dueAt: _3, dueSetBy: _4, ...rest } = ticket;
  const { soonAt: _5, escalated: _6, escalatedTo: _7, parkedUntil: _8, ...more } = rest;
  const { awaits: _9, lookBackAt: _10, closesAt: _11, ...lasting } = more;
  return lasting;
}

/** The words that came with the step: a reason, a note, a comment, a rating. */
function reasonOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const words = [body['reason'], body['note'], body['text']].find(
    (value) => typeof value === 'string',
  );
  const stars = typeof body['stars'] === 'number' ? `${body['stars']}★` : undefined;
  const all = [stars, words].filter((value) => value !== undefined && value !== '');
  return all.length === 0 ? undefined : all.join(' ');
}

function changesBy(ticket: Ticket, { action, at, body, by }: Step): Partial<Ticket> {
  switch (action) {
    case 'answer':
      return {
        team: body['team'] as Team,
        ...(typeof body['dueAt'] === 'number' && !ticket.suggestion
          ? { dueAt: body['dueAt'] as Instant, dueSetBy: by }
          : {}),
      };
    case 'take':
      return { assignee: by };
    case 'assign':
      return { assignee: String(body['to']) };
    case 'wait':
      return { waiting: body['for'] as 'parts' | 'resident', waitingSince: at };
    case 'merge':
      return { mergedInto: String(body['into']) };
    case 'rate':
      return { stars: Number(body['stars']) };
    case 'photo':
      return { photos: [...ticket.photos, ...textsIn(body['photos'])] };
    case 'escalate':
      return {
        escalated: body['escalated'] as 'before' | 'after',
        escalatedTo: String(body['to']),
      };
    default:
      return {};
  }
}

/** It need not wait any longer: the time for its step goes on. */
function withoutWaiting(ticket: Ticket): Ticket {
  const { waiting: _1, waitingSince: _2, ...rest } = ticket;
  return rest;
}

/** The sensor has agreed, or is not asked. */
function withoutParking(ticket: Ticket): Ticket {
  const { parkedUntil: _1, awaits: _2, ...rest } = ticket;
  return rest;
}

const textsIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];

/** The same ticket also stands for another alarm, and is as grave as the gravest. */
export const joinAlarm = (ticket: Ticket, alarm: Alarm): Ticket => ({
  ...ticket,
  severity: graver(ticket.severity, alarm.severity),
  alarms: ticket.alarms.includes(alarm.id) ? ticket.alarms : [...ticket.alarms, alarm.id],
  version: ticket.version + 1,
});

export const graver = (a: Severity, b: Severity): Severity =>
  SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;

/** What is merged into this one becomes its own: the alarms, the photos, and how grave it is. */
export const takeOver = (into: Ticket, merged: Ticket, at: Instant): Ticket => ({
  ...into,
  severity: graver(into.severity, merged.severity),
  alarms: [...new Set([...into.alarms, ...merged.alarms])],
  photos: [...new Set([...into.photos, ...merged.photos])],
  version: into.version + 1,
  history: [
    ...into.history,
    {
      at,
      by: 'gateway',
      role: 'gateway',
      action: 'take-over',
      from: into.state,
      to: into.state,
      reason: `${merged.id} ${merged.title}`,
    },
  ],
});
