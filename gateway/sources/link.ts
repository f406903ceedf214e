// The way to a source, kept open: tries, is lost, tries again by back-off, for ever.
//
//   starting ──▶ up ──lost──▶ down ──attempt──▶ up
//       └───────── failed ─────▲──┘ failed: wait longer
//
// Each loss and each return is said exactly once, to the intake and in one log line; further
// failed attempts in between only keep `why` true.
import { Fault } from '../domain/fault.ts';
import type { SourceId } from '../domain/asset.ts';
import type { Cancel, Clock, Duration, Instant } from '../domain/time.ts';
import { between, formatDuration, milliseconds } from '../domain/time.ts';
import type { Chance } from './back-off.ts';
import { createBackOff, LONGEST_WAIT } from './back-off.ts';
import type { Intake, SourceHealth } from './source.ts';

/** What a source says of itself in the log; pino's loggers fit. */
export interface SourceLog {
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
}

/** What every source is handed. */
export interface SourceSurroundings {
  readonly intake: Intake;
  readonly clock: Clock;
  readonly log: SourceLog;
  /** Spreads the waits between attempts; Math.random where nothing is handed in. */
  readonly chance?: Chance;
}

export interface Link {
  /** Resolves when the first attempt is over, however it ended. */
  start(): Promise<void>;
  /** Says that what the last attempt opened is gone. */
  lost(fault: Fault): void;
  /** No attempt is under way, and none will follow, once resolved. */
  stop(): Promise<void>;
  health(): Standing;
}

type Standing = Pick<SourceHealth, 'state' | 'lost' | 'why'>;

/**
 * @param attempt opens the way; rejects with a Fault where it cannot be opened. One may still be
 * under way when `stop` is called, so what is open is closed after `stop` has resolved.
 */
export function createLink(
  id: SourceId,
  attempt: () => Promise<void>,
  around: SourceSurroundings,
): Link {
  const { clock } = around;
  const backOff = createBackOff(around.chance);
  const standing = createStanding(id, around);
  let cancel: Cancel | undefined;
  let current: Promise<void> = Promise.resolve();
  let stopped = false;

  function tryNow(): Promise<void> {
    current = attempt().then(came, (error: unknown) => went(asFault(error)));
    return current;
  }

  function came(): void {
    if (!stopped) standing.came();
  }

  function went(fault: Fault): void {
    if (stopped) return;
    // A way that breaks again at once was not yet a success.
    if (standing.upFor() >= LONGEST_WAIT) backOff.reset();
    standing.went(fault);
    // Rejects only for a mistake of ours, and such a one must end the process.
    cancel = clock.after(backOff.next(), () => void tryNow());
  }

  return {
    start: tryNow,
    lost: (fault) => {
      if (standing.health().state === 'up') went(fault);
    },
    async stop() {
      stopped = true;
      cancel?.();
      await current;
    },
    health: () => standing.health(),
  };
}

/** Whether the way is open, since when, and the saying of it. */
function createStanding(id: SourceId, { intake, clock, log }: SourceSurroundings) {
  let state: SourceHealth['state'] = 'starting';
  let since: Instant = clock.now();
  let lost = 0;
  let why: string | undefined;
  const sinceThen = (): Duration => between(since, clock.now());

  return {
    came(): void {
      if (state === 'down') {
        const outage = sinceThen();
        log.info({ source: id, outageMs: outage }, `back after ${formatDuration(outage)}`);
      } else {
        log.info({ source: id }, 'open');
      }
      [state, since, why] = ['up', clock.now(), undefined];
      intake.link({ of: 'source', id, state: 'up' });
    },
    went(fault: Fault): void {
      why = fault.message;
      if (state === 'down') return;
      if (state === 'up') lost += 1;
      [state, since] = ['down', clock.now()];
      log.warn({ source: id, code: fault.code, hint: fault.hint }, `down: ${why}`);
      intake.link({ of: 'source', id, state: 'down', why });
    },
    /** Nothing for a way that is not open. */
    upFor: (): Duration => (state === 'up' ? sinceThen() : milliseconds(0)),
    health: (): Standing => ({ state, lost, ...(why !== undefined && { why }) }),
  };
}

/** What is no Fault is a mistake of ours; it must not be retried in silence. */
function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
