// What was done, what speaks for it, and photos, filled by hand; photos go through the house's own
// shelf, so that what is refused is refused.
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Desk, EvidenceDesk } from '../../gateway/api/desk.ts';
import type { AuditEntry } from '../../gateway/domain/audit.ts';
import type { Evidence } from '../../gateway/domain/evidence.ts';
import { createEvidenceDesk } from '../../gateway/flow/evidence/evidence-desk.ts';
import { createPhotoShelf } from '../../gateway/store/photo-shelf.ts';
import { handClock } from './hand-clock.ts';
import { memoryEvidence } from './memory-evidence.ts';

export interface HandEvidence extends EvidenceDesk {
  /** Where photos go; there once there is one. */
  readonly photosDir: string;
  putAudit(...entries: AuditEntry[]): void;
  putEvidence(...evidence: Evidence[]): void;
}

export function handEvidence(ticketAction: Desk['ticketAction']): HandEvidence {
  const { save, audit, evidence, photos: book } = memoryEvidence();
  const clock = handClock('2026-11-20T08:00:00Z');
  const photosDir = path.join(tmpdir(), `courtyard-hand-${randomUUID()}`);
  const shelf = createPhotoShelf({
    dir: photosDir,
    book,
    clock,
    freeBytes: async () => 1e12,
  });
  return {
    ...createEvidenceDesk({ audit, evidence, shelf, ticketAction }),
    photosDir,
    putAudit: (...entries) => save(entries, []),
    putEvidence: (...evidence) => save([], evidence),
  };
}
