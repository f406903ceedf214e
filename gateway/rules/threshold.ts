import type { ThresholdRule } from '../domain/rule.ts';
import type { Instant } from '../domain/time.ts';
import { CLEAR, DEAD_BAND, type Verdict } from './verdict.ts';

/** Exactly at the limit nothing trips; exactly at the clear level it is clear. */
export function judgeThreshold(rule: ThresholdRule, value: number, at: Instant): Verdict {
  const sign = rule.side === 'above' ? 1 : -1;
  if (sign * (value - rule.limit) > 0) return { kind: 'violated', since: at, value };
  if (sign * (value - rule.clearAt) <= 0) return CLEAR;
  return DEAD_BAND;
}
