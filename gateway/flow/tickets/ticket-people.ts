// What people's accepted commands make of tickets. Whether they are accepted, ticket-commands.ts has
// asked; the fold asks the table once more, because the log is what counts.
import { canonical } from '../../domain/audit.ts';
import { SEVERITIES } from '../../domain/alarm.ts';
import type { CommandEntry } from '../../domain/record.ts';
import { CATEGORIES, type Role, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { routeOf } from '../../domain/work.ts';
import { subjectInWords } from '../../rules/wording.ts';
import { openTicket, takeStep, type Birth } from '../../tickets/ticket-book.ts';
import { mayBeGiven } from '../../tickets/routing.ts';
import { titleOf } from '../../tickets/wording.ts';
import { digestOf } from '../../validate/digest.ts';
import { handOver, settled } from './ticket-repair.ts';
import {
  buildingOf,
  chargeNow,
  machineStep,
  nextNumber,
  putTicket,
  type TicketScene,
} from './ticket-scene.ts';

/** Of a request as such, to know it again under its key. A photo has another name each time it is sent. */
export function digestOfAsk({ action, body }: Pick<CommandEntry, 'action' | 'body'>): number {
  const { photos, ...rest } = body;
  const count = Array.isArray(photos) ? photos.length : 0;
  return digestOf(canonical({ action, body: rest, photos: count }));
}

const keyed = (command: CommandEntry) =>
  command.key === undefined ? {} : { key: command.key, digest: digestOfAsk(command) };

export function openByPerson(scene: TicketScene, command: CommandEntry): void {
  const { body, by, role, receivedAt: at } = command;
  const words = body as Record<string, string | undefined>;
  const { asset, note } = words;
  const category = wordOr(CATEGORIES, words['category'], 'other');
  const building =
    words['building'] ?? (asset === undefined ? undefined : buildingOf(scene, asset));
  const place = words['place'] ?? placeOf(scene, asset, building);
  const birth: Birth = {
    number: nextNumber(scene),
    category,
    route: routeOf(scene.work, category, 'person'),
    ...chargeNow(scene, { category, building }, at),
    severity: wordOr(SEVERITIES, words['severity'], 'medium'),
    place,
    title: words['title'] ?? titleOf(category, place),
    raisedBy: by,
    role: role as Role,
    at,
    ...(asset === undefined ? {} : { asset }),
    ...(building === undefined ? {} : { building }),
    ...(note === undefined ? {} : { note }),
    ...keyed(command),
  };
  putTicket(scene, { after: openTicket(birth) }, at);
}

function placeOf(
  { compound, work }: TicketScene,
  asset: string | undefined,
  building: string | undefined,
): string {
  if (asset !== undefined) return subjectInWords(compound, asset);
  return work.buildings.get(building ?? '')?.name ?? building ?? compound.place.name;
}

export function stepByPerson(scene: TicketScene, command: CommandEntry): void {
  const { id, action, by, role, body, receivedAt: at } = command;
  const before = scene.standing.tickets.get(id ?? '');
  if (!before) return;
  const step = { action, by, role: role as Role, at, body, ...keyed(command) };
  const result = takeStep(before, step, scene.work.standIns);
  if (result.kind !== 'taken') return;
  putTicket(scene, { before, after: followed(scene, { before, after: result.ticket }, at) }, at);
  if (action === 'merge') handOver(scene, result.ticket, at);
}

/** What the house adds to a person's step in the same breath. */
function followed(
  scene: TicketScene,
  { before, after }: { readonly before: Ticket; readonly after: Ticket },
  at: Instant,
): Ticket {
  if (after.state === before.state) return after;
  switch (after.state) {
    case 'rectified':
      return settled(scene, after, { at });
    case 'looked-back':
      // No sensor rates a repair.
      return after.history[0]?.role === 'sensor'
        ? machineStep(after, { action: 'close', at })
        : after;
    case 'answered':
      return before.team === after.team ? after : givenAnew(scene, after, at);
    default:
      return after;
  }
}

/** Another team's now: whoever does not belong to it cannot keep it. */
function givenAnew(scene: TicketScene, ticket: Ticket, at: Instant): Ticket {
  const { assignee, ...rest } = ticket;
  const person = scene.standing.people.get(assignee ?? '');
  if (person && mayBeGiven(person, ticket.team)) return ticket;
  const { category, building, team } = ticket;
  const charge = chargeNow(scene, { category, building, team }, at);
  return { ...rest, ...(charge.assignee !== undefined && { assignee: charge.assignee }) };
}

function wordOr<W extends string>(words: readonly W[], word: unknown, otherwise: W): W {
  return words.find((known) => known === word) ?? otherwise;
}
