// The outbox as the store keeps it: what is to be told outside, and how the newest of it ended.
// Promise: a notice is in it with the step that it tells of or not at all, and it leaves only by an
// outcome that is written down.
import type { Notice } from '../domain/notice.ts';
import type { Instant } from '../domain/time.ts';

/** What waits to be told outside, each channel on its own. */
export interface Outbox {
  /** Neither told nor given up, oldest first. */
  waiting(channel: string, limit: number): Promise<OutboxRow[]>;
  /** Writes down what became of notices; how the newest ended is remembered for a while. */
  settle(channel: string, outcomes: readonly OutboxOutcome[]): Promise<void>;
  /** Of all channels, the newest first. */
  notes(state: OutboxState, limit: number): Promise<OutboxNote[]>;
  note(id: number): Promise<OutboxNote | undefined>;
  /** Of each channel that has any. */
  counts(): Promise<OutboxCount[]>;
}

export interface OutboxRow extends Notice {
  /** Attempts that are written down. */
  readonly tries: number;
}

/** In the order in which a store may number them. */
export const OUTBOX_STATES = ['waiting', 'given-up', 'told', 'superseded', 'dropped'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** A notice of the outbox as people look at it. */
export interface OutboxNote extends OutboxRow {
  readonly id: number;
  readonly state: OutboxState;
  /** What the other side said last; superseded: the key of what speaks for it; dropped: why. */
  readonly words?: string;
  /** When it ended so. */
  readonly settledAt?: Instant;
}

export type OutboxOutcome = (
  | { readonly kind: 'told' }
  /** With the other side's words: to be tried again, or never. */
  | { readonly kind: 'failed' | 'given-up'; readonly words: string }
  /** A person will not have it sent, or sent again after all. */
  | { readonly kind: 'dropped'; readonly words: string }
  | { readonly kind: 'again' }
  /** `notice`, whose key this is, speaks for those of the other keys from now on. */
  | { readonly kind: 'merged'; readonly notice: Notice; readonly keys: readonly string[] }
) & { readonly key: string; readonly at?: Instant };

export interface OutboxCount {
  readonly channel: string;
  readonly waiting: number;
  readonly givenUp: number;
}
