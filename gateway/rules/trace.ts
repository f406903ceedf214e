import type { Trace, TracePoint } from '../domain/trace.ts';
import { earlier, type Duration } from '../domain/time.ts';

/** What came before a point, unless that is longer ago than the span, or lies ahead: the clock went back. */
export function unbroken(
  before: Trace | undefined,
  point: TracePoint,
  within: Duration,
): Trace | undefined {
  const isNear = before && before.at <= point.at && before.at >= earlier(point.at, within);
  return isNear ? before : undefined;
}
