// What some rules remember between two verdicts: where a number came from, how often a device speaks,
// when another rule was raised. Written only for the pairs that ask for it, and bounded for each, so
// that readings which no such rule speaks of cost nothing.
import type { RepeatRule, SilenceRule } from '../domain/rule.ts';
import type { Standing } from '../domain/standing.ts';
import type { Instant } from '../domain/time.ts';
import { noiseTraced } from './noise.ts';
import { paced } from './pace.ts';
import { countedRaising } from './repeat.ts';
import type { Pair } from './rule-book.ts';
import { rateTraced } from './rate.ts';

/** To be called with the newest reading in place, before the pair is judged. */
export function rememberReading(
  standing: Standing,
  { key, rule, subject }: Pair,
  at: Instant,
): void {
  if (rule.kind !== 'rate' && rule.kind !== 'noise') return;
  const value = standing.assets.get(subject)?.latest[rule.quantity]?.value;
  if (value === undefined) return;
  const before = standing.traces.get(key);
  const point = { value, at };
  const after =
    rule.kind === 'rate' ? rateTraced(before, point, rule) : noiseTraced(before, point, rule);
  standing.traces.put(key, after);
}

export function rememberWord(
  standing: Standing,
  { subject }: Pair<SilenceRule>,
  { at, audibleSince }: { readonly at: Instant; readonly audibleSince: Instant },
): void {
  const device = standing.devices.get(subject);
  const pace = paced(device?.pace, at, audibleSince);
  if (pace !== device?.pace) standing.devices.put(subject, { ...device, pace });
}

export function rememberRaising(
  standing: Standing,
  { key, rule }: Pair<RepeatRule>,
  at: Instant,
): void {
  standing.raisings.put(key, countedRaising(standing.raisings.get(key) ?? [], at, rule));
}

export const isSilence = (pair: Pair): pair is Pair<SilenceRule> => pair.rule.kind === 'silence';

export const learnsPace = (pair: Pair): pair is Pair<SilenceRule> =>
  pair.rule.kind === 'silence' && pair.rule.silentFor === 'learned';

export const isRepeat = (pair: Pair): pair is Pair<RepeatRule> => pair.rule.kind === 'repeat';
