// Whether a candidate keeps up with a rate: everything acknowledged, everything in InfluxDB once and
// within seconds, and no further behind at the end than in the middle.
import type { Observed } from './stand.ts';

/** After the last message. */
export const CATCH_UP_S = 5;
/** Of the rate. */
const MAY_FALL_BEHIND = 0.05;
/** The load was not made as it should have been: there is no processor left for it. */
const LATE_MS = 500;

/** In words; undefined where it keeps up. */
export function whyNotSustained(observed: Observed): string | undefined {
  const { load, catchUp, lost, doubled, unanswered, fallsBehindPerS } = observed;
  if (load.lostConnections > 0) return `it hung up on ${load.lostConnections} lamps`;
  if (load.gaveUp) return `${load.mostInFlight} messages waited for their acknowledgement`;
  if (unanswered > 0) return `${unanswered} messages never acknowledged`;
  if (catchUp.state === 'going on' || (catchUp.state === 'done' && catchUp.afterS > CATCH_UP_S))
    return `InfluxDB had not all after ${CATCH_UP_S} s`;
  if (lost > 0) return `${lost} messages lost`;
  if (doubled > 0) return `${doubled} messages doubled`;
  if (fallsBehindPerS > load.perS * MAY_FALL_BEHIND)
    return `falls behind by ${Math.round(fallsBehindPerS)} messages a second`;
  if (load.lateMs.p99 > LATE_MS) return `the load itself was ${load.lateMs.p99} ms late`;
  return undefined;
}
