// The state of a condition, after ISA-18.2 and OPC UA Part 9. An alarm is not work: work is a ticket.
import type { AssetId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import { days, hours, type Duration, type Instant } from './time.ts';

export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How long an alarm may be shelved at once: the graver it is, the sooner somebody looks again. */
export const LONGEST_SHELF: Readonly<Record<Severity, Duration>> = {
  low: days(7),
  medium: hours(24),
  high: hours(8),
};

/** Whether the one is worse than the other. */
export const isGraver = (one: Severity, other: Severity): boolean =>
  SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other);

export const ALARM_STATES = [
  'active-unacknowledged',
  'active-acknowledged',
  'returned-unacknowledged',
  // The condition is gone, and it stands until somebody has seen it.
  'latched',
  'shelved',
  // By design: what it is about is being worked on.
  'suppressed',
  // Taken out by an engineer, until put back.
  'out-of-service',
  'normal',
] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

export const ENDED_BY = ['rule-gone', 'rule-changed'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

export interface Alarm {
  readonly id: string;
  readonly rule: string;
  /** What the condition holds of: an asset, a device, or a source. */
  readonly asset: AssetId;
  readonly severity: Severity;
  readonly state: AlarmState;
  readonly quantity?: Quantity;
  /** What tripped it, in the quantity's unit; none for a silence or a lost line. */
  readonly value?: number;
  /** The rule in words, with its limits and units. */
  readonly text: string;
  readonly raisedAt: Instant;
  readonly clearedAt?: Instant;
  /** Why it is over though nobody saw its condition end: the site file was edited. */
  readonly endedBy?: EndedBy;
  readonly acknowledgedBy?: string;
  readonly acknowledgedAt?: Instant;
  /** As what it was acknowledged: only what is graver than that asks again. */
  readonly acknowledgedAs?: Severity;
  /** Acknowledged and still standing then, it asks again. */
  readonly reAlarmAt?: Instant;
  /** When it last asked again: it became graver, came back from a shelf, or was seen too long ago. */
  readonly askedAt?: Instant;
  /** Latched: when its condition went. */
  readonly returnedAt?: Instant;
  /** Absent on a shelf that lasts until it next clears. */
  readonly shelvedUntil?: Instant;
  /** When it was shelved, by the same clock as its end. */
  readonly shelvedAt?: Instant;
  readonly shelvedReason?: string;
  /** Suppressed: why what it is about is being worked on. */
  readonly suppressedReason?: string;
  readonly takenOutBy?: string;
  readonly takenOutAt?: Instant;
  readonly takenOutReason?: string;
  /** All that its severity has been, where it followed its value; whoever heard of one hears the end. */
  readonly severities?: readonly Severity[];
  /** It comes and goes three times a minute or more: better shelved than answered each time. */
  readonly chattering?: true;
  /** The flood that it came in: the alarm that stands for all of them. */
  readonly incident?: string;
  /** It came when its flood was known, so nobody was told of it by itself. */
  readonly untold?: true;
  /** The last attempts that were answered, so that one sent again is not done again. */
  readonly keys?: readonly string[];
  /** The ticket that this alarm opened or joined. */
  readonly ticket?: string;
  /** What one cause took with it: a dead circuit's lamps, the first to go first. */
  readonly inside: readonly AssetId[];
  /** The bigger alarm that explains this one; it then speaks to nobody. */
  readonly explainedBy?: string;
}

/** Whether the condition itself still holds. */
export const isActive = (alarm: Alarm): boolean => alarm.clearedAt === undefined;
