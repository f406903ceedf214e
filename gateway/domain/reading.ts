// One number that one device said of one asset at one moment, and what we think of it.
import type { AssetId, DeviceId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import type { Instant } from './time.ts';

/** What is held against a reading that is kept all the same. Each word is a counter of the same name. */
export const DOUBTS = [
  // believed by no rule
  'jump',
  'late',
  'bad-echo',
  // our own clock was known to be wrong: rules believe it, but nobody knows when it was
  'unsynchronised',
  // what was `unsynchronised`, written once more when its moment was known; rules knew it already
  'restamped',
] as const;
export type Doubt = (typeof DOUBTS)[number];

/**
 * Whether a reading belongs in charts, InfluxDB and sums. A late one is true and only out of order:
 * rules must not fire from the past, but history wants it. An unsynchronised one has no moment yet;
 * it is counted where it is restamped, and so exactly once.
 */
export const isMeasurement = (doubt: Doubt | undefined): boolean =>
  doubt === undefined || doubt === 'late' || doubt === 'restamped';

/** Why something was not taken as a reading at all. Each word is a counter of the same name. */
export const REFUSALS = [
  // the frame or payload as a whole
  'checksum',
  'malformed',
  'too-long',
  'not-ascii',
  'not-json',
  'too-deep',
  'too-large',
  'empty',
  // what it speaks of
  'unknown-device',
  'unknown-channel',
  'unknown-quantity',
  'unknown-asset',
  'unknown-topic',
  'unknown-decoder',
  // how it came
  'retained',
  // the number
  'not-a-number',
  'out-of-range',
  'bad-time',
  'duplicate',
  // what a device says of itself
  'unstable',
  'overload',
  'underload',
  'no-echo',
  'sensor-fault',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface Reading {
  readonly device: DeviceId;
  readonly asset: AssetId;
  readonly quantity: Quantity;
  /** In the quantity's unit (quantity.ts). */
  readonly value: number;
  /** The device's moment where it sent a plausible one, else ours. */
  readonly observedAt: Instant;
  /** Ours. */
  readonly receivedAt: Instant;
  /** Absent on a reading that rules may believe. */
  readonly doubt?: Doubt;
}
