// The contract of the store: one log that everything is a fold of, and what the folds keep.
// All writes go through one queue; whatever waits together is made durable together.
import type { Alarm } from '../domain/alarm.ts';
import type { AssetId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { DerivedEntry, Entry, LogRecord, Sequence } from '../domain/record.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Duration, Instant } from '../domain/time.ts';

export interface Log {
  /**
   * Writes entries down, all or none, in this order. Resolves after they are durable, with the
   * sequence of the first; the others follow one by one. Rejects with `store-write-failed`.
   * `raw` are the bytes behind entries that were rejected or doubted, by index in `entries`.
   */
  append(entries: readonly Entry[], raw?: readonly RawBytes[]): Promise<Sequence>;
  /** Up to `limit` records after `cursor`, oldest first; empty when there is nothing newer. */
  readAfter(cursor: Sequence, limit: number): Promise<LogRecord[]>;
  /** The last durable sequence, 0 for an empty log. */
  head(): Sequence;
  /** Calls `listener` after each commit that added records; returns the way to stop it. */
  onGrowth(listener: (head: Sequence) => void): () => void;
  /** Readings and rejections received in the last `span` before the log's newest, oldest first. */
  recent(span: Duration): Promise<LogRecord[]>;
}

export interface RawBytes {
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** What a follower of the log could not deliver, with the other side's words. */
export interface DeadLetter {
  readonly sequence: Sequence;
  readonly words: string;
  readonly at: Instant;
}

export interface Cursors {
  /** Where this follower stands: the last sequence it is done with, 0 at first. */
  position(follower: string): Promise<Sequence>;
  /** Moves a cursor and parks what was refused, in one transaction. */
  move(follower: string, to: Sequence, parked?: readonly DeadLetter[]): Promise<void>;
}

/** One fold's work since its last save, made durable together or not at all. */
export interface StepCommit {
  readonly cursor: Sequence;
  /** Changed slices of state, as JSON; null forgets the key. */
  readonly puts: readonly (readonly [key: string, json: string | null])[];
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
  readonly derived: readonly DerivedEntry[];
}

export interface SavedStep {
  readonly cursor: Sequence;
  readonly slices: readonly (readonly [key: string, json: string])[];
  /** Active or unacknowledged alarms; tickets that are open or were touched in the last day. */
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
}

export interface StepStore {
  load(): Promise<SavedStep>;
  save(commit: StepCommit): Promise<void>;
}

export interface SeriesQuery {
  readonly asset: AssetId;
  readonly quantity: Quantity;
  /** Observed at or after `from` and before `to`. */
  readonly from: Instant;
  readonly to: Instant;
  /** Width of one point; points begin at whole multiples of it since 1970, as InfluxDB's do. */
  readonly step: Duration;
}

/** [start of the step as epoch ms, min, mean, max, count]; steps without data are left out. */
export type SeriesPoint = [number, number, number, number, number];

export interface Books {
  /** Measurements only: of the doubted readings the late ones (domain/reading.ts). */
  series(query: SeriesQuery): Promise<SeriesPoint[]>;
  /** Newest first. `active` leaves out those that are over and acknowledged. */
  alarms(state: 'active' | 'all', limit: number): Promise<Alarm[]>;
  alarm(id: string): Promise<Alarm | undefined>;
  /** Newest first. */
  tickets(state: 'open' | 'all', limit: number): Promise<Ticket[]>;
  ticket(id: string): Promise<Ticket | undefined>;
  deadLetters(limit: number): Promise<(DeadLetter & { follower: string })[]>;
  /** Newest first, with the bytes where they are still kept. */
  rejections(limit: number): Promise<RejectionView[]>;
}

export interface RejectionView {
  readonly sequence: Sequence;
  readonly source?: string;
  readonly device?: string;
  readonly reason: string;
  readonly detail?: string;
  readonly receivedAt: Instant;
  readonly rawHex?: string;
}

/** How the store is doing, for /readyz and the engineer. */
export interface StoreHealth {
  readonly state: 'ok' | 'failing';
  /** Since when, and the last fault's message. */
  readonly why?: string;
  readonly head: Sequence;
  /** Transactions since the start. */
  readonly commits: number;
  /** How long the last one took, the wait for the disk included. */
  readonly lastCommitMs: number;
  readonly freeBytes: number;
}

export interface Store {
  readonly log: Log;
  readonly cursors: Cursors;
  readonly step: StepStore;
  readonly books: Books;
  health(): StoreHealth;
  /** Writes what waits, then closes the files. */
  close(): Promise<void>;
}

export interface StoreSettings {
  readonly dir: string;
  /** Raw bytes of rejected and doubted messages: kept no longer and no more than this. */
  readonly rawKeep: Duration;
  readonly rawKeepBytes: number;
}
