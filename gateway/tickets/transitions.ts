// Every step that a ticket can take: one table, for people, sensors and the gateway alike.
// Whatever is not in it is refused.
//
//   raised ─▶ answered ─▶ rectified ─▶ inspected ─▶ looked-back ─▶ closed      (full)
//                ▲             └──────── verify ───────────────────▲           (short)
//                └── sent back from anywhere, with a reason: the same ticket, one return more
//
// Promise: who rectified a ticket neither inspects it nor looks back on it, whatever their role.
import { isOpen, type Role, type Route, type Ticket, type TicketState } from '../domain/ticket.ts';
import { DEFAULT_WORK, type StandIns } from '../domain/work.ts';

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
  'return',
  'inspect',
  'look-back',
  'reopen',
  'rate',
  'close',
  'escalate',
  'comment',
  'photo',
  'report',
] as const;
export type Action = (typeof ACTIONS)[number];

interface Transition {
  readonly action: Action;
  readonly from: readonly TicketState[];
  readonly to: TicketState | 'same';
  readonly routes: readonly Route[];
  readonly roles: readonly Role[];
  /** Of two rows that differ only in where they lead: the verdict that goes this way. */
  readonly result?: 'pass' | 'return';
  /** Only of what is to be mended, or only of an idea; of both where absent. */
  readonly of?: 'fault' | 'suggestion';
}

const BOTH: readonly Route[] = ['short', 'full'];
const FULL: readonly Route[] = ['full'];
const SHORT: readonly Route[] = ['short'];
const CREW: readonly Role[] = ['cleaner', 'steward', 'engineer', 'manager'];
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
const GATEWAY: readonly Role[] = ['gateway'];
const WORKING: readonly TicketState[] = ['raised', 'answered'];
const DONE: readonly TicketState[] = ['rectified', 'inspected', 'looked-back'];
const OPEN: readonly TicketState[] = [...WORKING, ...DONE];

export const TRANSITIONS: readonly Transition[] = [
  { action: 'answer', from: ['raised'], to: 'answered', routes: BOTH, roles: DESK, of: 'fault' },
  // An idea is answered, whoever looked into it before, and needs no mending.
  { action: 'answer', from: WORKING, to: 'closed', routes: BOTH, roles: DESK, of: 'suggestion' },
  { action: 'take', from: WORKING, to: 'answered', routes: BOTH, roles: CREW },
  { action: 'assign', from: WORKING, to: 'answered', routes: BOTH, roles: DESK },
  { action: 'decline', from: WORKING, to: 'declined', routes: BOTH, roles: DESK },
  { action: 'merge', from: WORKING, to: 'merged', routes: BOTH, roles: [...DESK, 'gateway'] },
  { action: 'wait', from: ['answered'], to: 'same', routes: BOTH, roles: CREW },
  {
    action: 'resume',
    from: ['answered'],
    to: 'same',
    routes: BOTH,
    // A resident by adding what was waited for.
    roles: [...CREW, 'resident'],
  },
  { action: 'rectify', from: WORKING, to: 'rectified', routes: SHORT, roles: CREW },
  {
    action: 'rectify',
    from: ['answered'],
    to: 'rectified',
    routes: FULL,
    roles: CREW,
    of: 'fault',
  },
  // What mends itself asks for no answer first.
  { action: 'rectify', from: WORKING, to: 'rectified', routes: BOTH, roles: ['sensor'] },
  { action: 'verify', from: ['rectified'], to: 'closed', routes: SHORT, roles: MACHINE },
  { action: 'verify', from: ['rectified'], to: 'same', routes: FULL, roles: MACHINE },
  { action: 'return', from: DONE, to: 'answered', routes: BOTH, roles: MACHINE },
  ...judged('inspect', { from: 'rectified', to: 'inspected', role: 'committee' }),
  ...judged('look-back', { from: 'inspected', to: 'looked-back', role: 'reviewer' }),
  {
    action: 'reopen',
    from: [...DONE, 'closed', 'declined'],
    to: 'answered',
    routes: BOTH,
    roles: [...DESK, 'resident'],
  },
  {
    action: 'rate',
    from: ['looked-back'],
    to: 'closed',
    routes: FULL,
    roles: [...ANYONE, 'resident'],
  },
  { action: 'rate', from: ['closed'], to: 'same', routes: BOTH, roles: [...ANYONE, 'resident'] },
  { action: 'close', from: ['looked-back'], to: 'closed', routes: FULL, roles: GATEWAY },
  { action: 'escalate', from: OPEN, to: 'same', routes: BOTH, roles: GATEWAY },
  {
    action: 'comment',
    from: OPEN,
    to: 'same',
    routes: BOTH,
    roles: [...ANYONE, 'resident', 'gateway'],
  },
  { action: 'photo', from: OPEN, to: 'same', routes: BOTH, roles: ANYONE },
  // A neighbour tells of it too, perhaps a moment after it was mended.
  { action: 'report', from: [...OPEN, 'closed'], to: 'same', routes: BOTH, roles: ['resident'] },
];

function judged(
  action: Action,
  { from, to, role }: { from: TicketState; to: TicketState; role: Role },
): Transition[] {
  const row = { action, from: [from], routes: FULL, roles: [role] };
  return [
    { ...row, to, result: 'pass' },
    { ...row, to: 'answered', result: 'return' },
  ];
}

/** Why a step is refused; the API answers each with its own status. */
export type Refused =
  | 'unknown-action'
  | 'wrong-role'
  /** They rectified it, and the two-person rule keeps them from judging it. */
  | 'own-work'
  /** Only whoever raised it rates it. */
  | 'not-the-raiser'
  /** The very same step brought it where it stands. */
  | 'done-already'
  | 'illegal-step';

export type Legality =
  | { readonly kind: 'legal'; readonly to: TicketState }
  | { readonly kind: Refused };

/** Who asks, and for what. */
export interface Attempt {
  readonly role: Role;
  /** A person's id; absent where only the role is asked after. */
  readonly by?: string;
  readonly result?: unknown;
  readonly standIns?: StandIns;
}

/** Whether `attempt` may be made on this ticket now. Who asks is looked at before the state. */
export function legality(ticket: Ticket, action: string, attempt: Attempt): Legality {
  const rows = TRANSITIONS.filter(
    (row) => row.action === action && row.routes.includes(ticket.route),
  );
  if (rows.length === 0) return { kind: 'unknown-action' };
  const mine = rows.filter((row) => isFor(row, attempt));
  if (mine.length === 0) return { kind: 'wrong-role' };
  const personal = personalRefusal(ticket, action, attempt);
  if (personal) return { kind: personal };
  const step = mine.find(
    (row) => row.from.includes(ticket.state) && isResult(row, attempt) && isOf(row, ticket),
  );
  if (!step || !fitsNow(ticket, action, attempt))
    return { kind: isDoneAlready(ticket, action) ? 'done-already' : 'illegal-step' };
  return { kind: 'legal', to: step.to === 'same' ? ticket.state : step.to };
}

/** Where nobody holds the role, those hold it who stand in for it. */
function isFor(
  { roles }: Transition,
  { role, standIns = DEFAULT_WORK.standIns }: Attempt,
): boolean {
  if (roles.includes(role)) return true;
  const named = (['committee', 'reviewer'] as const).filter(
    (absent) => roles.length === 1 && roles[0] === absent,
  );
  return named.some((absent) => standIns[absent].some((standIn) => standIn === role));
}

const isOf = ({ of }: Transition, { suggestion }: Ticket): boolean =>
  of === undefined || of === (suggestion ? 'suggestion' : 'fault');

const isResult = (row: Transition, { result }: Attempt): boolean =>
  row.result === undefined || result === undefined || row.result === result;

const JUDGING = ['inspect', 'look-back'];

function personalRefusal(ticket: Ticket, action: string, { by }: Attempt): Refused | undefined {
  if (by === undefined) return undefined;
  if (JUDGING.includes(action) && hasRectified(ticket, by)) return 'own-work';
  return action === 'rate' && by !== ticket.raisedBy ? 'not-the-raiser' : undefined;
}

/** Ever, not only the last time: a return does not make them anybody else. */
const hasRectified = ({ history }: Ticket, by: string): boolean =>
  history.some((step) => step.action === 'rectify' && step.by === by);

/** What the state alone does not say. */
function fitsNow(ticket: Ticket, action: string, { by, result }: Attempt): boolean {
  switch (action) {
    case 'wait':
      return ticket.waiting === undefined;
    case 'resume':
      return ticket.waiting !== undefined;
    case 'take':
      // The first who takes it has it (抢单); from them it goes on by being assigned.
      return ticket.assignee === undefined || isOffered(ticket, by);
    case 'inspect':
      // A pass is not asked for before the sensor has agreed; what is plainly wrong may be said.
      return ticket.parkedUntil === undefined || result === 'return';
    case 'verify':
      return ticket.route === 'short' || ticket.parkedUntil !== undefined;
    case 'rate':
      return ticket.stars === undefined;
    default:
      return true;
  }
}

/** Given to them by the roster alone, and not yet answered. */
const isOffered = ({ state, assignee }: Ticket, by: string | undefined): boolean =>
  state === 'raised' && (by === undefined || by === assignee);

const ASIDE = ['comment', 'photo', 'report', 'escalate'];

/** A second press of the button that brought it here is late, not wrong. */
function isDoneAlready(ticket: Ticket, action: string): boolean {
  if (action === 'take' && isOpen(ticket) && ticket.assignee !== undefined) return true;
  const last = ticket.history.findLast((step) => !ASIDE.includes(step.action));
  return last?.action === action;
}

/** What they may do now, in the table's order. */
export const actionsFor = (ticket: Ticket, attempt: Attempt): Action[] =>
  ACTIONS.filter((action) => legality(ticket, action, attempt).kind === 'legal');
