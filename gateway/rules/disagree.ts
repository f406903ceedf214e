import type { DisagreeRule } from '../domain/rule.ts';
import type { Latest } from '../domain/standing.ts';
import { instant, type Instant } from '../domain/time.ts';
import { isMoreThan } from './more-than.ts';
import { CLEAR, UNKNOWN, type Verdict } from './verdict.ts';

interface Pairing {
  readonly one: Latest | undefined;
  readonly other: Latest | undefined;
  /** What a whole `on` is in the other's unit: a lamp's nominal watts; 1 where both share a unit. */
  readonly scale: number;
}

/** Of what was not said at about the same time, nobody can tell that it disagrees. */
export function judgeDisagree(rule: DisagreeRule, pairing: Pairing): Verdict {
  const { one, other, scale } = pairing;
  if (!one || !other || Math.abs(one.observedAt - other.observedAt) > rule.within) return UNKNOWN;
  const apart = Math.abs(one.value - other.value / scale);
  // The one that spoke last made it so.
  const since: Instant = instant(Math.max(one.receivedAt, other.receivedAt));
  return isMoreThan(apart, rule.moreThan) ? { kind: 'violated', since, value: one.value } : CLEAR;
}
