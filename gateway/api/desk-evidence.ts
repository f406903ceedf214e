// The part of the desk that shows what was done and what speaks for it, and takes photos in.
import type { Actor, Answer } from './desk.ts';
import type { TicketView } from './schemas.ts';
import type { AuditView, EvidenceView } from './schemas-evidence.ts';

/** Moments as ISO 8601 or dates of the site; both ends may be left out. */
export interface AuditAsk {
  readonly from?: string;
  readonly to?: string;
  readonly on?: string;
  readonly id?: string;
  readonly limit?: number;
}

export interface NewPhotos {
  readonly id: string;
  readonly files: readonly Uint8Array[];
  readonly note?: string;
  readonly actor: Actor;
  readonly version?: number;
  readonly key?: string;
}

export interface EvidenceDesk {
  audit(ask: AuditAsk): Promise<Answer<AuditView>>;
  evidence(alarm: string): Promise<Answer<EvidenceView>>;
  /** All of them or none; answered with the ticket that has them. */
  addPhotos(photos: NewPhotos): Promise<Answer<TicketView>>;
  /** A JPEG of ours, and the ticket that it belongs to. */
  photo(id: string): Promise<Answer<{ readonly ticket: string; readonly jpeg: Uint8Array }>>;
}
