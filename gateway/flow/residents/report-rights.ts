// What whoever reported may still do: as the follow page offers it, and as the commands ask it. A
// ticket that is out of mind is over for residents too.
import { MOST_ADDITIONS, MOST_REOPENED, type Report } from '../../domain/report.ts';
import { isOpen, mayReopen, type Ticket, type TicketState } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';

const DONE: readonly TicketState[] = ['rectified', 'inspected', 'looked-back'];

export const mayAdd = ({ additions }: Report, ticket: Ticket): boolean =>
  isOpen(ticket) && additions.length < MOST_ADDITIONS;

/** Once it was looked back on, or has ended in a way that there is something to rate. */
export const mayRate = ({ stars }: Report, { state }: Ticket): boolean =>
  stars === undefined && (state === 'looked-back' || state === 'closed');

/** Not mended after all, or declined and not to be: twice, so that it is no game. */
export const mayHaveReopened = ({ reopened }: Report, ticket: Ticket, now: Instant): boolean =>
  reopened < MOST_REOPENED &&
  (DONE.includes(ticket.state) || (ticket.state !== 'merged' && mayReopen(ticket, now)));
