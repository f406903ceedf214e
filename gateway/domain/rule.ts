// A rule as the site file states it: on what, which condition, for how long, what it opens.
import type { Meaning } from './agreement.ts';
import type { AssetId, AssetKind, DropOffWindow, SourceId } from './asset.ts';
import type { Severity } from './alarm.ts';
import type { Quantity } from './quantity.ts';
import type { Category, Team } from './ticket.ts';
import type { Duration } from './time.ts';

/** Hours of the site's week, and whether its public holidays belong to them. */
export interface Hours {
  /** Whole days where there are none. */
  readonly spans: readonly DropOffWindow[];
  readonly holidays: 'as-weekdays' | 'only' | 'never';
  /** First and last day of each year, as 06-01; `to` before `from` reaches over the new year. */
  readonly season?: { readonly from: string; readonly to: string };
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

/** A quantity that has left its band; back only once it is well inside again. */
export interface OutsideRule extends RuleHead {
  readonly kind: 'outside';
  readonly on: AssetKind;
  readonly quantity: Quantity;
  readonly least: number;
  readonly most: number;
  /** Where it is well inside: the band's own ends where nothing else is said. */
  readonly clearLeast: number;
  readonly clearMost: number;
}

/** A quantity that went up or down by more than so much in less than so long. */
export interface RateRule extends RuleHead {
  readonly kind: 'rate';
  readonly on: AssetKind;
  readonly quantity: Quantity;
  readonly side: 'rises' | 'falls';
  readonly by: number;
  readonly within: Duration;
}

/** A number that trembles more than a healthy sensor's would. */
export interface NoiseRule extends RuleHead {
  readonly kind: 'noise';
  readonly on: AssetKind;
  readonly quantity: Quantity;
  /** Standard deviation, in the quantity's unit. */
  readonly moreThan: number;
  readonly within: Duration;
}

/** A load that came to rest outside every drop-off window of its station. */
export interface OffHoursRule extends RuleHead {
  readonly kind: 'off-hours';
  readonly on: 'bin' | 'scale';
  readonly quantity: 'net';
  readonly moreThanKg: number;
}

/** What it means that a bin's scale and its fill sensor do not agree. */
export interface MeaningRule extends RuleHead {
  readonly kind: 'meaning';
  readonly on: 'bin';
  readonly quantity: 'net' | 'fill';
  readonly meaning: Meaning;
}

/** Two numbers that should say the same, and do not. */
export interface DisagreeRule extends RuleHead {
  readonly kind: 'disagree';
  readonly on: AssetKind;
  readonly quantity: Quantity;
  /** The other number: of the same asset where none is named. */
  readonly other: { readonly asset?: AssetId; readonly quantity: Quantity };
  readonly moreThan: number;
  /** Numbers further apart in time than this are not compared. */
  readonly within: Duration;
}

/** A condition that comes and goes: another rule that was raised too often on one subject. */
export interface RepeatRule extends RuleHead {
  readonly kind: 'repeat';
  readonly on: AssetKind | 'device' | 'source';
  /** The rule whose alarms are counted. */
  readonly of: string;
  readonly moreThan: number;
  readonly within: Duration;
}

/** A device that has not been heard for too long. Its subject is the device. */
export interface SilenceRule extends RuleHead {
  readonly kind: 'silence';
  readonly on: 'device';
  /** `learned`: a multiple of the pace at which it was heard. */
  readonly silentFor: Duration | 'learned';
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
  | OutsideRule
  | RateRule
  | NoiseRule
  | OffHoursRule
  | DisagreeRule
  | MeaningRule
  | RepeatRule
  | SilenceRule
  | LampRule
  | MostOfRule
  | LinkRule
  | StuckRule;
