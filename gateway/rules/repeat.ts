import type { RepeatRule } from '../domain/rule.ts';
import { instant, later, type Instant } from '../domain/time.ts';
import { CLEAR, type Verdict } from './verdict.ts';

/** No more moments than the rule needs to count past its limit; those of a clock since set back go. */
export function countedRaising(
  before: readonly Instant[],
  at: Instant,
  rule: RepeatRule,
): readonly Instant[] {
  return [...before.filter((moment) => moment <= at), at].slice(-(rule.moreThan + 1));
}

/** What was raised exactly `within` ago counts no more, so that there is a moment at which it is over. */
export function judgeRepeat(rule: RepeatRule, raised: readonly Instant[], now: Instant): Verdict {
  const oldest = raised[0];
  if (oldest === undefined || raised.length <= rule.moreThan) return CLEAR;
  const overAt = later(oldest, rule.within);
  if (now >= overAt) return CLEAR;
  const since = instant(raised.at(-1) ?? now);
  return { kind: 'violated', since, value: raised.length, lookAgainAt: overAt };
}
