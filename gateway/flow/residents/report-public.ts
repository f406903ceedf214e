// What anybody may know of what residents reported: the tickets that they told of, found by when.
import type { PublicRequest, ReportsDesk } from '../../api/desk.ts';
import { ticketOf, type Report } from '../../domain/report.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { instant } from '../../domain/time.ts';
import type { Books } from '../../store/log.ts';
import { accept, refuse } from '../command.ts';
import { reportIn } from './report-held.ts';
import type { ViewScene } from '../views.ts';
import { firstReported, publicRequest } from './report-view.ts';

interface PublicParts {
  readonly scene: Pick<ViewScene, 'standing'>;
  readonly books: Pick<Books, 'happening' | 'happenings' | 'ticket'>;
}

/** As GeoReport has it. */
const MOST = 1000;

export function createPublicRequests({
  scene,
  books,
}: PublicParts): Pick<ReportsDesk, 'publicRequest' | 'publicRequests'> {
  const { reports, tickets } = scene.standing;
  const ticketBy = async (id: string): Promise<Ticket | undefined> =>
    tickets.get(id) ?? (await books.ticket(id));
  const reportBy = async (id: string): Promise<Report | undefined> =>
    reports.get(id) ?? (await reportIn(books, id));

  async function requestOf(id: string): Promise<PublicRequest | undefined> {
    const ticket = await ticketBy(id);
    const first = ticket && firstReported(ticket);
    const told = first && (await reportBy(first.by.replace(/^resident:/, '')));
    if (!ticket || !told) return undefined;
    // What it was merged into says how it goes on.
    const followed = ticket.mergedInto === undefined ? ticket : await ticketBy(ticketOf(told));
    return publicRequest(told, { id, ticket: followed ?? ticket });
  }

  return {
    async publicRequest(id) {
      const found = await requestOf(id);
      return found ? accept(found) : refuse(404, 'No such request', `there is no request ${id}`);
    },
    async publicRequests({ from, to }) {
      const span = { from: instant(from), to: instant(to) };
      const told = await books.happenings({ kind: 'report', ...span, limit: MOST });
      const ids = [...new Set(told.map(({ body }) => String(body['ticket'])))];
      const found = await Promise.all(ids.map(requestOf));
      return found
        .filter((one) => one !== undefined)
        .filter(({ requestedAt }) => requestedAt >= from && requestedAt < to);
    },
  };
}
