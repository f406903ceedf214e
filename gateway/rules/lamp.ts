import type { Lamp } from '../domain/asset.ts';
import { isLit } from '../domain/lamp.ts';
import type { Watts } from '../domain/quantity.ts';
import type { LampRule } from '../domain/rule.ts';
import type { AssetStanding } from '../domain/standing.ts';
import type { Instant } from '../domain/time.ts';
import { CLEAR, DEAD_BAND, UNKNOWN, type Verdict } from './verdict.ts';

/**
 * The draw decides; a lamp without a meter is taken at its switch's word. Out of the hours that the
 * rule speaks of nothing trips, but nothing is over either: sunrise does not mend a dead lamp, only
 * seeing it do what it should.
 */
export function judgeLamp(
  rule: LampRule,
  lamp: { readonly lamp: Lamp; readonly standing: AssetStanding; readonly shouldBeOn: boolean },
  at: Instant,
): Verdict {
  const { power, on } = lamp.standing.latest;
  const spoke = power ?? on;
  if (!spoke || spoke.doubt) return UNKNOWN;
  const wanted = rule.should === 'on';
  const lit = power ? isLit(lamp.lamp, power.value as Watts, rule.litFrom) : spoke.value === 1;
  if (lit === wanted) return CLEAR;
  if (lamp.shouldBeOn !== wanted) return DEAD_BAND;
  return { kind: 'violated', since: at, value: spoke.value };
}
