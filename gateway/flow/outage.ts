// A far side that is lost, as one story: one line when it is lost, one when it is back, however many
// attempts of however many lanes lie between; and how long each lane waits before it tries again.
import type { Clock, Duration, Instant } from '../domain/time.ts';
import { between, formatDuration, milliseconds, seconds } from '../domain/time.ts';

/** Takes pino's. */
export interface OutageLogger {
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
}

export interface Failure {
  readonly why: string;
  /** The far side asks for no attempt before this. */
  readonly after?: Duration;
}

export interface Outage<Lane extends string> {
  /** Counts a failed attempt; the span until the next. */
  failed(lane: Lane, failure: Failure): Duration;
  /**
   * Whether the lane had been failing. `left`: what is still to be done, for the line that says that
   * the far side is back.
   */
  succeeded(lane: Lane, left: () => number): boolean;
  /** The words of the last failure, and since when there has been one. */
  current(): { readonly since: Instant; readonly why: string } | undefined;
  /** Says nothing more: what is cut short by stopping is no loss. */
  mute(): void;
}

interface OutageParts {
  /** The far side, as the log is to name it. */
  readonly about: Readonly<Record<string, string>>;
  /** What keeps what cannot be delivered, in a word. */
  readonly keptIn: string;
  readonly clock: Clock;
  /** 0 ≤ n < 1. Spreads the attempts of many gateways that lost the same server. */
  readonly random: () => number;
  readonly logger: OutageLogger;
}

const FIRST_WAIT = seconds(1);
const LONGEST_WAIT = seconds(30);
/** Share of a wait that chance may take off. */
const JITTER = 0.25;

/** 1 s, 2 s, 4 s … 30 s; a little earlier by chance, never later. */
export function waitBefore(attempt: number, random: () => number): Duration {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
  return milliseconds(wait * (1 - JITTER * random()));
}

export function createOutage<Lane extends string>(parts: OutageParts): Outage<Lane> {
  const { about, keptIn, clock, random, logger } = parts;
  const failing = new Map<Lane, { readonly why: string; readonly attempts: number }>();
  let since: Instant | undefined;
  let isMute = false;
  return {
    failed(lane, { why, after }) {
      if (since === undefined && !isMute) {
        logger.warn({ ...about, why }, `down; the ${keptIn} keeps it all`);
      }
      since ??= clock.now();
      const attempts = failing.get(lane)?.attempts ?? 0;
      failing.set(lane, { why, attempts: attempts + 1 });
      return milliseconds(Math.max(after ?? 0, waitBefore(attempts, random)));
    },
    succeeded(lane, left) {
      if (!failing.delete(lane)) return false;
      if (failing.size > 0 || since === undefined) return true;
      const outage = between(since, clock.now());
      const words = `back after ${formatDuration(outage)}`;
      logger.info({ ...about, outageMs: outage, behind: left() }, words);
      since = undefined;
      return true;
    },
    current() {
      const why = [...failing.values()].at(-1)?.why;
      return since === undefined || why === undefined ? undefined : { since, why };
    },
    mute: () => {
      isMute = true;
    },
  };
}
