// How long a device may be quiet, learned from how often it speaks. Ten gaps and half a minute are
// heard out before anything is believed; until then its configured interval is.
//
// Of the ten the second longest counts: an uneven pace is allowed for, one outage teaches nothing,
// and a device that was set to another pace is understood after two words of it.
import type { Pace } from '../domain/pace.ts';
import { STALE_AFTER } from '../domain/standing.ts';
import { between, milliseconds, seconds, type Duration, type Instant } from '../domain/time.ts';

const SAMPLES = 10;
const WARM_UP = seconds(30);
/** The messages of one moment are one word. */
const ONE_WORD = seconds(1);
/** A word that is lost and another that is late are no silence yet. */
const MARGIN = 3;

/** A gap that began before the device could be heard is not its own. */
export function paced(before: Pace | undefined, at: Instant, audibleSince: Instant): Pace {
  if (!before || at < before.at) return { since: at, at, gaps: before?.gaps ?? [] };
  const gap = between(before.at, at);
  if (gap < ONE_WORD) return before;
  if (before.at < audibleSince) return { ...before, at };
  return { ...before, at, gaps: [...before.gaps, gap].slice(-SAMPLES) };
}

/** Never shorter than its configured interval. */
export function learnedSilence(pace: Pace | undefined, every: Duration): Duration {
  const isWarm = pace && pace.gaps.length >= SAMPLES && between(pace.since, pace.at) >= WARM_UP;
  if (!isWarm) return milliseconds(every * STALE_AFTER);
  return milliseconds(Math.max(every, secondLongest(pace.gaps) * MARGIN));
}

function secondLongest(gaps: readonly Duration[]): number {
  let longest = 0;
  let second = 0;
  for (const gap of gaps) {
    if (gap > longest) [longest, second] = [gap, longest];
    else if (gap > second) second = gap;
  }
  return second;
}
