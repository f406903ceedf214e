// A load that came to rest while its station took none. It stays said until a window opens again, or
// until it is out again: taken back, or collected.
import type { OpenAt } from '../domain/opening-hours.ts';
import type { OffHoursRule } from '../domain/rule.ts';
import type { SettledWeight } from '../domain/settled-weight.ts';
import type { Instant } from '../domain/time.ts';
import { isMoreThan } from './more-than.ts';
import { CLEAR, type Verdict } from './verdict.ts';

interface Load {
  readonly weight: SettledWeight | undefined;
  /** The station's drop-off windows. */
  readonly windows: OpenAt;
  /** The rule's own hours: what was put in out of them is not spoken of. */
  readonly during?: OpenAt | undefined;
}

/** Exactly `moreThanKg` is not more. */
export function judgeOffHours(rule: OffHoursRule, load: Load, now: Instant): Verdict {
  const { weight, windows, during } = load;
  const { before, baseKg } = weight ?? {};
  const here = windows(now);
  if (here.isOpen || !before || baseKg === undefined) return CLEAR;
  const then = windows(before.at);
  // It came within a window, or a window has opened since.
  if (then.isOpen || then.until <= now) return CLEAR;
  const kg = baseKg - before.kg;
  if (!isMoreThan(kg, rule.moreThanKg) || during?.(before.at).isOpen === false)
    return { kind: 'dead-band', lookAgainAt: here.until };
  return { kind: 'violated', since: before.at, value: kg, lookAgainAt: here.until };
}
