// An alarm that comes and goes three times a minute or more chatters: it wants a wider dead band, a
// longer delay or a shelf, and not an answer each time.
import { between, minutes, type Instant } from '../domain/time.ts';

const TIMES = 3;
const WITHIN = minutes(1);

type Returns = readonly Instant[] | undefined;

/** The last returns with one more, and no more of them than are counted. */
export const withReturn = (returns: Returns, at: Instant): readonly Instant[] =>
  [...(returns ?? []), at].slice(-TIMES);

/** Whether it returned too often in the minute before its last return, and that was just now. */
export function isChatter(returns: Returns, now: Instant): boolean {
  const [first, last] = [returns?.[0], returns?.at(-1)];
  if (returns?.length !== TIMES || first === undefined || last === undefined) return false;
  return between(first, last) <= WITHIN && between(last, now) <= WITHIN;
}
