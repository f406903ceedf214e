// Who keeps the time, and what hangs on it: the log that says so, what is stamped, what waits for its
// moment. Without a clock that can be kept (a recording's, a hand's) time is what it says it is.
import type { Standing } from '../domain/standing.ts';
import { createClockKeeping, type ClockKeeping } from '../flow/clock/clock-keeping.ts';
import { createClockLog } from '../flow/clock/clock-log.ts';
import { createRestamp } from '../flow/clock/clock-restamp.ts';
import type { CloseStack } from '../ops/close-stack.ts';
import { createFaultLog } from '../ops/fault-log.ts';
import type { Store } from '../store/log.ts';
import type { Inside } from './face.ts';
import type { AppOptions } from './options.ts';

export interface Timed {
  /** The same store; its log says what there is to say of the clock before anything else. */
  readonly store: Store;
  readonly keeping: ClockKeeping | undefined;
}

export interface TimedParts {
  readonly options: AppOptions;
  readonly store: Store;
  readonly standing: Standing;
  readonly onFault: (fault: unknown) => void;
}

export function buildTimekeeping(parts: TimedParts): Timed {
  const { options, store, standing, onFault } = parts;
  const { clock, timekeeping, logger } = options;
  if (!timekeeping) return { store, keeping: undefined };
  const log = createClockLog({
    log: store.log,
    clock,
    before: () => keeping.lookIfBlind(),
    onFault,
  });
  const keeping = createClockKeeping({
    ...timekeeping,
    newest: standing.gateway().lastAt,
    say: (entry) => log.say(entry),
    logger,
  });
  return { store: { ...store, log }, keeping };
}

/** From here on the clock is looked at, and what had no moment is written again when it has one. */
export function keepTime(
  { options, store, standing, fold, keeping }: Inside,
  closing: CloseStack,
): void {
  const { clock, logger } = options;
  const restamp = createRestamp({
    log: store.log,
    standing,
    clock,
    settled: (sequence) => fold.settled(sequence),
    onFault: createFaultLog(logger, clock),
  });
  restamp.start();
  closing.push('what waits for its moment', () => restamp.stop());
  keeping?.start();
  closing.push('clock', async () => keeping?.stop());
}
