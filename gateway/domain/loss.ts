// What was lost, in the words of the loss ledger. Nothing that was acknowledged can be in here: these
// are things that were never taken, and every one of them is counted by its reason.
import type { DeviceId, SourceId } from './asset.ts';
import type { Instant } from './time.ts';

/** Why something that was on its way was not written down. Each word is a counter of its name. */
export const LOSS_REASONS = [
  // given up by our own policy, before it was taken
  'shed', // QoS 0 that the store was too slow for
  'overflow', // lines of a serial port that waited too long, oldest first
  'storage', // what nobody sends again, refused by a failing disk
  'skipped', // bytes between two frames, counted in bytes
  'turned-away', // connections and packets refused at the door
  // told by the device's own counter, or by its rhythm
  'gap', // numbers of its counter that never came
  'silence', // messages that its rhythm promised and that never came
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** One drop, or several of one reason in a row: between two moments, so many. */
export interface Loss {
  readonly source: SourceId;
  readonly device?: DeviceId;
  readonly reason: LossReason;
  readonly from: Instant;
  readonly to: Instant;
  /** Messages; bytes for `skipped`. */
  readonly count: number;
}
