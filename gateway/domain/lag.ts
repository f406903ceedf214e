// Whether a device tells news or history. One that was cut off sends what it kept, oldest first, and
// nothing in it need be true any more; one whose clock is simply slow is as late every time, and its
// alarms must not be lost. So a device is measured against its own usual lag, never against zero.
import { between, minutes, type Duration, type Instant } from './time.ts';

export interface Lag {
  /** How late its last news was. */
  readonly lag?: Duration;
  /** Since when all that it says is history; absent while it tells news. */
  readonly laggingSince?: Instant;
}

/** Later than usual by more than this was kept back. Heard for as long as this, the clock was set. */
const KEPT_BACK = minutes(15);

export const tellsHistory = (device: Lag): boolean => device.laggingSince !== undefined;

export function lagAfter(
  before: Lag,
  reading: { readonly observedAt: Instant; readonly receivedAt: Instant },
): Lag {
  const lag = between(reading.observedAt, reading.receivedAt);
  if (before.lag === undefined || lag <= before.lag + KEPT_BACK) return { lag };
  const laggingSince = before.laggingSince ?? reading.receivedAt;
  const isClockSet = between(laggingSince, reading.receivedAt) >= KEPT_BACK;
  return isClockSet ? { lag } : { lag: before.lag, laggingSince };
}
