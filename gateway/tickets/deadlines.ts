// When each step is due, when somebody up the ladder hears of it, and what waiting does to that.
// A due time belongs to the step that the ticket stands before: it is made when the step comes up,
// shifts by the time spent waiting, and goes with the step.
import type { Severity } from '../domain/alarm.ts';
import type { Compound } from '../domain/asset.ts';
import type { Ticket } from '../domain/ticket.ts';
import { later, milliseconds, type Instant } from '../domain/time.ts';
import type { TimedStep, WorkSettings } from '../domain/work.ts';
import { AROUND_THE_CLOCK, dayKinds, workCalendar, type WorkCalendar } from './calendar.ts';

export interface Deadlines {
  /** The ticket with the times that follow from a step; `before` is absent for a new one. */
  timed(before: Ticket | undefined, after: Ticket, at: Instant): Ticket;
}

/** Of the time for a step, how much is gone when the next person up hears of it. */
const SOON = 0.8;

export function createDeadlines(place: Compound['place'], work: WorkSettings): Deadlines {
  const working = workCalendar(place.zone, work.hours, dayKinds(place.holidays));
  const calendarOf = (severity: Severity): WorkCalendar =>
    severity === 'high' ? AROUND_THE_CLOCK : working;
  const begun = (ticket: Ticket, at: Instant): Ticket =>
    withDueTime(ticket, at, { work, calendar: calendarOf(ticket.severity) });
  return {
    timed(before, after, at) {
      if (isNewStep(before, after)) return begun(after, at);
      if (before && before.waiting !== undefined && after.waiting === undefined)
        return resumed(after, { since: before.waitingSince ?? at, at }, calendarOf(after.severity));
      if (before && before.severity !== after.severity) return hurried(after, begun(after, at));
      return after;
    },
  };
}

/** Another state, sent back to the same one, or inspected only from the sensor's word on. */
const isNewStep = (before: Ticket | undefined, after: Ticket): boolean =>
  before === undefined ||
  before.state !== after.state ||
  (before.parkedUntil !== undefined && after.parkedUntil === undefined);

/** What somebody has to do next; nothing where only a sensor, or nobody, has a word to say. */
export function stepBefore(ticket: Ticket): TimedStep | undefined {
  switch (ticket.state) {
    case 'raised':
      return 'answer';
    case 'answered':
      return 'rectify';
    case 'rectified':
      return ticket.route === 'full' && ticket.parkedUntil === undefined ? 'inspect' : undefined;
    case 'inspected':
      return 'look-back';
    default:
      return undefined;
  }
}

interface Clockwork {
  readonly work: WorkSettings;
  readonly calendar: WorkCalendar;
}

function withDueTime(ticket: Ticket, at: Instant, { work, calendar }: Clockwork): Ticket {
  if (ticket.state === 'looked-back') return { ...ticket, closesAt: later(at, work.rateWithin) };
  const step = stepBefore(ticket);
  if (!step) return ticket;
  const lookBackAt = later(at, work.lookBackAfter);
  const start = step === 'look-back' ? lookBackAt : at;
  const isSet = ticket.dueSetBy !== undefined && ticket.dueAt !== undefined;
  const dueAt = isSet
    ? (ticket.dueAt ?? at)
    : calendar.after(start, work.limits[step][ticket.severity]);
  return {
    ...ticket,
    dueAt,
    soonAt: calendar.after(start, milliseconds(SOON * calendar.counted(start, dueAt))),
    ...(step === 'look-back' && { lookBackAt }),
  };
}

/** What was left when it began to wait is left again; what was over then stays over. */
function resumed(
  ticket: Ticket,
  { since, at }: { readonly since: Instant; readonly at: Instant },
  calendar: WorkCalendar,
): Ticket {
  const shifted = (moment: Instant | undefined): Instant | undefined =>
    moment === undefined || moment <= since
      ? moment
      : calendar.after(at, calendar.counted(since, moment));
  const [dueAt, soonAt] = [shifted(ticket.dueAt), shifted(ticket.soonAt)];
  return {
    ...ticket,
    ...(dueAt !== undefined && { dueAt }),
    ...(soonAt !== undefined && { soonAt }),
  };
}

/** Graver than it was: sooner due, never later. */
function hurried(ticket: Ticket, anew: Ticket): Ticket {
  if (ticket.waiting !== undefined || ticket.dueSetBy !== undefined) return ticket;
  if (ticket.dueAt === undefined || anew.dueAt === undefined || anew.dueAt >= ticket.dueAt)
    return ticket;
  const { dueAt, soonAt } = anew;
  return { ...ticket, dueAt, ...(soonAt !== undefined && { soonAt }) };
}

export type Due =
  /** The sensor has not agreed in time. */
  | { readonly kind: 'unmended'; readonly at: Instant }
  /** Nobody has rated it in time. */
  | { readonly kind: 'unrated'; readonly at: Instant }
  | { readonly kind: 'escalate'; readonly when: 'before' | 'after'; readonly at: Instant };

/** What happens to it next though nobody touch it. While it waits, none of it is anybody's fault. */
export function nextDue(ticket: Ticket): Due | undefined {
  const { parkedUntil, closesAt, soonAt, dueAt, escalated } = ticket;
  if (parkedUntil !== undefined) return { kind: 'unmended', at: parkedUntil };
  if (closesAt !== undefined) return { kind: 'unrated', at: closesAt };
  if (ticket.waiting !== undefined || stepBefore(ticket) === undefined) return undefined;
  if (soonAt !== undefined && escalated === undefined && (dueAt === undefined || soonAt < dueAt))
    return { kind: 'escalate', when: 'before', at: soonAt };
  if (dueAt !== undefined && escalated !== 'after')
    return { kind: 'escalate', when: 'after', at: dueAt };
  return undefined;
}
