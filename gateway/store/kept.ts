// The contract of what is kept to be shown to somebody years later: the audit chain, the evidence of
// alarms, and photos. Nothing here is ever pruned, and nothing whole is ever changed.
import type { AuditHead, AuditRow } from '../domain/audit.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Photo, PhotoRefusal } from '../domain/photo.ts';
import type { Instant } from '../domain/time.ts';

export interface AuditQuery {
  /** At or after `from` and before `to`. */
  readonly from?: Instant;
  readonly to?: Instant;
  readonly on?: string;
  readonly id?: string;
  readonly limit: number;
}

/** Written with the step that it tells of (`StepCommit.audit`), and read here. */
export interface AuditBook {
  /** Newest first. */
  entries(query: AuditQuery): Promise<AuditRow[]>;
  /** An empty chain has 0 entries and a hash of zeros. */
  head(): Promise<AuditHead>;
}

/** Begun with the step in which the alarm tripped (`StepCommit.evidence`). */
export interface EvidenceBook {
  of(alarm: string): Promise<Evidence | undefined>;
  /** What is not whole, the soonest due first. */
  unfinished(limit: number): Promise<Evidence[]>;
  /** In the place of what is not whole; what is whole stays as it is. */
  complete(evidence: Evidence): Promise<void>;
}

/** What is known of photos; their bytes are files of the shelf. */
export interface PhotoBook {
  all(): Promise<Photo[]>;
  of(id: string): Promise<Photo | undefined>;
  /** How many this person has had taken in since then. */
  count(by: string, since: Instant): Promise<number>;
  /** Writes some down and forgets others, all or none. */
  note(change: {
    readonly add?: readonly Photo[];
    readonly forget?: readonly string[];
  }): Promise<void>;
}

/** Where the bytes of photos are. */
export interface PhotoShelf {
  /**
   * Makes photos of what was sent, all or none, and keeps them durably. What cannot be a photo is a
   * refusal with the place of the file that was to blame.
   */
  take(sent: SentPhotos): Promise<TakenPhotos>;
  /** Undefined where there is none, or its file is gone. */
  read(id: string): Promise<{ readonly photo: Photo; readonly jpeg: Uint8Array } | undefined>;
  /** They came before it was known which ticket they belong to. */
  assign(ids: readonly string[], ticket: string): Promise<void>;
  /** For a command that was not accepted after all. */
  drop(ids: readonly string[]): Promise<void>;
}

export interface SentPhotos {
  readonly files: readonly Uint8Array[];
  readonly ticket: string;
  readonly by: string;
}

export type TakenPhotos =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly reason: PhotoRefusal; readonly file: number };
