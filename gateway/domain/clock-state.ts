// What is known of the clock that stamps everything: whether to believe it, and what speaks for it.
// A clock that nobody vouches for and nothing speaks against is believed: most machines say nothing.
import { instant, type Instant } from './time.ts';

/** `unsynchronised`: known to be wrong, or about to be set. `unknown`: believed all the same. */
export const CLOCK_STATES = ['synchronised', 'unsynchronised', 'unknown'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** One run of the machine; it tells how its runs of the gateway lie beside each other. */
export interface MachineRun {
  readonly id: string;
  /** How long it had been up; its sleep counts. */
  readonly upMs: number;
}

/** What the machine says of its own clock. */
export interface ClockEvidence {
  /** Whether the network has set it. `awaited`: nothing kept it while the machine was off. */
  setByNetwork(): 'yes' | 'awaited' | 'unknown';
  /** Undefined where the machine does not say. */
  machine(): MachineRun | undefined;
}

/** The years in which this version can be running: a clock outside of them was never set. */
const FIRST = instant(Date.UTC(2026, 0, 1));
const LAST = instant(Date.UTC(2036, 0, 1));

export const isPossible = (moment: Instant): boolean => moment >= FIRST && moment < LAST;

/** For people, also where no calendar has the moment. */
export const momentInWords = (moment: Instant): string =>
  Math.abs(moment) <= 8.64e15 ? new Date(moment).toISOString() : `${moment} ms since 1970`;

/**
 * What an impossible clock breaks that seems to be broken elsewhere: no certificate is valid in 1970.
 * Undefined while the clock is not to blame.
 */
export const clockToBlame = (now: Instant): string | undefined =>
  isPossible(now)
    ? undefined
    : `this machine’s clock says ${momentInWords(now)}: no certificate is valid then`;
