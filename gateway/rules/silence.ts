import { instant, later, type Duration, type Instant } from '../domain/time.ts';
import { UNKNOWN, type Verdict } from './verdict.ts';

export interface Hearing {
  readonly heardAt?: Instant;
  /** Since when it could have been heard: the gateway was up, its line too, nothing bigger was wrong. */
  readonly audibleSince: Instant;
}

/**
 * No device is accused of a time in which it could not have been heard; nor does such a time acquit
 * it: only its own word ends an alarm, so that a restart does not call a dead sensor mended.
 */
export function judgeSilence(silentFor: Duration, device: Hearing, now: Instant): Verdict {
  const heardAt = device.heardAt ?? instant(0);
  // Nobody has listened yet, as at the beginning of a recording.
  if (device.heardAt === undefined && device.audibleSince === 0) return UNKNOWN;
  const silentAt = later(instant(Math.max(heardAt, device.audibleSince)), silentFor);
  if (now >= silentAt) return { kind: 'violated', since: silentAt };
  const isHeard = now < later(heardAt, silentFor);
  return { kind: isHeard ? 'clear' : 'dead-band', lookAgainAt: silentAt };
}
