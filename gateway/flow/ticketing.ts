// Alarms become work, and the sensor's word ends it: joins what rules say to the ticket book.
// Promise: one open ticket per category and subject, however often its alarm comes and goes.
import type { Compound } from '../domain/asset.ts';
import { isActive, SEVERITIES, type Alarm } from '../domain/alarm.ts';
import type { CommandEntry } from '../domain/record.ts';
import type { Standing } from '../domain/standing.ts';
import {
  CATEGORIES,
  isOpen,
  type Category,
  type Role,
  type Team,
  type Ticket,
} from '../domain/ticket.ts';
import type { Instant } from '../domain/time.ts';
import type { AlarmEvent } from '../rules/watching.ts';
import { subjectInWords } from '../rules/wording.ts';
import {
  joinAlarm,
  openTicket,
  takeStep,
  verifyBySensor,
  type Birth,
} from '../tickets/ticket-book.ts';
import { titleOf } from '../tickets/wording.ts';

const CLEANING: readonly Category[] = ['bin-full', 'bin-room-dirty', 'sorting-wrong', 'dumping'];

export interface Ticketing {
  /** Follows what the rules said, in order. */
  follow(events: readonly AlarmEvent[], at: Instant): void;
  /** Opens a person's new ticket. */
  open(command: CommandEntry): void;
  /** Takes a person's step; one that a change in between made illegal leaves the ticket as it is. */
  step(command: CommandEntry): void;
}

interface Scene {
  readonly compound: Compound;
  readonly standing: Standing;
}

export function createTicketing(compound: Compound, standing: Standing): Ticketing {
  const scene: Scene = { compound, standing };
  return {
    follow(events, at) {
      // The bigger fault's ticket must be there before the smaller ones are merged into it.
      for (const event of events) if (event.kind === 'raised') raised(scene, event, at);
      for (const event of events) if (event.kind === 'absorbed') absorbed(scene, event, at);
      for (const event of events) if (event.kind === 'cleared') cleared(scene, event, at);
    },
    open: (command) => openByPerson(scene, command),
    step: (command) => stepByPerson(scene, command),
  };
}

const put = ({ standing }: Scene, ticket: Ticket): void => standing.tickets.put(ticket.id, ticket);

function nextNumber({ standing }: Scene): number {
  const number = standing.gateway().ticketsOpened + 1;
  standing.putGateway({ ticketsOpened: number });
  return number;
}

type Raised = Extract<AlarmEvent, { kind: 'raised' }>;

function raised(scene: Scene, { alarm, rule }: Raised, at: Instant): void {
  const now = scene.standing.alarms.get(alarm.id) ?? alarm;
  // Absorbed in the very instant that it rose: the bigger fault's ticket speaks for it.
  if (!rule.ticket || now.explainedBy !== undefined) return;
  const same = openTicketFor(scene.standing, rule.ticket.category, alarm.asset);
  const ticket = same
    ? joinAlarm(same, alarm)
    : openTicket(birthByAlarm(scene, { alarm, ...rule.ticket }, at));
  put(scene, ticket);
  scene.standing.alarms.put(alarm.id, { ...now, ticket: ticket.id });
}

function birthByAlarm(
  scene: Scene,
  { alarm, category, team }: { alarm: Alarm; category: Category; team: Team },
  at: Instant,
): Birth {
  const place = subjectInWords(scene.compound, alarm.asset);
  return {
    number: nextNumber(scene),
    category,
    team,
    severity: alarm.severity,
    asset: alarm.asset,
    place,
    title: titleOf(category, place),
    raisedBy: `rule ${alarm.rule}`,
    role: 'sensor',
    at,
    alarm,
  };
}

function cleared(scene: Scene, { alarm }: AlarmEvent, at: Instant): void {
  const ticket = ticketOf(scene.standing, alarm);
  if (!ticket || !isOpen(ticket) || standsForActive(scene.standing, ticket)) return;
  put(scene, verifyBySensor(ticket, `sensor ${alarm.asset}`, at));
}

/** What nobody has touched yet goes into the bigger fault's ticket; what somebody took stays theirs. */
function absorbed(scene: Scene, { alarm }: AlarmEvent, at: Instant): void {
  const ticket = ticketOf(scene.standing, alarm);
  const bigger = scene.standing.alarms.get(alarm.explainedBy ?? '');
  if (!ticket || bigger?.ticket === undefined || ticket.state !== 'raised') return;
  const body = { into: bigger.ticket, reason: `${bigger.id}: ${bigger.text}` };
  const step = takeStep(ticket, { action: 'merge', by: 'gateway', role: 'gateway', at, body });
  if (step.kind === 'taken') put(scene, step.ticket);
}

function openByPerson(scene: Scene, { body, by, role, key, receivedAt }: CommandEntry): void {
  const words = body as Record<string, string | undefined>;
  const { asset, note } = words;
  const category = wordOr(CATEGORIES, words['category'], 'other');
  const here =
    asset === undefined ? scene.compound.place.name : subjectInWords(scene.compound, asset);
  const place = words['place'] ?? here;
  const birth: Birth = {
    number: nextNumber(scene),
    category,
    team: CLEANING.includes(category) ? 'cleaners' : 'engineers',
    severity: wordOr(SEVERITIES, words['severity'], 'medium'),
    place,
    title: words['title'] ?? titleOf(category, place),
    raisedBy: by,
    role: role as Role,
    at: receivedAt,
    ...(asset === undefined ? {} : { asset }),
    ...(note === undefined ? {} : { note }),
    ...(key === undefined ? {} : { key }),
  };
  put(scene, openTicket(birth));
}

function stepByPerson(
  scene: Scene,
  { id, action, by, role, body, key, receivedAt }: CommandEntry,
): void {
  const ticket = scene.standing.tickets.get(id ?? '');
  if (!ticket) return;
  const step = { action, by, role: role as Role, at: receivedAt, body };
  const result = takeStep(ticket, key === undefined ? step : { ...step, key });
  if (result.kind === 'taken') put(scene, closedIfDone(scene.standing, result.ticket, receivedAt));
}

/** A person's word closes what no sensor watches, or what its sensor already sees mended. */
function closedIfDone(standing: Standing, ticket: Ticket, at: Instant): Ticket {
  if (ticket.state !== 'rectified' || standsForActive(standing, ticket)) return ticket;
  const step = takeStep(ticket, { action: 'verify', by: 'gateway', role: 'gateway', at, body: {} });
  return step.kind === 'taken' ? step.ticket : ticket;
}

/** By the alarm as it stands: an event's own was made before its ticket was opened. */
function ticketOf(standing: Standing, alarm: Alarm): Ticket | undefined {
  const { ticket } = standing.alarms.get(alarm.id) ?? alarm;
  return ticket === undefined ? undefined : standing.tickets.get(ticket);
}

const standsForActive = (standing: Standing, ticket: Ticket): boolean =>
  ticket.alarms.some((id) => isActiveAlarm(standing.alarms.get(id)));

const isActiveAlarm = (alarm: Alarm | undefined): boolean => alarm !== undefined && isActive(alarm);

function openTicketFor(standing: Standing, category: Category, asset: string): Ticket | undefined {
  for (const [, ticket] of standing.tickets.all()) {
    if (isOpen(ticket) && ticket.category === category && ticket.asset === asset) return ticket;
  }
  return undefined;
}

function wordOr<W extends string>(words: readonly W[], word: unknown, otherwise: W): W {
  return words.find((known) => known === word) ?? otherwise;
}
