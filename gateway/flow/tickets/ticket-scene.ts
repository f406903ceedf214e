// What everybody who changes tickets in the fold shares: the standing, the site's ways of working,
// and the one place where a ticket is put. Promise: whatever is put has its times made, waits in the
// agenda for what falls due next, and is found by the asset whose sensor it waits for.
import type { AssetId, Compound } from '../../domain/asset.ts';
import { isActive, type Alarm } from '../../domain/alarm.ts';
import { wallClock, type WallTime } from '../../domain/local-time.ts';
import { lampDuty, type ShouldBeOn } from '../../domain/lamp.ts';
import type { RuleSettings } from '../../domain/rule.ts';
import type { Standing } from '../../domain/standing.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { DEFAULT_WORK, type WorkSettings } from '../../domain/work.ts';
import { createDeadlines, nextDue, type Deadlines } from '../../tickets/deadlines.ts';
import { takeStep, type Step } from '../../tickets/ticket-book.ts';
import { chargeFor, type Charge, type Work } from '../../tickets/routing.ts';

export interface TicketSite {
  readonly compound: Compound;
  readonly rules: readonly RuleSettings[];
  readonly work?: WorkSettings;
}

export interface TicketScene {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly work: WorkSettings;
  readonly deadlines: Deadlines;
  readonly rules: ReadonlyMap<string, RuleSettings>;
  readonly shouldBeOn: ShouldBeOn;
  readonly wallTime: (moment: Instant) => WallTime;
  /** Tickets that wait for their sensor's word, by the asset that it is about. */
  readonly parked: Map<AssetId, Set<string>>;
}

export const TICKET_KEY = 'ticket ';

export function createTicketScene(site: TicketSite, standing: Standing): TicketScene {
  const { compound, work = DEFAULT_WORK } = site;
  return {
    compound,
    standing,
    work,
    deadlines: createDeadlines(compound.place, work),
    rules: new Map(site.rules.map((rule) => [rule.id, rule])),
    shouldBeOn: lampDuty(compound.place),
    wallTime: wallClock(compound.place.zone),
    parked: new Map(),
  };
}

/** Puts what became of a ticket at `at`; `before` is absent for a new one. */
export function putTicket(
  scene: TicketScene,
  { before, after }: { readonly before?: Ticket | undefined; readonly after: Ticket },
  at: Instant,
): Ticket {
  const ticket = scene.deadlines.timed(before, after, at);
  scene.standing.tickets.put(ticket.id, ticket);
  waitFor(scene, ticket);
  return ticket;
}

/** Waits for what falls due of it, and for the sensor that it needs a word of. */
export function waitFor({ standing, parked }: TicketScene, ticket: Ticket): void {
  standing.agenda.set(TICKET_KEY + ticket.id, nextDue(ticket)?.at);
  if (ticket.asset === undefined) return;
  const waiting = parked.get(ticket.asset) ?? new Set();
  if (ticket.parkedUntil === undefined) waiting.delete(ticket.id);
  else waiting.add(ticket.id);
  if (waiting.size === 0) parked.delete(ticket.asset);
  else parked.set(ticket.asset, waiting);
}

/** The step of a sensor or of the gateway itself, where the table has it; else the ticket as it is. */
export function machineStep(
  ticket: Ticket,
  step: Pick<Step, 'action' | 'at'> & { readonly by?: string; readonly body?: Step['body'] },
): Ticket {
  const { by = 'gateway', body = {} } = step;
  const role = by === 'gateway' ? 'gateway' : 'sensor';
  const result = takeStep(ticket, { ...step, by, role, body });
  return result.kind === 'taken' ? result.ticket : ticket;
}

export function chargeNow(
  { standing, work, wallTime }: TicketScene,
  what: Work,
  at: Instant,
): Charge {
  const { turns = {} } = standing.gateway();
  const people = [...standing.people.all()].map(([, person]) => person);
  const charge = chargeFor(what, { people, now: wallTime(at), work, lastGiven: turns });
  if (charge.isTurn && charge.assignee !== undefined)
    standing.putGateway({ turns: { ...turns, [charge.team]: charge.assignee } });
  return charge;
}

export function nextNumber({ standing }: TicketScene): number {
  const number = standing.gateway().ticketsOpened + 1;
  standing.putGateway({ ticketsOpened: number });
  return number;
}

/** Of the alarms that it stands for, those whose condition still holds. */
export const activeAlarms = ({ standing }: TicketScene, ticket: Ticket): Alarm[] =>
  ticket.alarms.flatMap((id) => {
    const alarm = standing.alarms.get(id);
    return alarm && isActive(alarm) ? [alarm] : [];
  });

export function openTicketOf({ standing }: TicketScene, alarm: Alarm): Ticket | undefined {
  // By the alarm as it stands: an event's own was made before its ticket was opened.
  const { ticket: id } = standing.alarms.get(alarm.id) ?? alarm;
  const ticket = id === undefined ? undefined : standing.tickets.get(id);
  return ticket && isOpen(ticket) ? ticket : undefined;
}

/** The building that an asset stands in or at, where the site file says so. */
export function buildingOf(
  { compound }: Pick<TicketScene, 'compound'>,
  id: string,
): string | undefined {
  const asset = compound.assets.get(id);
  if (!asset) return undefined;
  if (asset.kind === 'bin' || asset.kind === 'scale')
    return compound.stations.get(asset.station)?.building;
  if (asset.kind !== 'lamp') return asset.building;
  const circuit = compound.assets.get(asset.circuit);
  return circuit?.kind === 'circuit' ? circuit.building : undefined;
}
