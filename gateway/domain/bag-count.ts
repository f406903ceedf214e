// Bags that somebody found dumped beside the bins (偷倒), counted by a person at a place.
// Promise: of one person, place and day there is one count, the last that they said; what they had said
// before stands in the audit chain.
import type { LocalDay } from './day.ts';
import type { Happening } from './happening.ts';
import type { Instant } from './time.ts';

export const MOST_BAGS = 999;

export interface BagCount {
  readonly day: LocalDay;
  readonly place: string;
  readonly by: string;
  readonly at: Instant;
  readonly bags: number;
  readonly note?: string;
  /** Of the request that it came with. */
  readonly key?: string;
}

export const bagCountId = ({ day, place, by }: Pick<BagCount, 'day' | 'place' | 'by'>): string =>
  `${day}/${place}/${by}`;

export const bagCountHappening = (count: BagCount): Happening => ({
  kind: 'bag-count',
  id: bagCountId(count),
  at: count.at,
  day: count.day,
  place: count.place,
  body: { ...count },
});

/** What `bagCountHappening` wrote. */
export const keptBagCount = ({ body }: Happening): BagCount => body as unknown as BagCount;
