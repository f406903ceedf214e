// The loop that a ticket walks, as far as it has come: which steps are behind it, whose they were and
// when, and which one it stands before. A ticket that was sent back stands again where it was.
import type { HistoryView, TicketView } from '../../gateway/api/schemas.ts';

const FULL = ['raised', 'answered', 'rectified', 'inspected', 'looked-back', 'closed'] as const;
const SHORT = ['raised', 'answered', 'rectified', 'closed'] as const;
const CUT_SHORT = ['declined', 'merged'] as const;
export type StepName = (typeof FULL)[number] | (typeof CUT_SHORT)[number];

export interface LoopStep {
  readonly name: StepName;
  /** skipped: it went on without it, as what mends itself needs no answer. */
  readonly state: 'done' | 'now' | 'ahead' | 'skipped';
  readonly entry?: HistoryView;
}

export function stepsOf(ticket: TicketView): LoopStep[] {
  const { state, route, history } = ticket;
  const path: readonly StepName[] = route === 'full' ? FULL : SHORT;
  const cut = CUT_SHORT.find((name) => name === state);
  const pass = sinceSentBack(history);
  const reached = (name: StepName): HistoryView | undefined => {
    if (name === 'answered')
      return last(history.filter(isFirstAnswer), name) ?? last(history, name);
    return last(name === 'raised' ? history : pass, name);
  };
  if (cut) {
    const behind = path.filter((name) => last(history, name) !== undefined);
    return [...behind, cut].map((name) => stepAt(name, 'done', last(history, name)));
  }
  const place = path.findIndex((name) => name === state);
  return path.map((name, index) => {
    if (index > place) return stepAt(name, index === place + 1 ? 'now' : 'ahead');
    const entry = reached(name);
    return stepAt(name, entry || index === place ? 'done' : 'skipped', entry);
  });
}

const stepAt = (name: StepName, state: LoopStep['state'], entry?: HistoryView): LoopStep => ({
  name,
  state,
  ...(entry && { entry }),
});

/** The entry that last brought it there. */
const last = (history: readonly HistoryView[], name: string): HistoryView | undefined =>
  [...history].reverse().find(({ from, to }) => to === name && from !== to);

/** Sent back, it is in hand again, and what came after that before no longer counts. */
function sinceSentBack(history: readonly HistoryView[]): readonly HistoryView[] {
  const back = [...history].reverse().find(isSentBack);
  return back ? history.slice(history.indexOf(back)) : history;
}

const BEHIND_ANSWERED: readonly string[] = [
  'rectified',
  'inspected',
  'looked-back',
  'closed',
  'declined',
];

/** To be sent back is no answer. */
const isFirstAnswer = (entry: HistoryView): boolean => !isSentBack(entry);

/** By a person or by its sensor; reopened too. */
export const isSentBack = ({ from, to }: HistoryView): boolean =>
  to === 'answered' && BEHIND_ANSWERED.includes(from);

/** The sensor's own words when it last did not agree, while that still matters. */
export function disagreement(ticket: TicketView): string | undefined {
  const pass = sinceSentBack(ticket.history);
  const [first] = pass;
  const isSensors = first !== undefined && isSentBack(first) && MACHINES.includes(first.role);
  return isSensors && ticket.state === 'answered' ? first.reason : undefined;
}

const MACHINES: readonly string[] = ['sensor', 'gateway'];
