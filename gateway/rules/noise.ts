// How much a number trembles: its standard deviation as a control chart of single readings has it,
// the mean step between neighbours over 1.128. Unlike the plain deviation it is not raised by a level
// that goes somewhere, as a filling bin's does; unlike the range it does not grow with the count of
// readings, and one bad echo among many adds little. Steps are summed up by twelfths of the span.
import type { NoiseRule } from '../domain/rule.ts';
import { earlier, later, milliseconds } from '../domain/time.ts';
import type { Trace, TracePoint, TraceStretch } from '../domain/trace.ts';
import { isMoreThan } from './more-than.ts';
import { unbroken } from './trace.ts';
import { CLEAR, UNKNOWN, type Verdict } from './verdict.ts';

/** d₂ of two: the mean distance of two draws from a normal distribution, in deviations. */
const STEP_PER_DEVIATION = 1.128;
/** Of fewer steps nothing is said. */
const LEAST_STEPS = 10;
const PARTS = 12;

export function noiseTraced(
  before: Trace | undefined,
  point: TracePoint,
  rule: Pick<NoiseRule, 'within'>,
): Trace {
  const known = unbroken(before, point, rule.within);
  if (!known) return { ...point, since: point.at, stretches: [] };
  const step = Math.abs(point.value - known.value);
  const oldest = earlier(point.at, rule.within);
  const stretches = (known.stretches ?? []).filter(({ since }) => since >= oldest);
  const last = stretches.at(-1);
  const part = milliseconds(rule.within / PARTS);
  if (last && point.at < later(last.since, part))
    stretches[stretches.length - 1] = withStep(last, step);
  else stretches.push({ since: point.at, steps: 1, moved: step });
  return { ...point, since: known.since, stretches };
}

const withStep = ({ since, steps, moved }: TraceStretch, step: number): TraceStretch => ({
  since,
  steps: steps + 1,
  moved: moved + step,
});

export function judgeNoise(rule: NoiseRule, trace: Trace | undefined): Verdict {
  let steps = 0;
  let moved = 0;
  for (const stretch of trace?.stretches ?? []) {
    steps += stretch.steps;
    moved += stretch.moved;
  }
  if (!trace || steps < LEAST_STEPS) return UNKNOWN;
  const deviation = moved / steps / STEP_PER_DEVIATION;
  return isMoreThan(deviation, rule.moreThan)
    ? { kind: 'violated', since: trace.at, value: deviation }
    : CLEAR;
}
