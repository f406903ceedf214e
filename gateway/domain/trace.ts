// What is remembered of the last readings of one number: enough to say how far it went or how much it
// trembled within a span, in a few figures whatever the pace at which it is heard.
import type { Instant } from './time.ts';

export interface TracePoint {
  readonly value: number;
  readonly at: Instant;
}

/** The newest point, and what it is held against. */
export interface Trace extends TracePoint {
  /** Since when it was heard without a gap of the whole span. */
  readonly since: Instant;
  /** From where it may have set out, oldest first; bounded. */
  readonly starts?: readonly TracePoint[];
  /** How much it moved from reading to reading, by stretches of the span, oldest first; bounded. */
  readonly stretches?: readonly TraceStretch[];
}

export interface TraceStretch {
  readonly since: Instant;
  /** How many steps from one reading to the next, and how far they went in all. */
  readonly steps: number;
  readonly moved: number;
}
