// What is known already of a printed code's place and not mended yet, for whoever stands before it and
// is about to report it: what, by how many, by when. Nobody's words, nobody's name.
import type { KnownReport } from '../../api/desk.ts';
import type { Compound } from '../../domain/asset.ts';
import { ticketOf } from '../../domain/report.ts';
import type { Standing } from '../../domain/standing.ts';
import { isOpen, type Ticket } from '../../domain/ticket.ts';
import { reportersOf } from './report-fold.ts';
import { expectedOf } from './report-view.ts';
import { iso } from '../views.ts';

interface Scene {
  readonly compound: Pick<Compound, 'assets'>;
  readonly standing: Pick<Standing, 'reports' | 'tickets'>;
}

const MOST = 4;

/** Newest first: what residents told of it, and what its own sensors raised. */
export function knownAt({ compound, standing }: Scene, code: string): KnownReport[] {
  const told = new Set<string>();
  for (const [, report] of standing.reports.all())
    if (report.spot === code && report.kind === 'fault') told.add(ticketOf(report));
  const isThere = ({ asset = '' }: Ticket): boolean => {
    const about = compound.assets.get(asset);
    return asset === code || (about !== undefined && 'station' in about && about.station === code);
  };
  return [...standing.tickets.all()]
    .map(([, ticket]) => ticket)
    .filter((ticket) => isOpen(ticket) && (told.has(ticket.id) || isThere(ticket)))
    .toSorted((one, other) => other.number - one.number)
    .slice(0, MOST)
    .map(knownView);
}

function knownView(ticket: Ticket): KnownReport {
  const expectedAt = expectedOf(ticket);
  return {
    category: ticket.category,
    neighbours: reportersOf(ticket),
    ...(expectedAt !== undefined && { expectedAt: iso(expectedAt) }),
  };
}
