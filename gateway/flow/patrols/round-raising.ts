// One tap on a round: what is bad becomes work, by the same way as any ticket that a person raises.
// Promise: one open ticket per category and place, whoever saw it; a second pair of eyes is a comment.
import type { Compound } from '../../domain/asset.ts';
import type { LookItem, PatrolPlace } from '../../domain/patrol.ts';
import type { CommandEntry } from '../../domain/record.ts';
import type { Standing } from '../../domain/standing.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import type { Ticketing } from '../tickets/ticketing.ts';

export interface RaisingParts {
  readonly compound: Compound;
  readonly standing: Standing;
  readonly ticketing: Pick<Ticketing, 'open' | 'step'>;
}

interface Seen {
  readonly place: PatrolPlace;
  readonly item: LookItem;
  readonly note: string | undefined;
}

/** The id of the ticket that it opened or joined. */
export function raiseOnRound(parts: RaisingParts, seen: Seen, command: CommandEntry): string {
  const { standing, ticketing } = parts;
  const words = seen.note === undefined ? seen.item.ask : `${seen.item.ask} ${seen.note}`;
  const known = openTicketAt(parts, seen);
  const { by, role, receivedAt } = command;
  const entry = { kind: 'command', on: 'ticket', by, role, receivedAt } as const;
  if (known) {
    ticketing.step({ ...entry, id: known.id, action: 'comment', body: { text: words } });
    return known.id;
  }
  const body = { category: seen.item.category, note: words, ...whereOf(parts, seen.place) };
  ticketing.open({ ...entry, action: 'raise', body });
  return `T${standing.gateway().ticketsOpened}`;
}

function whereOf({ compound }: RaisingParts, { at, kind }: PatrolPlace): Record<string, string> {
  if (kind === 'building') return { building: at };
  if (kind !== 'station') return { asset: at };
  const { name = at, building } = compound.stations.get(at) ?? {};
  return { place: name, ...(building !== undefined && { building }) };
}

function openTicketAt(parts: RaisingParts, { place, item }: Seen): Ticket | undefined {
  for (const [, ticket] of parts.standing.tickets.all()) {
    const isOfIt = isOpen(ticket) && !ticket.suggestion && ticket.category === item.category;
    if (isOfIt && isAt(parts, ticket, place) && isSame(ticket, item)) return ticket;
  }
  return undefined;
}

/** What is merely “other” is the same only where the same question raised it. */
const isSame = ({ history }: Ticket, { category, ask }: LookItem): boolean =>
  category !== 'other' || history[0]?.reason?.startsWith(ask) === true;

/** What is wrong with a station's bin is wrong at the station; a lamp is dark with its circuit. */
function isAt({ compound }: RaisingParts, ticket: Ticket, { at, kind }: PatrolPlace): boolean {
  if (kind === 'building') return ticket.asset === undefined && ticket.building === at;
  if (ticket.asset === undefined)
    return kind === 'station' && ticket.place === compound.stations.get(at)?.name;
  if (ticket.asset === at) return true;
  const asset = compound.assets.get(ticket.asset);
  if (asset?.kind === 'bin' || asset?.kind === 'scale') return asset.station === at;
  return asset?.kind === 'circuit' && asset.lamps.includes(at);
}
