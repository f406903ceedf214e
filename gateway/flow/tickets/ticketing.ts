// Alarms become work, and the sensor's word ends it: joins what rules say to the ticket book.
// Promise: one open ticket per category and subject, however often its alarm comes and goes; and none
// is talked closed while its sensor sees the fault.
import { SEVERITIES, type Alarm } from '../../domain/alarm.ts';
import type { AssetId } from '../../domain/asset.ts';
import type { CommandEntry } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';
import { isOpen, type Category, type Team, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { routeOf } from '../../domain/work.ts';
import type { AlarmEvent } from '../../rules/watching.ts';
import { subjectInWords } from '../../rules/wording.ts';
import { joinAlarm, openTicket, type Birth } from '../../tickets/ticket-book.ts';
import { titleOf } from '../../tickets/wording.ts';
import { sensorWord } from './sensor-word.ts';
import { fallDue } from './ticket-dues.ts';
import { openByPerson, stepByPerson } from './ticket-people.ts';
import { agreed, handOver, settled } from './ticket-repair.ts';
import {
  activeAlarms,
  buildingOf,
  chargeNow,
  createTicketScene,
  machineStep,
  nextNumber,
  openTicketOf,
  putTicket,
  TICKET_KEY,
  waitFor,
  type TicketScene,
  type TicketSite,
} from './ticket-scene.ts';

export interface Ticketing {
  /** What residents' words are obeyed in, too. */
  readonly scene: TicketScene;
  /** Follows what the rules said, in order. */
  follow(events: readonly AlarmEvent[], at: Instant): void;
  /** A reading of this asset was put: perhaps what a ticket waits for. */
  heard(asset: AssetId, at: Instant): void;
  /** Opens a person's new ticket. */
  open(command: CommandEntry): void;
  /** Takes a person's step; one that a change in between made illegal leaves the ticket as it is. */
  step(command: CommandEntry): void;
  /** Whether this key of the agenda was a ticket's, which then has been seen to. */
  due(key: string, at: Instant): boolean;
  /** Waits again for what the tickets of a saved standing wait for. */
  arm(): void;
}

export function createTicketing(site: TicketSite, standing: Standing): Ticketing {
  const scene = createTicketScene(site, standing);
  return {
    scene,
    follow(events, at) {
      // The bigger fault's ticket must be there before the smaller ones are merged into it.
      for (const event of events) if (event.kind === 'raised') raised(scene, event, at);
      for (const event of events) if (event.kind === 're-alarm') raisedAnew(scene, event, at);
      for (const event of events) if (event.kind === 'joined') joined(scene, event.alarm, at);
      for (const event of events) if (event.kind === 'absorbed') absorbed(scene, event.alarm, at);
      for (const event of events) if (event.kind === 'cleared') cleared(scene, event.alarm, at);
      for (const event of events) if (event.kind === 'severity') regraded(scene, event.alarm, at);
    },
    heard(asset, at) {
      if (scene.parked.size === 0) return;
      for (const id of scene.parked.get(asset) ?? []) {
        const ticket = standing.tickets.get(id);
        if (ticket && sensorWord(scene, ticket, at).kind === 'agrees')
          agreed(scene, ticket, { at, by: `sensor ${asset}` });
      }
    },
    open: (command) => openByPerson(scene, command),
    step: (command) => stepByPerson(scene, command),
    due(key, at) {
      if (!key.startsWith(TICKET_KEY)) return false;
      fallDue(scene, key.slice(TICKET_KEY.length), at);
      return true;
    },
    arm() {
      for (const [, ticket] of standing.tickets.all()) waitFor(scene, ticket);
    },
  };
}

type Raised = Extract<AlarmEvent, { kind: 'raised' }>;
type ReAlarm = Extract<AlarmEvent, { kind: 're-alarm' }>;

function raised(scene: TicketScene, { alarm, rule }: Raised, at: Instant): void {
  const now = scene.standing.alarms.get(alarm.id) ?? alarm;
  // Absorbed in the very instant that it rose: the bigger fault's ticket speaks for it.
  if (!rule.ticket || now.explainedBy !== undefined || now.incident !== undefined) return;
  const before = openTicketFor(scene.standing, rule.ticket.category, alarm.asset);
  const after = before
    ? broken(joinAlarm(before, now), now, at)
    : openTicket(birthByAlarm(scene, { alarm: now, ...rule.ticket }, at));
  putTicket(scene, { before, after }, at);
  scene.standing.alarms.put(alarm.id, { ...now, ticket: after.id });
}

/** Back from a shelf, or the same condition again: its work goes on, or where that ended, begins anew. */
function raisedAnew(scene: TicketScene, { alarm, rule }: ReAlarm, at: Instant): void {
  if (!openTicketOf(scene, alarm)) raised(scene, { kind: 'raised', alarm, rule }, at);
}

/** It came in a flood: what nobody has touched yet goes into the incident's work. */
function joined(scene: TicketScene, { id }: Alarm, at: Instant): void {
  const { alarms, tickets } = scene.standing;
  const alarm = alarms.get(id);
  const before = tickets.get(alarms.get(alarm?.incident ?? '')?.ticket ?? '');
  if (!alarm || !before || !isOpen(before)) return;
  const own = openTicketOf(scene, alarm);
  if (!own) {
    putTicket(scene, { before, after: joinAlarm(before, alarm) }, at);
    alarms.put(id, { ...alarm, ticket: before.id });
  } else if (own.state === 'raised') {
    const body = { into: before.id, reason: `${alarm.incident}: ${before.title}` };
    const merged = machineStep(own, { action: 'merge', at, body });
    putTicket(scene, { before: own, after: merged }, at);
    handOver(scene, merged, at);
  }
}

/** What was thought mended and is broken again goes back to those who mended it. */
const broken = (ticket: Ticket, { asset, text }: Alarm, at: Instant): Ticket =>
  machineStep(ticket, { action: 'return', by: `sensor ${asset}`, at, body: { reason: text } });

function birthByAlarm(
  scene: TicketScene,
  { alarm, category, team }: { alarm: Alarm; category: Category; team: Team },
  at: Instant,
): Birth {
  const place = subjectInWords(scene.compound, alarm.asset);
  const building = buildingOf(scene, alarm.asset);
  const { assignee } = chargeNow(scene, { category, building, team }, at);
  return {
    number: nextNumber(scene),
    category,
    route: routeOf(scene.work, category, 'machine'),
    team,
    ...(assignee !== undefined && { assignee }),
    severity: alarm.severity,
    asset: alarm.asset,
    ...(building !== undefined && { building }),
    place,
    title: titleOf(category, place),
    raisedBy: `rule ${alarm.rule}`,
    role: 'sensor',
    at,
    alarm,
  };
}

function cleared(scene: TicketScene, alarm: Alarm, at: Instant): void {
  const before = openTicketOf(scene, alarm);
  if (!before || activeAlarms(scene, before).length > 0) return;
  const by = `sensor ${alarm.asset}`;
  if (before.parkedUntil !== undefined) {
    if (sensorWord(scene, before, at).kind === 'agrees') agreed(scene, before, { at, by });
    return;
  }
  const after = machineStep(before, { action: 'rectify', by, at });
  if (after !== before) putTicket(scene, { before, after: settled(scene, after, { at, by }) }, at);
}

/** What nobody has touched yet goes into the bigger fault's ticket; what somebody took stays theirs. */
function absorbed(scene: TicketScene, alarm: Alarm, at: Instant): void {
  const before = openTicketOf(scene, alarm);
  const bigger = scene.standing.alarms.get(alarm.explainedBy ?? '');
  if (!before || bigger?.ticket === undefined || before.state !== 'raised') return;
  const body = { into: bigger.ticket, reason: `${bigger.id}: ${bigger.text}` };
  const after = machineStep(before, { action: 'merge', at, body });
  putTicket(scene, { before, after }, at);
  handOver(scene, after, at);
}

/** A ticket is as grave as its gravest alarm has been. */
function regraded(scene: TicketScene, alarm: Alarm, at: Instant): void {
  const before = openTicketOf(scene, alarm);
  if (!before || SEVERITIES.indexOf(alarm.severity) <= SEVERITIES.indexOf(before.severity)) return;
  putTicket(scene, { before, after: joinAlarm(before, alarm) }, at);
}

function openTicketFor(standing: Standing, category: Category, asset: string): Ticket | undefined {
  for (const [, ticket] of standing.tickets.all()) {
    if (isOpen(ticket) && ticket.category === category && ticket.asset === asset) return ticket;
  }
  return undefined;
}
