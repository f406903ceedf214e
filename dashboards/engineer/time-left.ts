// What is left of the time for a ticket's present step. While it waits, time stands still.
import type { TicketView } from '../../gateway/api/schemas.ts';
import type { Tongue } from './tongue.ts';

export type TimeLeft =
  | { readonly kind: 'none' }
  | { readonly kind: 'paused'; readonly forMs: number }
  /** `share` of the whole time, 0…1, where that is known. */
  | { readonly kind: 'left'; readonly ms: number; readonly share?: number }
  | { readonly kind: 'over'; readonly ms: number };

/** `soonAt` says when four fifths of the time are gone. */
const SOON_LEAVES = 0.2;

export function timeLeft(ticket: TicketView, now: number): TimeLeft {
  if (ticket.waiting) {
    const since = ticket.waitingSince === undefined ? now : Date.parse(ticket.waitingSince);
    return { kind: 'paused', forMs: Math.max(0, now - since) };
  }
  if (ticket.dueAt === undefined) return { kind: 'none' };
  const dueAt = Date.parse(ticket.dueAt);
  if (dueAt < now) return { kind: 'over', ms: now - dueAt };
  const whole = ticket.soonAt && (dueAt - Date.parse(ticket.soonAt)) / SOON_LEAVES;
  const share = whole ? { share: Math.min(1, (dueAt - now) / whole) } : {};
  return { kind: 'left', ms: dueAt - now, ...share };
}

export const isOverdue = (ticket: TicketView, now: number): boolean =>
  timeLeft(ticket, now).kind === 'over';

/** “还剩 2小时”, “已超时 5分钟”, “等配件，计时暂停 3小时”. */
export function leftWords(ticket: TicketView, { words, format, now }: Tongue): string | undefined {
  const left = timeLeft(ticket, now);
  switch (left.kind) {
    case 'none':
      return undefined;
    case 'paused':
      return words.work.pausedSince(
        ticket.waiting ? words.engineer.waiting[ticket.waiting] : '',
        format.duration(left.forMs / 1000),
      );
    case 'left':
      return words.work.left(format.duration(left.ms / 1000));
    case 'over':
      return words.engineer.overdue(format.duration(left.ms / 1000));
  }
}
