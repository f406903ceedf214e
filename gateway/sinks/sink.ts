// The contract of everything that the log is copied to. A sink delivers; it decides nothing.
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { Duration } from '../domain/time.ts';
import type { Values } from '../domain/values.ts';

/** What became of a batch. */
export type Delivery =
  /** All of it arrived, or had nothing in it for this sink. */
  | { readonly kind: 'accepted' }
  /** These were refused for good, with the other side's words; all others arrived. */
  | { readonly kind: 'parked'; readonly parked: readonly { sequence: Sequence; words: string }[] }
  /** Nothing can be said to have arrived: keep it all and try again, no sooner than `after`. */
  | { readonly kind: 'keep'; readonly why: string; readonly after?: Duration };

export interface Sink {
  /** Also the name of its cursor. */
  readonly id: string;
  /**
   * Delivers records in order. Delivering a record again must leave the far side as it was.
   * Never throws for what the other side says; every call ends within a bounded time.
   * `again` gives the same records once more, for the rare batch that has to be taken apart: records
   * by the thousand that are kept until the far side answers are what a garbage collector dies of.
   */
  deliver(
    records: readonly LogRecord[],
    again?: () => Promise<readonly LogRecord[]>,
  ): Promise<Delivery>;
  /**
   * As `deliver`, where it wants nothing but values and they can be told out of memory. Reads them
   * before it returns, and not later. A sink without it is given records.
   */
  deliverValues?(values: Values, again: () => Promise<readonly LogRecord[]>): Promise<Delivery>;
  close(): Promise<void>;
}
