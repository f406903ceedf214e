// What each step makes of a ticket. Pure: the old ticket in, the new one out, never changed in place.
// Whether the step is allowed is transitions.ts's to say; nothing here is done without asking it.
import type { Alarm, Severity } from '../domain/alarm.ts';
import type { AssetId } from '../domain/asset.ts';
import {
  isOpen,
  mayReopen,
  type Category,
  type HistoryStep,
  type Role,
  type Team,
  type Ticket,
} from '../domain/ticket.ts';
import type { Instant } from '../domain/time.ts';
import { legality, type Refused } from './transitions.ts';

export interface Birth {
  readonly number: number;
  readonly category: Category;
  readonly team: Team;
  readonly severity: Severity;
  readonly asset?: AssetId;
  readonly place: string;
  readonly title: string;
  readonly raisedBy: string;
  readonly role: Role;
  readonly at: Instant;
  readonly alarm?: Alarm;
  readonly note?: string;
  readonly key?: string;
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
    ...(birth.key === undefined ? {} : { key: birth.key }),
  };
  return {
    id: `T${birth.number}`,
    number: birth.number,
    category: birth.category,
    severity: birth.severity,
    ...(birth.asset === undefined ? {} : { asset: birth.asset }),
    place: birth.place,
    title: birth.title,
    route: 'short',
    state: 'raised',
    team: birth.team,
    raisedBy: birth.raisedBy,
    raisedAt: birth.at,
    returns: 0,
    version: 1,
    alarms: birth.alarm ? [birth.alarm.id] : [],
    photos: [],
    history: [first],
  };
}

export interface Step {
  readonly action: string;
  readonly by: string;
  readonly role: Role;
  readonly at: Instant;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key?: string;
}

export type StepResult =
  | { readonly kind: 'taken'; readonly ticket: Ticket }
  | { readonly kind: Refused | 'too-late' };

/** Takes one step, or says by which word it is refused. */
export function takeStep(ticket: Ticket, step: Step): StepResult {
  const verdict = legality(ticket, step.action, step.role);
  if (verdict.kind !== 'legal') return verdict;
  if (step.action === 'reopen' && !isOpen(ticket) && !mayReopen(ticket, step.at))
    return { kind: 'too-late' };
  const reason = reasonOf(step.body);
  const entry: HistoryStep = {
    at: step.at,
    by: step.by,
    role: step.role,
    action: step.action,
    from: ticket.state,
    to: verdict.to,
    ...(reason === undefined ? {} : { reason }),
    ...(step.key === undefined ? {} : { key: step.key }),
  };
  const { waiting: _waiting, ...rest } = ticket;
  const kept = verdict.to === ticket.state && step.action !== 'resume' ? ticket : rest;
  return {
    kind: 'taken',
    ticket: {
      ...kept,
      ...changesBy(ticket, step),
      state: verdict.to,
      version: ticket.version + 1,
      history: [...ticket.history, entry],
    },
  };
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

function changesBy(ticket: Ticket, { action, body, by }: Step): Partial<Ticket> {
  switch (action) {
    case 'answer':
      return {
        team: body['team'] as Team,
        ...(typeof body['dueAt'] === 'number' ? { dueAt: body['dueAt'] as Instant } : {}),
      };
    case 'take':
      return { assignee: by };
    case 'assign':
      return { assignee: String(body['to']) };
    case 'wait':
      return { waiting: body['for'] as 'parts' | 'resident' };
    case 'merge':
      return { mergedInto: String(body['into']) };
    case 'reopen':
      return { returns: ticket.returns + 1 };
    default:
      return {};
  }
}

/** The same ticket also stands for another alarm. */
export const joinAlarm = (ticket: Ticket, alarm: Alarm): Ticket => ({
  ...ticket,
  alarms: [...ticket.alarms, alarm.id],
  version: ticket.version + 1,
});

/** The sensor's own word that what it saw is over: rectified where nobody said so, then verified. */
export function verifyBySensor(ticket: Ticket, sensor: string, at: Instant): Ticket {
  const step = { by: sensor, role: 'sensor', at, body: {} } as const;
  const rectified = takeStep(ticket, { ...step, action: 'rectify' });
  const next = rectified.kind === 'taken' ? rectified.ticket : ticket;
  const verified = takeStep(next, { ...step, action: 'verify' });
  return verified.kind === 'taken' ? verified.ticket : next;
}
