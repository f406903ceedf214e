// How far a number went within a span, up to its newest reading. Between readings nothing changes: a
// sensor that fell silent while it grew hot has not cooled down.
//
// Of a rise only the low points matter from which it may have set out: each later one is higher than
// the one before, else the earlier is of no use any more. Of those within a twenty-fourth of the span
// the first is kept, so memory is bounded by the span and not by the pace, and no rise is ever taken
// for faster than it was.
import type { RateRule } from '../domain/rule.ts';
import { earlier, later, milliseconds } from '../domain/time.ts';
import type { Trace, TracePoint } from '../domain/trace.ts';
import { isMoreThan } from './more-than.ts';
import { unbroken } from './trace.ts';
import { CLEAR, UNKNOWN, type Verdict } from './verdict.ts';

const PARTS = 24;

type RateSpan = Pick<RateRule, 'side' | 'within'>;

const signOf = (rule: RateSpan): 1 | -1 => (rule.side === 'rises' ? 1 : -1);

export function rateTraced(before: Trace | undefined, point: TracePoint, rule: RateSpan): Trace {
  const known = unbroken(before, point, rule.within);
  const oldest = earlier(point.at, rule.within);
  const sign = signOf(rule);
  const starts = (known?.starts ?? []).filter(
    ({ value, at }) => at >= oldest && sign * (point.value - value) > 0,
  );
  const last = starts.at(-1);
  const part = milliseconds(rule.within / PARTS);
  if (!last || point.at >= later(last.at, part)) starts.push(point);
  return { ...point, since: known?.since ?? point.at, starts };
}

/** Exactly `by` is no more than `by`; a reading exactly `within` ago still counts. */
export function judgeRate(rule: RateRule, trace: Trace | undefined): Verdict {
  // From where a first reading came is not known.
  if (!trace || trace.since === trace.at) return UNKNOWN;
  const start = trace.starts?.[0] ?? trace;
  const far = signOf(rule) * (trace.value - start.value);
  return isMoreThan(far, rule.by)
    ? { kind: 'violated', since: trace.at, value: trace.value }
    : CLEAR;
}
