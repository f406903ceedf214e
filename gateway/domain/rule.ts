// A rule as the site file states it: on what, which condition, for how long, what it opens.
import type { AssetKind, DailySpan, SourceId } from './asset.ts';
import type { Severity } from './alarm.ts';
import type { Quantity } from './quantity.ts';
import type { Category, Team } from './ticket.ts';
import type { Duration } from './time.ts';

/** Hours of the site's week, and whether its public holidays belong to them. */
export interface Hours {
  readonly spans: readonly DailySpan[];
  readonly holidays: 'as-weekdays' | 'only' | 'never';
}

interface RuleHead {
  readonly id: string;
  readonly severity: Severity;
  /** The condition must hold this long, unbroken, before the alarm is raised. */
  readonly holdFor: Duration;
  /** It must be gone this long, unbroken, before the alarm is over: the off-delay. None where absent. */
  readonly clearFor?: Duration;
  /** `when-seen`: over only once a person has acknowledged it, though the condition be gone (latching). */
  readonly ends?: 'by-itself' | 'when-seen';
  /** An alarm that was acknowledged and still stands after this long is unacknowledged again. */
  readonly reAlarmAfter?: Duration;
  /** From these values on it is graver; the severity follows the value, up and down again. */
  readonly graver?: readonly { readonly from: number; readonly severity: Severity }[];
  /** Judged only in these hours of the site; out of them nothing trips and nothing clears. */
  readonly during?: Hours;
  /** The ticket that the alarm opens; none for an alarm that is only shown. */
  readonly ticket?: { readonly category: Category; readonly team: Team };
  /** Narrows `on` to these ids. */
  readonly only?: readonly string[];
}

/** A quantity past a limit; back only once it is past the clear level on the other side. */
export interface ThresholdRule extends RuleHead {
  readonly kind: 'threshold';
  readonly on: AssetKind;
  readonly quantity: Quantity;
  readonly side: 'above' | 'below';
  readonly limit: number;
  readonly clearAt: number;
}

/** A device that has not been heard for too long. Its subject is the device. */
export interface SilenceRule extends RuleHead {
  readonly kind: 'silence';
  readonly on: 'device';
  readonly silentFor: Duration;
}

/** A lamp that draws almost nothing while it should be lit, or draws while it should not. */
export interface LampRule extends RuleHead {
  readonly kind: 'lamp';
  readonly on: 'lamp';
  readonly should: 'on' | 'off';
  /** Of the nominal watts: below this a lamp counts as dark, at or above it as lit. */
  readonly litFrom: number;
}

/** Most of a circuit's lamps gone at once, dark by the named rule or silent: one fault. */
export interface MostOfRule extends RuleHead {
  readonly kind: 'most-of';
  readonly on: 'circuit';
  /** The lamp rule whose condition is counted. */
  readonly of: string;
  /** More than this share of the lamps must be gone, and never fewer than two lamps. */
  readonly share: number;
}

/** A source that cannot be heard. Its subject is the source; it explains its devices' silence. */
export interface LinkRule extends RuleHead {
  readonly kind: 'link';
  readonly on: 'source';
  readonly sources?: readonly SourceId[];
}

/** A number that never moves where a healthy sensor's would. */
export interface StuckRule extends RuleHead {
  readonly kind: 'stuck';
  readonly on: AssetKind;
  readonly quantity: Quantity;
  readonly unchangedFor: Duration;
}

export type RuleSettings =
  | ThresholdRule
  | SilenceRule
  | LampRule
  | MostOfRule
  | LinkRule
  | StuckRule;
