// One list of rules on stage: the same step as the gateway's, over a standing of its own that nobody
// saves. What it would have raised and opened is noted as it is put; nothing is told, nothing acts.
import type { Alarm } from '../../domain/alarm.ts';
import type { LogRecord } from '../../domain/record.ts';
import type { RuleSettings } from '../../domain/rule.ts';
import { createStanding, type Slices, type Standing } from '../../domain/standing.ts';
import { isOpen, type Category, type Ticket } from '../../domain/ticket.ts';
import type { Instant } from '../../domain/time.ts';
import { createStep, type StepSite } from '../step.ts';

export type StageSite = Omit<StepSite, 'rules' | 'channels'>;

/** An alarm, as far as two rehearsals of it can be compared. */
export interface Occurrence {
  readonly rule: string;
  readonly asset: string;
  readonly raisedAt: Instant;
  readonly clearedAt?: Instant;
  /** Nobody is told of it: a bigger alarm speaks in its place, or people are at work on it. */
  readonly isQuiet: boolean;
}

export interface RehearsedTicket {
  readonly category: Category;
  readonly asset?: string;
  /** The rule whose alarm opened it. */
  readonly rule: string;
  readonly raisedAt: Instant;
  /** The sensor itself saw it mended: people do not act in a rehearsal. */
  readonly endedAt?: Instant;
}

export interface Stage {
  fold(record: LogRecord): void;
  /** Forgets what is over; called now and then. */
  tidy(): void;
  /** How many alarms so far. */
  raised(): number;
  /** In order of birth. */
  alarms(): Occurrence[];
  tickets(): RehearsedTicket[];
}

export function createStage(site: StageSite, rules: readonly RuleSettings[]): Stage {
  const alarms = new Map<string, Occurrence>();
  const tickets = new Map<string, RehearsedTicket>();
  const ruleOf = (ticket: Ticket): string => alarms.get(ticket.alarms[0] ?? '')?.rule ?? '';
  const own = createStanding({ slices: [], alarms: [], tickets: [] });
  const standing: Standing = {
    ...own,
    alarms: heard(own.alarms, (alarm) => alarms.set(alarm.id, occurrenceOf(alarm))),
    tickets: heard(own.tickets, (ticket) =>
      tickets.set(
        ticket.id,
        rehearsedTicket(ticket, tickets.get(ticket.id)?.rule ?? ruleOf(ticket)),
      ),
    ),
  };
  const step = createStep({ ...site, rules, channels: [] }, standing);
  return {
    fold: (record) => void step.fold(record),
    tidy() {
      own.takeChanges();
      step.takeNotices();
      step.takeAudit();
      step.takeEvidence();
    },
    raised: () => alarms.size,
    alarms: () => [...alarms.values()],
    tickets: () => [...tickets.values()],
  };
}

/** The same slices, with somebody who hears of every put. */
const heard = <T>(slices: Slices<T>, hear: (value: T) => unknown): Slices<T> => ({
  ...slices,
  put(id, value) {
    hear(value);
    slices.put(id, value);
  },
});

export const occurrenceOf = (alarm: Alarm): Occurrence => ({
  rule: alarm.rule,
  asset: alarm.asset,
  raisedAt: alarm.raisedAt,
  ...(alarm.clearedAt !== undefined && { clearedAt: alarm.clearedAt }),
  isQuiet: [alarm.explainedBy, alarm.untold, alarm.suppressedReason].some(
    (why) => why !== undefined,
  ),
});

function rehearsedTicket(ticket: Ticket, rule: string): RehearsedTicket {
  const { category, asset, raisedAt, history } = ticket;
  const endedAt = isOpen(ticket) ? undefined : history.at(-1)?.at;
  return {
    category,
    rule,
    raisedAt,
    ...(asset !== undefined && { asset }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
