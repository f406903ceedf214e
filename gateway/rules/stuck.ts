import type { Latest } from '../domain/standing.ts';
import type { StuckRule } from '../domain/rule.ts';
import { later, type Instant } from '../domain/time.ts';
import type { Verdict } from './verdict.ts';

/**
 * A living sensor trembles: a distance that stays the same to the millimetre for hours is a sensor
 * that hears itself. Silence is not stuckness, so only what it went on repeating counts.
 */
export function judgeStuck(rule: StuckRule, latest: Latest, now: Instant): Verdict {
  const stuckAt = later(latest.changedAt, rule.unchangedFor);
  if (latest.receivedAt >= stuckAt)
    return { kind: 'violated', since: stuckAt, value: latest.value };
  return now < stuckAt ? { kind: 'clear', lookAgainAt: stuckAt } : { kind: 'clear' };
}
