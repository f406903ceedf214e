// Which ticket a report joins: one for the same at the same spot, that nobody has mended yet, or only
// just now. Whoever raised it: a neighbour, a sensor, somebody of the house.
import type { Report } from '../../domain/report.ts';
import { ticketOf } from '../../domain/report.ts';
import type { Spot } from '../../domain/spot.ts';
import type { Category, Ticket } from '../../domain/ticket.ts';
import { between, minutes, type Instant } from '../../domain/time.ts';
import type { TicketScene } from '../tickets/ticket-scene.ts';

interface Told {
  readonly spot: Spot;
  readonly category: Category;
  readonly at: Instant;
}

/** Who comes by then has seen what was there before; later it is there again. */
const STILL_THE_SAME = minutes(30);

/** The newest where there are more. What is merely “other” is never known to be the same. */
export function ticketToJoin(
  { standing, compound }: Pick<TicketScene, 'standing' | 'compound'>,
  told: Told,
): Ticket | undefined {
  if (told.category === 'other') return undefined;
  const reported = ticketsReportedAt(standing.reports.all(), told.spot);
  let newest: Ticket | undefined;
  for (const [, ticket] of standing.tickets.all()) {
    if (ticket.category !== told.category || ticket.suggestion) continue;
    if (!isStillTheSame(ticket, told.at)) continue;
    if (!reported.has(ticket.id) && !isAt(compound, ticket, told.spot)) continue;
    if (!newest || ticket.number > newest.number) newest = ticket;
  }
  return newest;
}

function isStillTheSame({ state, history }: Ticket, at: Instant): boolean {
  if (state === 'raised' || state === 'answered') return true;
  if (state === 'declined' || state === 'merged') return false;
  const mended = history.findLast(({ from, to }) => to === 'rectified' && from !== to);
  return mended !== undefined && between(mended.at, at) <= STILL_THE_SAME;
}

function ticketsReportedAt(
  reports: Iterable<[string, Report]>,
  { code }: Spot,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, report] of reports) if (report.spot === code) found.add(ticketOf(report));
  return found;
}

function isAt(
  { assets }: TicketScene['compound'],
  { asset: id, place }: Ticket,
  spot: Spot,
): boolean {
  if (id === undefined) return place === spot.name;
  if (id === spot.code) return true;
  const asset = assets.get(id);
  if (asset?.kind === 'bin' || asset?.kind === 'scale') return asset.station === spot.code;
  // A lamp is dark with its circuit.
  return asset?.kind === 'circuit' && asset.lamps.includes(spot.code);
}
