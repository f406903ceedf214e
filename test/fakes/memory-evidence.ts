// The audit chain, evidence and photos in memory; it keeps the store's contract.
import { keepable, type AuditEntry, type AuditRow } from '../../gateway/domain/audit.ts';
import type { Evidence } from '../../gateway/domain/evidence.ts';
import type { Photo } from '../../gateway/domain/photo.ts';
import { GENESIS, hashAfter, hex } from '../../gateway/store/audit-chain.ts';
import type { Store } from '../../gateway/store/log.ts';

export interface MemoryEvidence extends Pick<Store, 'audit' | 'evidence' | 'photos'> {
  save(audit: readonly AuditEntry[], evidence: readonly Evidence[]): void;
}

export function memoryEvidence(): MemoryEvidence {
  const chain: AuditRow[] = [];
  const evidences = new Map<string, Evidence>();
  const photos = new Map<string, Photo>();
  const link = (given: AuditEntry): void => {
    if (chain.some((row) => row.sequence === given.sequence && row.place === given.place)) return;
    const entry = keepable(given);
    const number = chain.length + 1;
    const before = Buffer.from(chain.at(-1)?.hash ?? hex(GENESIS), 'hex');
    chain.push({ number, ...entry, hash: hex(hashAfter(before, number, entry)) });
  };
  return {
    save(audit, evidence) {
      for (const entry of audit) link(entry);
      for (const one of evidence)
        if (!evidences.has(one.alarm)) evidences.set(one.alarm, structuredClone(one));
    },
    audit: {
      entries: async ({ from = -Infinity, to = Infinity, on, id, limit }) =>
        chain
          .filter(({ at }) => at >= from && at < to)
          .filter(
            (row) => (on === undefined || row.on === on) && (id === undefined || row.id === id),
          )
          .toReversed()
          .slice(0, limit),
      head: async () => ({ entries: chain.length, hash: chain.at(-1)?.hash ?? hex(GENESIS) }),
    },
    evidence: {
      of: async (alarm) => evidences.get(alarm),
      unfinished: async (limit) =>
        [...evidences.values()]
          .filter(({ due }) => due !== undefined)
          .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0))
          .slice(0, limit),
      async complete(evidence) {
        const before = evidences.get(evidence.alarm);
        if (before?.due !== undefined) evidences.set(evidence.alarm, structuredClone(evidence));
      },
    },
    photos: {
      all: async () =>
        [...photos.values()].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
      of: async (id) => photos.get(id),
      count: async (by, since) =>
        [...photos.values()].filter((photo) => photo.by === by && photo.at >= since).length,
      async note({ add = [], forget = [] }) {
        for (const photo of add) photos.set(photo.id, photo);
        for (const id of forget) photos.delete(id);
      },
    },
  };
}
