// How far InfluxDB is behind what was due, over the time of one load. A candidate that keeps up is
// behind by the same at the end as in the middle; one that does not falls back steadily, long before
// anything is lost.
import type { LoadResult } from './load.ts';

export interface Taken {
  /** On the clock that the processes share, ms. */
  readonly at: number;
  /** That InfluxDB had by then. */
  readonly points: number;
}

export interface Backlog {
  /** Messages behind, by each second of which it fell further behind; 0 where it kept up. */
  readonly fallsBehindPerS: number;
  /** Messages that InfluxDB had not got when the last was sent. */
  readonly behindAtEnd: number;
}

export function backlogOf(
  taken: readonly Taken[],
  { startedAt, perS, sendingS, sent }: Pick<LoadResult, 'startedAt' | 'perS' | 'sendingS' | 'sent'>,
): Backlog {
  const behind = taken
    .map(({ at, points }) => ({ s: (at - startedAt) / 1000, points }))
    .filter(({ s }) => s > 0 && s <= sendingS)
    .map(({ s, points }) => ({ s, messages: Math.min(sent, s * perS) - points }));
  const quarter = (from: number) =>
    behind.filter(({ s }) => s >= from * sendingS && s < (from + 0.25) * sendingS);
  const [middle, end] = [mean(quarter(0.25)), mean(quarter(0.75))];
  return {
    fallsBehindPerS: Math.max(0, (end - middle) / (sendingS / 2)) || 0,
    behindAtEnd: Math.max(0, behind.at(-1)?.messages ?? 0),
  };
}

const mean = (points: readonly { readonly messages: number }[]): number =>
  points.reduce((sum, { messages }) => sum + messages, 0) / points.length;
