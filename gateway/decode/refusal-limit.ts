// Each refusal becomes a record, and a message of noise could hold ten thousand. Past a limit one
// last refusal stands for the rest, so that a hostile 64 kB cannot write a megabyte into the log.
import type { Decoded, Refused } from './decoder.ts';

/** More than a healthy device with a wrong map would ever earn in one message. */
export const MOST_REFUSED = 64;

export function limitRefusals(decoded: Decoded): Decoded {
  const { frames, refused } = decoded;
  if (refused.length <= MOST_REFUSED) return decoded;
  const rest: Refused = {
    reason: 'malformed',
    detail: `${refused.length - MOST_REFUSED + 1} more fields or elements were refused`,
  };
  return { frames, refused: [...refused.slice(0, MOST_REFUSED - 1), rest] };
}
