// What was lost, in the words of the loss ledger. Nothing that was acknowledged can be in here: these
// are things that were never taken, and every one of them is counted by its reason.
import type { DeviceId, SourceId } from './asset.ts';
import type { LocalDay } from './day.ts';
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

/** What a silence or a gap had to do with us: the device may have spoken, and nobody listened. */
export const DEAFNESS = ['gateway-off', 'source-down'] as const;
export type Deafness = (typeof DEAFNESS)[number];

/**
 * A loss as it is kept. A gap whose numbers come late after all shrinks, and goes where nothing is
 * left of it.
 */
export interface LossRow extends Loss {
  readonly id: string;
  /** The site's day in which it was noticed. */
  readonly day: LocalDay;
  /** Gaps: the first and the last number that is missing; between them some may have come. */
  readonly firstSeq?: number;
  readonly lastSeq?: number;
  readonly why?: Deafness;
  /** The numbers of its devices tell the same loss as a gap: it says why, and is not counted again. */
  readonly isInGaps?: true;
}

/** What is no message that was on its way to the log: bytes, strangers, and what was never sent. */
const NO_MESSAGES: ReadonlySet<LossReason> = new Set(['skipped', 'turned-away', 'silence']);

/** Whether a loss belongs in the sum of the messages that were lost. */
export const isLostMessage = (reason: LossReason): boolean => !NO_MESSAGES.has(reason);

/** Drops by our own policy: these had been heard. */
export const DROPS = ['shed', 'overflow', 'storage'] as const satisfies readonly LossReason[];
