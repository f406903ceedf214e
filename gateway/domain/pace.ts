// What is remembered of how often a device speaks.
import type { Duration, Instant } from './time.ts';

export interface Pace {
  /** When it first spoke, and when it last did, as far as its gaps are known. */
  readonly since: Instant;
  readonly at: Instant;
  /** Its last gaps, oldest first; bounded. */
  readonly gaps: readonly Duration[];
}
