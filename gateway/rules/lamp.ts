import type { Lamp } from '../domain/asset.ts';
import { isLit } from '../domain/lamp.ts';
import type { Watts } from '../domain/quantity.ts';
import type { LampRule } from '../domain/rule.ts';
import type { AssetStanding } from '../domain/standing.ts';
import type { Instant } from '../domain/time.ts';
import { CLEAR, UNKNOWN, type Verdict } from './verdict.ts';

/** The draw decides; a lamp without a meter is taken at its switch's word. */
export function judgeLamp(
  rule: LampRule,
  lamp: { readonly lamp: Lamp; readonly standing: AssetStanding; readonly shouldBeOn: boolean },
  at: Instant,
): Verdict {
  const { power, on } = lamp.standing.latest;
  const spoke = power ?? on;
  if (!spoke || spoke.doubt) return UNKNOWN;
  if (lamp.shouldBeOn !== (rule.should === 'on')) return CLEAR;
  const lit = power ? isLit(lamp.lamp, power.value as Watts, rule.litFrom) : spoke.value === 1;
  return lit === lamp.shouldBeOn ? CLEAR : { kind: 'violated', since: at, value: spoke.value };
}
