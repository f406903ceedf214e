import type { Counts } from '../../gateway/flow/tally.ts';

/** Of somebody who never spoke. */
export const NO_COUNTS: Counts = {
  heard: 0,
  framed: 0,
  decoded: 0,
  stored: 0,
  failed: 0,
  readings: 0,
  acknowledged: 0,
  rejected: new Map(),
  dropped: new Map(),
};
