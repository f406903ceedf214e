import type { OutsideRule } from '../domain/rule.ts';
import type { Instant } from '../domain/time.ts';
import { CLEAR, DEAD_BAND, type Verdict } from './verdict.ts';

/** Exactly at either end nothing trips; exactly at the clear band's ends it is clear. */
export function judgeOutside(rule: OutsideRule, value: number, at: Instant): Verdict {
  if (value < rule.least || value > rule.most) return { kind: 'violated', since: at, value };
  return value >= rule.clearLeast && value <= rule.clearMost ? CLEAR : DEAD_BAND;
}
