// Who answers and mends in time, from the tickets' own histories. Medians and how many they rest on:
// a mean of waiting times tells of the one that was forgotten and of nobody else.
import type { TicketView } from '../../gateway/api/schemas.ts';

export type Team = TicketView['team'];

export interface TeamRecord {
  readonly team: Team;
  readonly raised: number;
  readonly open: number;
  readonly late: number;
  readonly answer: Median | undefined;
  readonly rectify: Median | undefined;
}

export interface Median {
  readonly seconds: number;
  /** How many it rests on. */
  readonly n: number;
}

const ENDED: readonly TicketView['state'][] = ['closed', 'declined', 'merged'];

export const isOpen = ({ state }: TicketView): boolean => !ENDED.includes(state);

/** While it waits, its time stands still. */
export const isLate = (ticket: TicketView, now: number): boolean =>
  isOpen(ticket) &&
  ticket.waiting === undefined &&
  ticket.dueAt !== undefined &&
  Date.parse(ticket.dueAt) < now;

interface Asked {
  /** Whether a ticket was raised in the period. */
  readonly isWithin: (ticket: TicketView) => boolean;
  readonly now: number;
}

/** Teams that had work in the period or have some open, the one with most late tickets first. */
export function recordsOf(tickets: readonly TicketView[], { isWithin, now }: Asked): TeamRecord[] {
  const teams = [...new Set(tickets.map(({ team }) => team))];
  return teams
    .map((team) => {
      const own = tickets.filter((ticket) => ticket.team === team && ticket.state !== 'merged');
      const raised = own.filter(isWithin);
      return {
        team,
        raised: raised.length,
        open: own.filter(isOpen).length,
        late: own.filter((ticket) => isLate(ticket, now)).length,
        answer: medianOf(raised.map((ticket) => timeTo(ticket, 'answered'))),
        rectify: medianOf(raised.map((ticket) => timeTo(ticket, 'rectified'))),
      };
    })
    .filter(({ raised, open }) => raised + open > 0)
    .sort((a, b) => b.late - a.late || b.open - a.open);
}

/** Seconds until a person first brought it there; a sensor's own word is nobody's work. */
function timeTo(ticket: TicketView, state: 'answered' | 'rectified'): number | undefined {
  const step = ticket.history.find(({ to, role }) => to === state && role !== 'sensor');
  return step && (Date.parse(step.at) - Date.parse(ticket.raisedAt)) / 1000;
}

function medianOf(times: readonly (number | undefined)[]): Median | undefined {
  const known = times.filter((time) => time !== undefined).sort((a, b) => a - b);
  const [low, high] = [known[(known.length - 1) >> 1], known[known.length >> 1]];
  if (low === undefined || high === undefined) return undefined;
  return { seconds: (low + high) / 2, n: known.length };
}
