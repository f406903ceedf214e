// The contract of the store: one log that everything is a fold of, and what the folds keep.
// All writes go through one queue; whatever waits together is made durable together.
import type { Alarm, Severity } from '../domain/alarm.ts';
import type { AccessToken, Credential } from '../domain/credential.ts';
import type { LocalDay } from '../domain/day.ts';
import type { DeviceSecret } from '../domain/device-secret.ts';
import type { Grain, ImportedFigure, ImportedTotal, LedgerDay } from '../domain/ledger.ts';
import type { SavedDay } from '../domain/ledger-shelf.ts';
import type { LedgerSum } from '../domain/ledger-sum.ts';
import type { AssetId, Stream } from '../domain/asset.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Happening, HappeningKind, HappeningQuery } from '../domain/happening.ts';
import type { IntakeChanges, IntakeCount, ReasonCount } from '../domain/intake-book.ts';
import type { LossReason, LossRow } from '../domain/loss.ts';
import type { Notice } from '../domain/notice.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { DerivedEntry, Entry, LogRecord, Sequence } from '../domain/record.ts';
import type { Category, Team, Ticket, TicketSight, TicketState } from '../domain/ticket.ts';
import type { Duration, Instant } from '../domain/time.ts';
import type { Values } from '../domain/values.ts';
import type { StoreHealth } from './health.ts';
import type { AuditBook, EvidenceBook, PhotoBook } from './kept.ts';
import type { Outbox } from './outbox.ts';

export type * from './health.ts';
export type * from './kept.ts';
export type * from './outbox.ts';

export interface Log {
  /**
   * Writes entries down, all or none, in this order. Resolves after they are durable, with the
   * sequence of the first; the others follow one by one. Rejects with `store-write-failed`. By the
   * time that an append is answered, all that were called before it are.
   * `raw` are the bytes behind entries that were rejected or doubted, by index in `entries`.
   */
  append(entries: readonly Entry[], raw?: readonly RawBytes[]): Promise<Sequence>;
  /** Up to `limit` records after `cursor`, oldest first; empty when there is nothing newer. */
  readAfter(cursor: Sequence, limit: number): Promise<LogRecord[]>;
  /**
   * The values among up to `limit` records after `cursor`, where all of these are in memory and there
   * is one at least; else undefined, and `readAfter` knows.
   */
  valuesAfter(cursor: Sequence, limit: number): Values | undefined;
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
  /** Changed days of the ledger, as whole new values. */
  readonly ledger?: readonly LedgerDay[];
  /** What happened, as whole new values. */
  readonly happenings?: readonly Happening[];
  /** What is to be told outside; one whose channel and key are there already is the same. */
  readonly notices?: readonly Notice[];
  /** More of what is counted by day, and losses as whole new values. */
  readonly intake?: IntakeChanges;
  /** What was done; one whose sequence and place are in the chain already is the same. */
  readonly audit?: readonly AuditEntry[];
  /** What was frozen of alarms that tripped; the first of an alarm stays. */
  readonly evidence?: readonly Evidence[];
}

export interface SavedStep {
  readonly cursor: Sequence;
  readonly slices: readonly (readonly [key: string, json: string])[];
  /** Active or unacknowledged alarms; tickets that are open or were touched in the last day. */
  readonly alarms: readonly Alarm[];
  readonly tickets: readonly Ticket[];
  /** Days that a late reading may still change (`STAYS_IN_MIND` before the newest). */
  readonly ledger: readonly SavedDay[];
}

export interface StepStore {
  load(): Promise<SavedStep>;
  save(commit: StepCommit): Promise<void>;
  /**
   * Makes notices durable before the step that they tell of is saved. The same log gives the same
   * notices under the same keys, so a step that is folded again finds them there.
   */
  tellAhead(notices: readonly Notice[]): Promise<void>;
}

export interface SeriesQuery {
  readonly asset: AssetId;
  readonly quantity: Quantity;
  /** Observed at or after `from` and before `to`. */
  readonly from: Instant;
  readonly to: Instant;
  /**
   * Width of one point; points begin at whole multiples of it since 1970, as InfluxDB's do. A step of
   * whole days counts the site's own days, which last 23 or 25 hours where the clocks change.
   */
  readonly step: Duration;
}

/** [start of the step as epoch ms, min, mean, max, count]; steps without data are left out. */
export type SeriesPoint = [number, number, number, number, number];

export interface Books {
  /**
   * Measurements only: of the doubted readings the late ones (domain/reading.ts). Where readings
   * have been pruned their minutes stand for them, then hours, then days: `from` and `to` reach out
   * to whole ones there, and a step finer than what is left has one point for each of them.
   */
  series(query: SeriesQuery): Promise<SeriesPoint[]>;
  /** Newest first. `active` leaves out those that are over and acknowledged. */
  alarms(state: 'active' | 'all', limit: number): Promise<Alarm[]>;
  alarm(id: string): Promise<Alarm | undefined>;
  /** Newest first. */
  tickets(state: 'open' | 'all', limit: number): Promise<Ticket[]>;
  /** Newest first. */
  ticketsBy(query: TicketQuery): Promise<Ticket[]>;
  ticket(id: string): Promise<Ticket | undefined>;
  deadLetters(limit: number): Promise<(DeadLetter & { follower: string })[]>;
  /** Newest first, with the bytes where they are still kept. */
  rejections(limit: number): Promise<RejectionView[]>;
  /** What is no longer in the log and counted in nothing else. */
  pruned(): Promise<Pruned>;
  /** Of the site's days from `from` to `to`, both included. */
  intakeDays(from: LocalDay, to: LocalDay): Promise<IntakeDays>;
  /** Newest first. */
  losses(query: LossQuery): Promise<LossRow[]>;
  /** Newest first. */
  happenings(query: HappeningQuery): Promise<Happening[]>;
  happening(kind: HappeningKind, id: string): Promise<Happening | undefined>;
}

export interface TicketQuery {
  /** `open` is any that has not ended. */
  readonly state?: TicketState | 'open';
  readonly team?: Team;
  readonly assignee?: string;
  readonly category?: Category;
  readonly asset?: string;
  readonly severity?: Severity;
  /** Whoever it is assigned to or was raised by. */
  readonly mine?: string;
  /** Of all those only what concerns somebody; everything where absent. */
  readonly seenBy?: TicketSight;
  /** Open ones whose step was due by then, and which do not wait for anybody. */
  readonly overdueAt?: Instant;
  readonly limit: number;
  readonly offset?: number;
}

/** What was written down and what was not: each day, source and device once, each reason once. */
export interface IntakeDays {
  readonly counts: readonly IntakeCount[];
  readonly reasons: readonly ReasonCount[];
}

export interface LossQuery {
  /** Over at or after `from` and before `to`. */
  readonly from: Instant;
  readonly to: Instant;
  readonly source?: string;
  readonly device?: string;
  readonly reason?: LossReason;
  readonly limit: number;
  readonly offset: number;
}

export interface Pruned {
  readonly rejections: readonly PrunedRejections[];
  /** Oldest first. */
  readonly gaps: readonly Gap[];
}

export interface PrunedRejections {
  readonly source: string;
  readonly reason: string;
  readonly count: number;
}

/** Records that went because the disk was full, before every follower had passed them. */
export interface Gap {
  readonly first: Sequence;
  readonly last: Sequence;
  readonly count: number;
  /** When the last of them had been received. */
  readonly at: Instant;
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

/** One sheet that was taken in. */
export interface ImportNote {
  readonly at: Instant;
  readonly source: string;
  /** The file's name, for people. */
  readonly file: string;
  /** Figures that were new, and figures that took the place of other ones. */
  readonly added: number;
  readonly replaced: number;
}

/** Of the days from `from` to `to`, both included, added up by period. */
export interface SumsQuery {
  readonly from: LocalDay;
  readonly to: LocalDay;
  /** `span`: all of it is one sum. */
  readonly by: Grain | 'span';
  readonly station?: string;
  readonly stream?: Stream;
}

export interface Ledger {
  /** From `from` to `to`, both included. */
  days(from: LocalDay, to: LocalDay): Promise<LedgerDay[]>;
  /** The same without their minutes and bins; one for each period, station, stream and origin. */
  sums(query: SumsQuery): Promise<LedgerSum[]>;
  /** The same for figures of sheets; a month only where the whole of it lies within. */
  totals(from: LocalDay, to: LocalDay): Promise<ImportedTotal[]>;
  /** All that a source ever said, one by one. */
  figures(source: string): Promise<ImportedFigure[]>;
  /** Puts figures in the place of those with the same key: all of them or none. */
  take(figures: readonly ImportedFigure[], note: ImportNote): Promise<void>;
  /** Newest first. */
  imports(limit: number): Promise<ImportNote[]>;
}

/** The secrets of devices, as digests. */
export interface Secrets {
  all(): Promise<DeviceSecret[]>;
  /** In the place of the one that the device had. */
  put(secret: DeviceSecret): Promise<void>;
}

/** What people and screens come in with, as digests. */
export interface Accounts {
  /** By the person's name, by the token's id. */
  load(): Promise<SavedAccounts>;
  /** All of it or nothing. */
  change(change: AccountChange): Promise<void>;
}

export interface SavedAccounts {
  readonly credentials: readonly Credential[];
  readonly tokens: readonly AccessToken[];
}

export interface AccountChange {
  /** In the place of the one that the person had. */
  readonly credential?: Credential;
  /** New, or in the place of those with the same id. */
  readonly tokens?: readonly AccessToken[];
  /** Tokens that open nothing any more, by id; one that is not there is no matter. */
  readonly ended?: readonly string[];
}

export interface Store {
  readonly log: Log;
  readonly cursors: Cursors;
  readonly step: StepStore;
  readonly books: Books;
  readonly ledger: Ledger;
  readonly secrets: Secrets;
  readonly accounts: Accounts;
  readonly outbox: Outbox;
  readonly audit: AuditBook;
  readonly evidence: EvidenceBook;
  readonly photos: PhotoBook;
  health(): StoreHealth;
  /**
   * Rolls up all that the log has and prunes all that is due. The store does so by itself, bit by
   * bit as the log grows; this is for whoever has to see the end of it.
   */
  tidy(): Promise<void>;
  /** Writes what waits, then closes the files. */
  close(): Promise<void>;
}

export interface StoreSettings {
  readonly dir: string;
  /** Raw bytes of rejected and doubted messages: kept no longer and no more than this. */
  readonly rawKeep: Duration;
  readonly rawKeepBytes: number;
  /** How long readings and their rollups are kept; all for ever where absent. */
  readonly keep?: Keep;
  /** Beyond this size the oldest goes, in the order that FORMAT.md states. */
  readonly maxBytes?: number;
  /**
   * `latency`: a commit as soon as the last one has ended. `wear`: a second's writes in one commit,
   * so that a card lasts. Acknowledged is after the commit either way.
   */
  readonly sync?: Sync;
  /** So much is set aside for the day that the disk is full; nothing where absent or 0. */
  readonly ballastBytes?: number;
  /** The site's day; UTC's where absent. A change holds for the days from then on. */
  readonly day?: { readonly zone: string; readonly dayStartsAtMinute: number };
  /**
   * Everybody who follows the log and has a cursor of this name: pruning waits for them from their
   * first record on, and nobody else may have a cursor. Where absent, for all that ever had one.
   */
  readonly followers?: readonly string[];
}

export type Sync = 'latency' | 'wear';

/** For each width of the books; `FOREVER` where it never goes. */
export type Keep = Readonly<Record<'raw' | 'minute' | 'hour' | 'day', Duration>>;
