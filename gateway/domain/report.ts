// What a resident told us (随手拍): who saw what where, and what became of it. It hangs on a ticket that
// others may have raised. Whoever holds its secret follows it; the secret itself is kept nowhere.
// Promise: the telephone number is for whoever works on it, and is gone some weeks after that ended.
import type { AssetId } from './asset.ts';
import type { Quantity } from './quantity.ts';
import { isOpen, type Category, type Ticket } from './ticket.ts';
import { days, type Instant } from './time.ts';

export const REPORT_KINDS = ['fault', 'suggestion'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface Addition {
  readonly at: Instant;
  readonly words: string;
  readonly photos: readonly string[];
}

export const SENSOR_SAYS = ['lit', 'dark', 'fullest-bin', 'flow'] as const;

/** What a sensor said beside a report, as facts: each page has its own sentence for them. */
export interface SensorWord {
  readonly says: (typeof SENSOR_SAYS)[number];
  /** As people call the asset. */
  readonly name: string;
  readonly quantity: Quantity;
  readonly value: number;
  /** How old the value was at that moment, in whole seconds. */
  readonly ageS: number;
}

export interface Report {
  /** The beginning of the digest: short enough for a list, and found again by the secret alone. */
  readonly id: string;
  /** SHA-256 of the secret, in hexadecimal digits. */
  readonly secretDigest: string;
  /** The ticket that it was told to belong to. */
  readonly ticket: string;
  /** The one that this was merged into, and so on. */
  readonly follows?: string;
  /** A printed code. */
  readonly spot: string;
  readonly place: string;
  readonly asset?: AssetId;
  readonly category: Category;
  readonly kind: ReportKind;
  readonly words: string;
  /** Sealed: what the log keeps for good can be forgotten with its key. */
  readonly phone?: string;
  readonly photos: readonly string[];
  readonly at: Instant;
  readonly by: 'page' | 'open311';
  readonly key?: string;
  /** How many had reported the same before. */
  readonly joined?: number;
  /** What the asset's own sensor said at that moment. */
  readonly sensor?: SensorWord;
  readonly additions: readonly Addition[];
  /** 1–5. */
  readonly stars?: number;
  /** How often whoever told us had the ticket opened again. */
  readonly reopened: number;
  /** When its ticket ended. */
  readonly endedAt?: Instant;
  /** What it earned, once its ticket has ended. */
  readonly points?: number;
}

export const REPORT_ID_LENGTH = 16;
export const reportIdOf = (secretDigest: string): string => secretDigest.slice(0, REPORT_ID_LENGTH);

/** Who history says it was. */
export const reporterOf = ({ id }: Pick<Report, 'id'>): string => `resident:${id}`;

/** The ticket that it hangs on now. */
export const ticketOf = ({ ticket, follows }: Pick<Report, 'ticket' | 'follows'>): string =>
  follows ?? ticket;

/** After its ticket ended it is in mind for so long; then its telephone number is forgotten. */
export const FORGOTTEN_AFTER = days(90);

export const LONGEST_WORDS = 4000;
export const MOST_PHOTOS = 6;
export const MOST_ADDITIONS = 10;
export const MOST_REOPENED = 2;

const RIGHT = 2;
const RIGHT_AND_GRAVE = 5;

/** What becomes of its reports with a ticket: when it ended, and the points for having been right. */
export function outcomeOf(ticket: Ticket): Pick<Report, 'endedAt' | 'points'> {
  const last = ticket.history.at(-1);
  if (isOpen(ticket) || last === undefined) return {};
  const points = pointsFor(ticket);
  return { endedAt: last.at, ...(points !== undefined && { points }) };
}

/** Mended is right, declined is not; an idea that was answered is neither. */
function pointsFor({ state, severity, history, suggestion }: Ticket): number | undefined {
  if (suggestion) return undefined;
  if (state === 'declined') return 0;
  if (state !== 'closed' || !history.some(({ to }) => to === 'rectified')) return undefined;
  return severity === 'high' ? RIGHT_AND_GRAVE : RIGHT;
}
