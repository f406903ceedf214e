// Words sent to somebody outside. A notice is written down with what it tells of, and is sent again
// and again until it has arrived or nobody will ever take it; whoever gets it knows by its key
// whether it is the same.
import type { Severity } from './alarm.ts';
import type { LetterNews } from './letter.ts';
import type { Instant } from './time.ts';

export interface Notice {
  /** Who is told: the id of a channel in the site file. */
  readonly channel: string;
  /** The same whenever it is sent again; no other notice of the channel has it. */
  readonly key: string;
  /** Notices about one subject are told in their order. */
  readonly subject: string;
  /** When it became true. */
  readonly at: Instant;
  readonly news: News;
}

/** What can be told. More kinds will come: whoever sends must know which ones it has words for. */
export type News = AlarmNews | LetterNews;

/** An alarm as it stood when it was raised, became graver, asked again, or was cleared. */
export interface AlarmNews {
  readonly kind: 'alarm-raised' | 'alarm-graver' | 'alarm-again' | 'alarm-cleared';
  readonly alarm: string;
  readonly rule: string;
  readonly severity: Severity;
  /** An asset's, a device's or a source's id, and what people call it. */
  readonly asset: string;
  readonly name: string;
  readonly station?: string;
  /** The rule in words. */
  readonly text: string;
  readonly quantity?: string;
  readonly value?: number;
  readonly unit?: string;
  readonly raisedAt: Instant;
  readonly clearedAt?: Instant;
  /** Cleared: because a bigger alarm explains it, whose id this is, and not because it was mended. */
  readonly explainedBy?: string;
  readonly ticket?: string;
}

/** Somebody who is told, and of what. */
export interface Channel {
  readonly id: string;
  /** Of these severities; absent: of all. */
  readonly severities?: readonly Severity[];
}
