// Words to a person, as they are before any channel has dressed them: plain text, no markup of any
// kind. Whoever sends it escapes every part for where it goes.
import type { Severity } from './alarm.ts';

/** Why it is sent, or why it says that there is nothing to say. */
export const LETTER_REASONS = [
  'first',
  'grew',
  'reminder',
  'resolved',
  'nothing-new',
  'quiet',
  'flood',
  'outage',
  'daily',
  'weekly',
] as const;
export type LetterReason = (typeof LETTER_REASONS)[number];

/** What became of one thing, so that letters which waited too long can be made one. */
export interface LetterItem {
  /** A ticket's id, or that of an alarm without one. */
  readonly id: string;
  readonly reason: LetterReason;
  readonly line: string;
}

export interface LetterNews {
  readonly kind: 'letter';
  readonly reason: LetterReason;
  /** One line. */
  readonly title: string;
  /** Each a line of its own. */
  readonly lines: readonly string[];
  /** To what it is about; absent where the site has no public address. */
  readonly link?: string;
  readonly severity?: Severity;
  /** The tickets that it speaks of, by id. */
  readonly tickets: readonly string[];
  /** Whom the channel is to reach or to mention: an e-mail address, a robot's user id or telephone. */
  readonly to?: string;
  /** The reader, as the site file or the book of people calls them. */
  readonly reader?: string;
  readonly items?: readonly LetterItem[];
}
