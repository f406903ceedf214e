import type { Severity } from './alarm.ts';
import type { Category, Team } from './ticket.ts';
import type { Duration, Instant } from './time.ts';

/** An alarm as a flood counts it. */
export interface Arrival {
  readonly alarm: string;
  readonly severity: Severity;
  readonly at: Instant;
}

/** What came to one team of late, and the incident that stands for all of it while there is a flood. */
export interface Flood {
  /** The last of each severity, oldest first, and no more of them than there is need to count. */
  readonly arrivals: readonly Arrival[];
  readonly incident?: string;
  /** What is no graver than this comes in the incident; what is graver speaks for itself. */
  readonly level?: Severity;
  /** How many came since it began, those that tripped it included. */
  readonly count?: number;
}

/** A flood's incident is an alarm like any other but for its rule, which no site file states. */
export interface FloodRule {
  readonly kind: 'flood';
  readonly id: 'flood';
  readonly severity: Severity;
  readonly holdFor: Duration;
  readonly ticket?: { readonly category: Category; readonly team: Team };
}

export const FLOOD = 'flood';
