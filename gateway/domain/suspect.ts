// A deposit that looks like dumping (偷倒): nobody has seen it, the circumstances speak for it. What a
// person saw and wrote down is a ticket; this is only why somebody should look.
import type { AssetId } from './asset.ts';
import type { Instant } from './time.ts';

export const SUSPICIONS = ['no-lid', 'night', 'heap'] as const;
/**
 * `no-lid`: weight came and the lid stayed shut. `night`: while no window was open and people sleep.
 * `heap`: more in one go, or within minutes, than a household brings.
 */
export type Suspicion = (typeof SUSPICIONS)[number];

export interface Suspect {
  readonly asset: AssetId;
  readonly at: Instant;
  readonly kg?: number;
  readonly litres?: number;
  readonly why: readonly Suspicion[];
}
