// What a device's rhythm promised and did not keep, as rows. Nothing falls due while a device speaks:
// a silence is told when it ends, when nobody could hear it any longer, and at the end of each day,
// and no moment of it is told twice.
import type { Attended } from '../domain/intake-book.ts';
import type { LocalDay } from '../domain/day.ts';
import type { Deafness, LossRow } from '../domain/loss.ts';
import type { Sequence } from '../domain/record.ts';
import { STALE_AFTER } from '../domain/standing.ts';
import type { Duration, Instant } from '../domain/time.ts';

interface Quiet {
  /** Since when it could have been heard and was not. */
  readonly from: Instant;
  /** Up to where that is told already. */
  readonly told: Instant;
}

/** Whose rhythm, and how long a silence is none yet. */
export interface Rhythm {
  readonly attended: Attended;
  readonly every: Duration;
}

/** The record's sequence, or the end of a day, which comes by itself. */
export type Mark = Sequence | 'day-end';

export interface Told {
  readonly until: Instant;
  /** The day that the row belongs to. */
  readonly day: LocalDay;
  /** What told it: no two silences of one device have the same. */
  readonly mark: Mark;
  /** Whether the silence ends because it spoke: that word was the one that was due. */
  readonly by: 'its word' | 'us';
}

export const patienceOf = (every: Duration): number => STALE_AFTER * every;

export const quietOf = ({ kept }: Attended): Quiet | undefined =>
  kept.listening ??
  (kept.heardAt === undefined ? undefined : { from: kept.heardAt, told: kept.heardAt });

/** The row for what it owes up to now; undefined where it owes nothing yet. */
export function silenceUntil(rhythm: Rhythm, { until, day, mark, by }: Told): LossRow | undefined {
  const { attended, every } = rhythm;
  const quiet = quietOf(attended);
  if (!quiet || until - quiet.from <= patienceOf(every)) return undefined;
  const count = owed(quiet, until, every) - (by === 'its word' ? 1 : 0);
  return count > 0 ? rowOf(attended, { from: quiet.told, to: until, count, day }, mark) : undefined;
}

/** For a device that does not number its words, from which nobody can tell what was said meanwhile. */
export function deafSpan(
  rhythm: Rhythm,
  span: { from: Instant; to: Instant; day: LocalDay; why: Deafness; mark: Mark },
): LossRow | undefined {
  const { attended, every } = rhythm;
  const quiet = quietOf(attended);
  const isTold = attended.kept.seq !== undefined || attended.kept.heardAt === undefined;
  if (!quiet || isTold || span.to - span.from <= patienceOf(every)) return undefined;
  const count = owed({ from: quiet.from, told: span.from }, span.to, every);
  const { mark, ...row } = span;
  return count > 0 ? rowOf(attended, { ...row, count }, mark) : undefined;
}

/** What it owes at this moment and is not told yet, for those who look. */
export function owedNow({ attended, every }: Rhythm, now: Instant): number {
  const quiet = quietOf(attended);
  if (!quiet || now - quiet.from <= patienceOf(every)) return 0;
  return owed(quiet, now, every);
}

/**
 * Messages for the time from `told` to `until`. What is owed for the time before is taken off what
 * is owed in all, so that the parts of a silence add up to the whole of it.
 */
function owed({ from, told }: Quiet, until: Instant, every: Duration): number {
  const upTo = (moment: Instant): number => Math.floor((moment - from) / every + HALF);
  return Math.max(0, upTo(until) - upTo(told));
}

/** Nobody's rhythm is exact: what comes half an interval late is still the one that was due. */
const HALF = 0.5;

const rowOf = (
  { source, device }: Attended,
  span: Pick<LossRow, 'from' | 'to' | 'count' | 'day'> & { readonly why?: Deafness },
  mark: Mark,
): LossRow => ({
  id: `${device} silent ${span.from} ${mark}`,
  source,
  ...(device !== '' && { device }),
  reason: 'silence',
  ...span,
});
