// Where a fault stops travelling and is written to the log: once a minute per code, with a count of
// those in between, because a full disk says the same thing a thousand times a second.
import { Fault } from '../domain/fault.ts';
import { minutes, type Clock, type Instant } from '../domain/time.ts';

export interface FaultLogger {
  error(facts: object, words: string): void;
}

const QUIET_FOR = minutes(1);

export function createFaultLog(logger: FaultLogger, clock: Clock): (fault: unknown) => void {
  const said = new Map<string, { at: Instant; unsaid: number }>();
  return (fault) => {
    const code = fault instanceof Fault ? fault.code : 'unexpected';
    const before = said.get(code);
    const now = clock.now();
    // Both ways: a clock set back by hours must not mean hours of silence.
    if (before && Math.abs(now - before.at) < QUIET_FOR) {
      before.unsaid += 1;
      return;
    }
    said.set(code, { at: now, unsaid: 0 });
    const hint = fault instanceof Fault ? { hint: fault.hint } : {};
    const again = before && before.unsaid > 0 ? { alsoSinceLast: before.unsaid } : {};
    logger.error(
      { code, ...hint, ...again, err: fault },
      fault instanceof Error ? fault.message : String(fault),
    );
  };
}
