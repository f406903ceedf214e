import { clockToBlame } from '../domain/clock-state.ts';
import { instant, type Instant } from '../domain/time.ts';

/** What Node says of a certificate whose dates do not hold: theirs are wrong, or our clock is. */
const OF_TIME: ReadonlySet<string> = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED']);

/** TLS asks the machine's own clock, so that one is named, with the year in which nothing is valid. */
export function certificateWords(
  code: string,
  message: string,
  wall: Instant = instant(Date.now()),
): string {
  const blame = OF_TIME.has(code) ? clockToBlame(wall) : undefined;
  return blame === undefined ? message : `${message} (${blame})`;
}
