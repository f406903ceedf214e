// Work for a person (工单), and the words of the loop that it walks.
import type { AssetId } from './asset.ts';
import type { Severity } from './alarm.ts';
import { hours, type Instant } from './time.ts';

export const CATEGORIES = [
  'bin-full',
  'bin-broken',
  'bin-room-dirty',
  'sorting-wrong',
  'dumping',
  'lamp',
  'electricity',
  'water-leak',
  'drain',
  'manhole',
  'fire-lane-blocked',
  'fire-equipment',
  'flying-wire-charging',
  'ads',
  'greenery',
  'lift',
  'parking',
  'noise',
  'sensor',
  'gateway',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];

export const TEAMS = ['cleaners', 'engineers', 'stewards', 'managers'] as const;
export type Team = (typeof TEAMS)[number];

export const ROUTES = ['short', 'full'] as const;
export type Route = (typeof ROUTES)[number];

export const TICKET_STATES = [
  'raised',
  'answered',
  'rectified',
  'inspected',
  'looked-back',
  'closed',
  'declined',
  'merged',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const ROLES = [
  'display',
  'resident',
  'volunteer',
  'cleaner',
  'steward',
  'engineer',
  'committee',
  'reviewer',
  'manager',
  'admin',
] as const;
/** A person's role, or the sensor's and the gateway's own word. */
export type Role = (typeof ROLES)[number] | 'sensor' | 'gateway';

export interface HistoryStep {
  readonly at: Instant;
  readonly by: string;
  readonly role: Role;
  readonly action: string;
  readonly from: TicketState | 'none';
  readonly to: TicketState;
  readonly reason?: string;
  readonly key?: string;
  /** Of what was asked for under that key, to know the same request from another. */
  readonly digest?: number;
}

export interface Ticket {
  readonly id: string;
  /** For people to say to each other: 1, 2, 3 … */
  readonly number: number;
  readonly category: Category;
  readonly severity: Severity;
  readonly asset?: AssetId;
  /** A building of the site file, where it is in or at one. */
  readonly building?: string;
  readonly place: string;
  readonly title: string;
  /** An idea (建议): its answer ends it, there is nothing to mend. */
  readonly suggestion?: true;
  readonly route: Route;
  readonly state: TicketState;
  readonly waiting?: 'parts' | 'resident';
  /** Since when it waits: its due time shifts by what counted of that. */
  readonly waitingSince?: Instant;
  readonly team: Team;
  readonly assignee?: string;
  readonly raisedBy: string;
  readonly raisedAt: Instant;
  /** When the step that it stands before is to be taken. */
  readonly dueAt?: Instant;
  /** Who set that time by hand; absent where it follows from the limits. */
  readonly dueSetBy?: string;
  /** When four fifths of the time for that step are gone. */
  readonly soonAt?: Instant;
  /** Whether the next person up has heard, before or after this step was due. */
  readonly escalated?: 'before' | 'after';
  /** A person's id, or a role where nobody is named. */
  readonly escalatedTo?: string;
  /** Mended by somebody's word alone: until when its sensor has to agree, and on what, in words. */
  readonly parkedUntil?: Instant;
  readonly awaits?: string;
  /** Inspected: from when on the look back may pass it. */
  readonly lookBackAt?: Instant;
  /** Looked back: when it ends though nobody rates it. */
  readonly closesAt?: Instant;
  /** 1–5, by whoever raised it. */
  readonly stars?: number;
  /** How often it was sent back, by people or by its sensor, or reopened. */
  readonly returns: number;
  /** Grows by one with each change; what `If-Match` is compared with. */
  readonly version: number;
  /** Ids of the alarms that it stands for, the first first. */
  readonly alarms: readonly string[];
  readonly mergedInto?: string;
  readonly photos: readonly string[];
  readonly history: readonly HistoryStep[];
}

const ENDED: readonly TicketState[] = ['closed', 'declined', 'merged'];
export const isOpen = (ticket: Ticket): boolean => !ENDED.includes(ticket.state);

const REOPEN_WITHIN = hours(24);

/** An ended ticket can be opened again for a day; after that the fault deserves a new one. */
export function mayReopen(ticket: Ticket, now: Instant): boolean {
  const last = ticket.history.at(-1);
  return !isOpen(ticket) && last !== undefined && now - last.at < REOPEN_WITHIN;
}

/** Of a narrow role: what they raised, what they were given, what is of their teams or in their buildings. */
export interface TicketSight {
  readonly by: string;
  readonly teams: readonly Team[];
  readonly buildings: readonly string[];
}

/** One of the four is enough; the store says the same in SQL. */
export const isInSight = (
  { by, teams, buildings }: TicketSight,
  ticket: Pick<Ticket, 'raisedBy' | 'assignee' | 'team' | 'building'>,
): boolean =>
  ticket.raisedBy === by ||
  ticket.assignee === by ||
  teams.includes(ticket.team) ||
  (ticket.building !== undefined && buildings.includes(ticket.building));
