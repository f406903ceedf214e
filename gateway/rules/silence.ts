import type { SilenceRule } from '../domain/rule.ts';
import { later, type Instant } from '../domain/time.ts';
import type { Verdict } from './verdict.ts';

/** @param since when it was last heard, or could first have been heard */
export function judgeSilence(rule: SilenceRule, since: Instant, now: Instant): Verdict {
  const silentAt = later(since, rule.silentFor);
  return now >= silentAt
    ? { kind: 'violated', since: silentAt }
    : { kind: 'clear', lookAgainAt: silentAt };
}
