// How the store is doing, as far as it can tell of itself: for /readyz, the metrics and the engineer.
// Part of its contract: log.ts hands all of it on.
import type { Sequence } from '../domain/record.ts';
import type { Instant } from '../domain/time.ts';

/** How the store is doing, for /readyz and the engineer. Cheap: it may be asked for every message. */
export interface StoreHealth {
  readonly state: 'ok' | 'failing';
  /** Since when, and the last fault's message. */
  readonly why?: string;
  /** The database turned out to be damaged: only a new start mends it. */
  readonly isDamaged?: boolean;
  /** How long nothing has become durable although it was tried; absent where all is well. */
  readonly failingMs?: number;
  readonly head: Sequence;
  /** Transactions since the start. */
  readonly commits: number;
  /** How long the last one took, the wait for the disk included. */
  readonly lastCommitMs: number;
  /** How long each took, and how many entries it made durable. */
  readonly commitMs?: Figures;
  readonly batch?: Figures;
  /** How long the group that is on its way to the disk has been so; absent where none is. */
  readonly waitingMs?: number;
  /** What was written and is not answered yet: entries, and about how much memory they hold. */
  readonly waitingEntries: number;
  readonly waitingBytes: number;
  readonly freeBytes: number;
  /** Times that the writing thread died and was started again. */
  readonly restarts?: number;
  /** Absent where nothing was broken when the store was opened. */
  readonly recovered?: Recovery;
  /** What an engineer should know though records become durable, in words. */
  readonly notes?: readonly string[];
  /** Absent where nothing needs it. */
  readonly upkeep?: UpkeepState;
}

/** How large something was, how often: in steps, so that it costs nothing to keep. */
export interface Figures {
  /** Of the last one or two minutes, to the exactness of a step; 0 where there was none. */
  readonly p50: number;
  readonly p99: number;
  /** Since the start. */
  readonly count: number;
  readonly sum: number;
  /** How many since the start were no larger; the next step's count includes this one's. */
  readonly steps: readonly (readonly [upTo: number, count: number])[];
}

/** A database that was damaged, and what its successor has of it. */
export interface Recovery {
  readonly at: Instant;
  /** Where the damaged one is now, and SQLite's words on it. */
  readonly setAside: string;
  readonly why: string;
  /** Rows by table that the new one has of it. */
  readonly salvaged: Readonly<Record<string, number>>;
  /** Tables of which something could not be read. */
  readonly damaged: readonly string[];
  /** Sequences before this one that are not in the log any more are lost. */
  readonly resumesAt: Sequence;
}

/** Rolling up and pruning, as the last group found it. */
export interface UpkeepState {
  /** The last sequence that is rolled up. */
  readonly rolledUp: Sequence;
  /** What the database holds, without the pages that are free to be used again. */
  readonly usedBytes: number;
  /** Whether another slice would do something. */
  readonly isDue: boolean;
  /** Larger than allowed, and nothing is left that may go. */
  readonly isOver: boolean;
  /** Why the last slice failed, and whether the database is damaged. */
  readonly why?: string;
  readonly isDamaged?: boolean;
}
