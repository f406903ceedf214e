// One number that one device said of one asset at one moment, and what we think of it.
import type { AssetId, DeviceId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import type { Instant } from './time.ts';

/** Why a reading is kept but believed by no rule. Each word is a counter of the same name. */
export const DOUBTS = ['jump', 'late', 'device-time', 'bad-echo'] as const;
export type Doubt = (typeof DOUBTS)[number];

/**
 * Whether a reading belongs in charts, InfluxDB and sums. A late one is true and only out of order:
 * rules must not fire from the past, but history wants it.
 */
export const isMeasurement = (doubt: Doubt | undefined): boolean =>
  doubt === undefined || doubt === 'late';

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
