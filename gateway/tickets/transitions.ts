// Every step that a ticket can take: one table, for people, sensors and the gateway alike.
// Whatever is not in it is refused. The full route will add its rows here and nowhere else.
import type { Role, Route, Ticket, TicketState } from '../domain/ticket.ts';

export const ACTIONS = [
  'answer',
  'decline',
  'merge',
  'assign',
  'take',
  'wait',
  'resume',
  'rectify',
  'verify',
  'reopen',
  'rate',
  'comment',
] as const;
export type Action = (typeof ACTIONS)[number];

interface Transition {
  readonly action: Action;
  readonly from: readonly TicketState[];
  readonly to: TicketState | 'same';
  readonly routes: readonly Route[];
  readonly roles: readonly Role[];
}

const BOTH: readonly Route[] = ['short', 'full'];
const CREW: readonly Role[] = ['cleaner', 'engineer', 'manager'];
const DESK: readonly Role[] = ['engineer', 'manager'];
const ANYONE: readonly Role[] = [
  'volunteer',
  'cleaner',
  'steward',
  'engineer',
  'committee',
  'reviewer',
  'manager',
];
const MACHINE: readonly Role[] = ['sensor', 'gateway'];
const WORKING: readonly TicketState[] = ['raised', 'answered'];

export const TRANSITIONS: readonly Transition[] = [
  { action: 'answer', from: ['raised'], to: 'answered', routes: BOTH, roles: DESK },
  { action: 'take', from: WORKING, to: 'answered', routes: BOTH, roles: CREW },
  { action: 'assign', from: WORKING, to: 'answered', routes: BOTH, roles: DESK },
  { action: 'decline', from: WORKING, to: 'declined', routes: BOTH, roles: DESK },
  { action: 'merge', from: WORKING, to: 'merged', routes: BOTH, roles: [...DESK, 'gateway'] },
  { action: 'wait', from: ['answered'], to: 'same', routes: BOTH, roles: CREW },
  { action: 'resume', from: ['answered'], to: 'same', routes: BOTH, roles: CREW },
  {
    action: 'rectify',
    from: WORKING,
    to: 'rectified',
    routes: ['short'],
    roles: [...CREW, 'sensor'],
  },
  {
    action: 'rectify',
    from: ['answered'],
    to: 'rectified',
    routes: ['full'],
    roles: [...CREW, 'sensor'],
  },
  { action: 'verify', from: ['rectified'], to: 'closed', routes: ['short'], roles: MACHINE },
  {
    action: 'reopen',
    from: ['rectified', 'closed', 'declined'],
    to: 'answered',
    routes: BOTH,
    roles: DESK,
  },
  { action: 'rate', from: ['closed'], to: 'same', routes: BOTH, roles: ANYONE },
  { action: 'comment', from: [...WORKING, 'rectified'], to: 'same', routes: BOTH, roles: ANYONE },
];

/** Why a step is refused; the API answers each with its own status. */
export type Refused = 'unknown-action' | 'wrong-role' | 'illegal-step';

export type Legality =
  | { readonly kind: 'legal'; readonly to: TicketState }
  | { readonly kind: Refused };

/** Whether `role` may do `action` to this ticket now. The role is looked at before the state. */
export function legality(ticket: Ticket, action: string, role: Role): Legality {
  const rows = TRANSITIONS.filter(
    (row) => row.action === action && row.routes.includes(ticket.route),
  );
  if (rows.length === 0) return { kind: 'unknown-action' };
  const mine = rows.filter((row) => row.roles.includes(role));
  if (mine.length === 0) return { kind: 'wrong-role' };
  const step = mine.find((row) => row.from.includes(ticket.state));
  if (!step || !fitsWaiting(ticket, action)) return { kind: 'illegal-step' };
  return { kind: 'legal', to: step.to === 'same' ? ticket.state : step.to };
}

const fitsWaiting = (ticket: Ticket, action: string): boolean =>
  action === 'resume'
    ? ticket.waiting !== undefined
    : action !== 'wait' || ticket.waiting === undefined;

/** What this role may do now, in the table's order. */
export const actionsFor = (ticket: Ticket, role: Role): Action[] =>
  ACTIONS.filter((action) => legality(ticket, action, role).kind === 'legal');
