// The state of a condition, after ISA-18.2 and OPC UA Part 9. An alarm is not work: work is a ticket.
import type { AssetId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import type { Instant } from './time.ts';

export const SEVERITIES = ['low', 'medium', 'high'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ALARM_STATES = [
  'active-unacknowledged',
  'active-acknowledged',
  'returned-unacknowledged',
  'shelved',
  'normal',
] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

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
  readonly acknowledgedBy?: string;
  readonly shelvedUntil?: Instant;
  /** When it was shelved, by the same clock as its end. */
  readonly shelvedAt?: Instant;
  readonly shelvedReason?: string;
  /** The ticket that this alarm opened or joined. */
  readonly ticket?: string;
  /** What one cause took with it: a dead circuit's lamps, the first to go first. */
  readonly inside: readonly AssetId[];
  /** The bigger alarm that explains this one; it then speaks to nobody. */
  readonly explainedBy?: string;
}

/** Whether the condition itself still holds. */
export const isActive = (alarm: Alarm): boolean => alarm.clearedAt === undefined;
