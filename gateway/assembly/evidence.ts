// What the evidence needs: somebody who fetches the samples, and a shelf for the photos.
import type { Kept } from '../flow/evidence/evidence-desk.ts';
import { createEvidenceKeeping, type EvidenceKeeping } from '../flow/evidence/evidence.ts';
import { createFaultLog } from '../ops/fault-log.ts';
import type { Store } from '../store/log.ts';
import { createPhotoShelf } from '../store/photo-shelf.ts';
import type { AppOptions } from './options.ts';

export function buildKept({ site, clock }: AppOptions, store: Store): Kept {
  const { audit, evidence, photos: book } = store;
  return { audit, evidence, shelf: createPhotoShelf({ dir: site.store.dir, book, clock }) };
}

export const buildEvidence = ({ clock, logger }: AppOptions, store: Store): EvidenceKeeping =>
  createEvidenceKeeping({
    book: store.evidence,
    books: store.books,
    clock,
    onFault: createFaultLog(logger, clock),
  });
