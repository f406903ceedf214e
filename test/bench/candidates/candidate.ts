// The contract of a candidate: whatever takes what the lamps say, brings it to InfluxDB and, where it
// can, tells of leaks above the limit by HTTP.
import type { InfluxAt } from '../influx-count.ts';

export interface Candidate {
  /** A column of the table. */
  readonly name: string;
  /** What it is called on the command line. */
  readonly key: string;
  /** Shown for comparison, with no target: measured once, and in a short run only if asked for. */
  readonly isBeside?: boolean;
  /** Far from keeping up with 10,000 messages a second: what it does then is no figure. */
  readonly isSlow?: boolean;
  /** In words and numbers, for who reads the results. */
  version(): string;
  /** A rate that it should keep up with, to begin the search at. */
  readonly beginAt: number;
  start(around: Surroundings): Promise<Running>;
}

export interface Surroundings {
  /** Empty, and its own until the end. */
  readonly folder: string;
  readonly lamps: number;
  readonly influx: InfluxAt;
  readonly alertUrl: string;
}

export interface Running {
  readonly mqttUrl: string;
  /** All processes that do its work, a broker among them. */
  readonly pids: readonly number[];
  readonly tellsAlerts: boolean;
  /** The last of what it printed, for when it fails. */
  output(): string;
  stop(): Promise<void>;
}
