// When too much comes to one team at once (EEMUA 191, ISA-18.2): more than ten new alarms in ten
// minutes are one incident, which is over when fewer than five came in ten minutes. Pure arithmetic on
// what came of late. Promise: nothing graver than what the flood is made of is ever drowned in it.
import { isGraver, SEVERITIES, type Severity } from '../domain/alarm.ts';
import type { Arrival, Flood, FloodRule } from '../domain/flood.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { earlier, later, milliseconds, minutes, type Instant } from '../domain/time.ts';

const WINDOW = minutes(10);
const MOST = 10;
const ENDS_BELOW = 5;

export const NO_FLOOD: Flood = { arrivals: [] };

/** Its last arrivals, and no more of a severity than it takes to know that they are too many. */
export function withArrival(flood: Flood, arrival: Arrival): Flood {
  const kept = SEVERITIES.flatMap((severity) =>
    [...flood.arrivals, arrival].filter((each) => each.severity === severity).slice(-(MOST + 1)),
  );
  return { ...flood, arrivals: kept };
}

/** What came within the window, the one just on its edge no more. */
export const lately = ({ arrivals }: Flood, now: Instant): Arrival[] =>
  arrivals.filter(({ at }) => at > earlier(now, WINDOW));

/** The gravest severity of which, with all that is graver, too many came. */
export function levelOf(flood: Flood, now: Instant): Severity | undefined {
  const recent = lately(flood, now);
  return SEVERITIES.findLast(
    (severity) => recent.filter((each) => !isGraver(severity, each.severity)).length > MOST,
  );
}

/** When, if nothing else comes, so few came of late that it is no flood any more. */
export function overAt({ arrivals }: Flood): Instant | undefined {
  const moments = arrivals.map(({ at }) => at).sort((a, b) => b - a);
  const last = moments[ENDS_BELOW - 1];
  return last === undefined ? undefined : later(last, WINDOW);
}

export const floodRule = (severity: Severity, ticket: RuleSettings['ticket']): FloodRule => ({
  kind: 'flood',
  id: 'flood',
  severity,
  holdFor: milliseconds(0),
  ...(ticket && { ticket }),
});

export const floodInWords = (count: number): string =>
  `10 分钟内新报警超过 ${MOST} 条，合并为一个事件（共 ${count} 条）；10 分钟内少于 ${ENDS_BELOW} 条解除`;
