// When a bin will reach its limit, at the rate that its own past weeks show for the hours to come; and
// whether it should have been emptied by now. Arithmetic alone: asked for whenever somebody looks.
import {
  expectedGains,
  HOURS_OF_WEEK,
  startOfHour,
  hourOf,
  type Reliability,
  type Rhythm,
} from './rhythm.ts';
import { days, hours, instant, later, type Instant } from './time.ts';

export interface TimeToFull {
  /** Absent where it is not full within the fortnight that is looked at. */
  readonly at?: Instant;
  /** Four times of five it is full between these; `toAt` is absent where it may be later than that. */
  readonly fromAt?: Instant;
  readonly toAt?: Instant;
  readonly reliability: Reliability;
}

export interface LevelNow {
  readonly level: number;
  /** When it is full, in the same unit. */
  readonly limit: number;
  readonly now: Instant;
  readonly hourOfWeek: (at: Instant) => number;
}

const LOOKED_AHEAD = 14 * 24;
/** Standard deviations to each side that hold four of five. */
const FOUR_OF_FIVE = 1.28;
/** Below a day of hours a bin has no rhythm yet. */
const LEAST_HOURS = 24;
const HOUR_MS = hours(1);

/** Undefined where nothing can be said yet. */
export function timeToFull(rhythm: Rhythm, from: LevelNow): TimeToFull | undefined {
  const { level, limit, now } = from;
  if (rhythm.hours < LEAST_HOURS || !(limit > 0)) return undefined;
  const reliability = reliabilityOf(rhythm, limit);
  if (level >= limit) return { at: now, fromAt: now, toAt: now, reliability };
  const at = crossing(rhythm, from, 0);
  const fromAt = crossing(rhythm, from, FOUR_OF_FIVE);
  const toAt = crossing(rhythm, from, -FOUR_OF_FIVE);
  return {
    ...(at !== undefined && { at }),
    ...(fromAt !== undefined && { fromAt }),
    ...(toAt !== undefined && { toAt }),
    reliability,
  };
}

/** The moment at which what is expected, and so many deviations of it, make the bin full. */
function crossing(
  rhythm: Rhythm,
  { level, limit, now, hourOfWeek }: LevelNow,
  deviations: number,
): Instant | undefined {
  const gains = expectedGains(rhythm);
  const first = hourOf(now);
  const begin = hourOfWeek(startOfHour(first));
  let [sum, variance, before] = [level, 0, level];
  for (let each = 0; each < LOOKED_AHEAD; each += 1) {
    const start = Math.max(now, startOfHour(first + each));
    const share = (startOfHour(first + each + 1) - start) / HOUR_MS;
    sum += share * (gains[(begin + each) % HOURS_OF_WEEK] ?? 0);
    variance += share * rhythm.spread;
    const after = sum + deviations * Math.sqrt(variance);
    if (after >= limit) {
      const part = after > before ? (limit - before) / (after - before) : 1;
      return instant(Math.round(start + Math.max(0, part) * share * HOUR_MS));
    }
    before = after;
  }
  return undefined;
}

const LEAST_CHECKS = 8;
const WELL_KNOWN_HOURS = 14 * 24;
/** Shares of the limit by which its forecasts of some hours are off. */
const [CLOSE, NEAR] = [0.06, 0.12];

/** High asks for two weeks as well: before that it has not seen each hour of the week twice. */
function reliabilityOf({ checks, error, hours: count }: Rhythm, limit: number): Reliability {
  if (checks < LEAST_CHECKS) return 'low';
  if (error <= CLOSE * limit && count >= WELL_KNOWN_HOURS) return 'high';
  return error <= NEAR * limit ? 'medium' : 'low';
}

export interface Missed {
  readonly expectedBy: Instant;
}

const GRACE = hours(2);
const WEEKS_BACK = 4;
/** Fewer tell no habit. */
const LEAST_WEEKS = 3;

/**
 * A collection that is usually there by now and is not. Its habit is that of the same weekday: the k-th
 * collection of the day came on each of the last weeks; now it is later than the latest of them was.
 * What is found later clears it by itself, because then there are as many as usual.
 */
export function missedCollection(
  collections: readonly Instant[],
  { now, today }: { readonly now: Instant; readonly today: { readonly start: Instant } },
): Missed | undefined {
  const sinceMidnight = now - today.start;
  const weeks = Array.from({ length: WEEKS_BACK }, (_, index) => {
    const start = today.start - (index + 1) * days(7);
    return collections.filter((at) => at >= start && at < start + days(1)).map((at) => at - start);
  });
  const [oldest] = collections;
  const kept = weeks.filter(
    (_, index) => oldest !== undefined && oldest < today.start - (index + 1) * days(7) + days(1),
  );
  if (kept.length < LEAST_WEEKS) return undefined;
  const done = collections.filter((at) => at >= today.start && at <= now).length;
  // Only the first that is missing: the next may still come with it.
  const times = kept.flatMap((week) => week[done] ?? []);
  if (times.length < Math.max(LEAST_WEEKS, kept.length)) return undefined;
  const latest = Math.max(...times);
  if (sinceMidnight <= latest + GRACE) return undefined;
  return { expectedBy: later(today.start, latest as typeof GRACE) };
}
