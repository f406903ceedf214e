// What is still to be told to one reader, and what they were told last: the memory by which the fold
// knows whether something is news to them. Nothing in it is words but what the thing was called, for
// an alarm that is over may be forgotten before its end is told.
import type { Severity } from './alarm.ts';
import type { LocalDay } from './day.ts';
import type { LetterReason } from './letter.ts';
import type { DigestKind } from './reader.ts';
import type { Instant } from './time.ts';

export interface Mailbag {
  /** The reader's. */
  readonly id: string;
  /** By the id of the ticket, or of the alarm that has none. */
  readonly items: Readonly<Record<string, MailItem>>;
  /** When something is to be looked at again; absent: nothing waits. */
  readonly dueAt?: Instant;
  /** The letters of the last hour, oldest first; the last one ever stays. */
  readonly sentAt: readonly Instant[];
  /** Letters by their reason, and what was kept back by the reason for that. */
  readonly counts: Readonly<Partial<Record<LetterReason, number>>>;
  /** The day that the last digest of each kind was sent for. */
  readonly digests?: Readonly<Partial<Record<DigestKind, LocalDay>>>;
}

export interface MailItem {
  readonly name: string;
  readonly since: Instant;
  readonly severity: Severity;
  /** What they know of it; absent: nothing. */
  readonly told?: ToldFacts & { readonly at: Instant };
  readonly news?: MailNews;
}

export interface MailNews {
  readonly reason: 'first' | 'grew' | 'resolved';
  /** When it became news. */
  readonly since: Instant;
  /** Kept back, by quiet hours or by a flood, and counted as that. */
  readonly held?: 'quiet' | 'flood';
}

/** What makes a difference to whoever has heard of it. */
export interface ToldFacts {
  readonly severity: Severity;
  /** How many alarms it stands for. */
  readonly alarms: number;
  readonly returns: number;
  readonly escalated?: 'before' | 'after';
}
