// What a secret opens, years later too: the report, in mind or out of the store, and its ticket.
import type { Answer } from '../../api/desk.ts';
import { reportIdOf, ticketOf, type Report } from '../../domain/report.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Books } from '../../store/log.ts';
import { accept, refuse } from '../command.ts';
import { isDigest, isSecret, secretDigestOf } from './report-secret.ts';
import type { ViewScene } from '../views.ts';

interface HeldParts {
  readonly scene: Pick<ViewScene, 'standing'>;
  readonly books: Pick<Books, 'happening' | 'ticket'>;
}

export interface Held {
  readonly report: Report;
  readonly ticket: Ticket;
  readonly isInMind: boolean;
}

/** In the same words whether it is wrong or unknown. */
export function createHeld({ scene, books }: HeldParts) {
  const none = refuse(404, 'No such link', 'this link opens nothing');
  return async (secret: string): Promise<Answer<Held>> => {
    if (!isSecret(secret)) return none;
    const digest = secretDigestOf(secret);
    const id = reportIdOf(digest);
    const report = scene.standing.reports.get(id) ?? (await reportIn(books, id));
    if (!report || !isDigest(report.secretDigest, digest)) return none;
    const inMind = scene.standing.tickets.get(ticketOf(report));
    const ticket = inMind ?? (await books.ticket(ticketOf(report)));
    return ticket ? accept({ report, ticket, isInMind: inMind !== undefined }) : none;
  };
}

/** One that is out of mind. */
export async function reportIn(
  books: Pick<Books, 'happening'>,
  id: string,
): Promise<Report | undefined> {
  const kept = await books.happening('report', id);
  if (!kept) return undefined;
  const { at, place: spot, asset, body } = kept;
  return { ...body, id, at, spot, ...(asset !== undefined && { asset }) } as unknown as Report;
}
