// Tells systemd that the gateway is well, and says nothing when it is not: systemd then restarts
// it. Well means: the event loop turns, and what the intake handed to the log is being answered, if
// only with a refusal: a disk that fails is told on the screens first (endurance.ts). A port or a
// broker that is away is no reason: a restart brings neither back.
//
// Node has no datagram sockets of the Unix kind, so systemd's own `systemd-notify` carries the
// words; the unit must say `NotifyAccess=all`.
import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { milliseconds, type Cancel, type Clock, type Duration } from '../domain/time.ts';

export interface Vitals {
  /** The longest that the event loop stood still since it was last asked. */
  readonly stalledMs: number;
  readonly store: {
    /** How long what the intake wrote has waited for the disk; absent where nothing waits. */
    readonly waitingMs?: number;
  };
}

/** Why the dog must not be fed; undefined where all is well. */
export function whyUnwell({ stalledMs, store }: Vitals, patience: Duration): string | undefined {
  if (stalledMs > patience) return `the event loop stood still for ${Math.round(stalledMs)} ms`;
  const waitingMs = store.waitingMs ?? 0;
  if (waitingMs > patience) return `a commit has waited for ${Math.round(waitingMs)} ms`;
  return undefined;
}

export interface WatchdogParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: WatchdogLogger;
  readonly store: () => Vitals['store'];
}

interface WatchdogLogger {
  info(facts: object, words: string): void;
  error(facts: object, words: string): void;
}

export interface Watchdog {
  /** The gateway is ready; from now on it says that it is well for as long as it is. */
  ready(url: string): void;
  /** It stops on purpose. */
  stopping(): void;
}

/** Without systemd around us nobody is told anything. */
export function createWatchdog(parts: WatchdogParts): Watchdog {
  const { env, logger } = parts;
  const socket = env['NOTIFY_SOCKET'];
  if (socket === undefined) return { ready: () => undefined, stopping: () => undefined };
  const tell = teller(env, logger);
  const period = periodOf(env['WATCHDOG_USEC']);
  let cancel: Cancel = () => undefined;
  return {
    ready(url) {
      tell('READY=1', `STATUS=ready at ${url}`);
      if (period !== undefined) cancel = feed(parts, period, () => tell('WATCHDOG=1'));
    },
    stopping() {
      cancel();
      tell('STOPPING=1', 'STATUS=stopping');
    },
  };
}

/** systemd asks in microseconds; undefined where it does not watch. */
function periodOf(microseconds: string | undefined): Duration | undefined {
  const period = Number(microseconds) / 1000;
  return period > 0 ? milliseconds(period) : undefined;
}

/** Three times a period, so that one late process is not the end of us. */
function feed({ clock, logger, store }: WatchdogParts, period: Duration, bark: () => void): Cancel {
  const loop = monitorEventLoopDelay();
  loop.enable();
  let unwell: string | undefined;
  let cancel: Cancel;
  const beat = (): void => {
    const why = whyUnwell({ stalledMs: loop.max / 1e6, store: store() }, milliseconds(period / 2));
    loop.reset();
    if (why === undefined) bark();
    if (why !== undefined && unwell === undefined)
      logger.error({ why }, 'unwell: the watchdog is not fed');
    if (why === undefined && unwell !== undefined)
      logger.info({ was: unwell }, 'well again: the watchdog is fed');
    unwell = why;
    cancel = clock.after(milliseconds(period / 3), beat);
  };
  cancel = clock.after(milliseconds(period / 3), beat);
  return () => {
    cancel();
    loop.disable();
  };
}

/** A word that does not arrive is said once; systemd notices by itself. */
function teller(env: WatchdogParts['env'], logger: WatchdogLogger): (...words: string[]) => void {
  let said: string | undefined;
  return (...words) => {
    execFile('systemd-notify', words, { env: { ...env }, timeout: 5000 }, (error) => {
      if (error && error.message !== said)
        logger.error({ err: error }, 'systemd could not be told how the gateway is');
      said = error?.message;
    });
  };
}
