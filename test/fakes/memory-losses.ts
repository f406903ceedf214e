// The loss ledger of the store in memory: it keeps the contract with maps, and prunes nothing.
import type { IntakeChanges, IntakeCount, ReasonCount } from '../../gateway/domain/intake-book.ts';
import type { LossRow } from '../../gateway/domain/loss.ts';
import type { Books } from '../../gateway/store/log.ts';

export interface MemoryLosses extends Pick<Books, 'intakeDays' | 'losses'> {
  save(changes: IntakeChanges): void;
}

export function memoryLosses(): MemoryLosses {
  const counts = new Map<string, IntakeCount>();
  const reasons = new Map<string, ReasonCount>();
  const rows = new Map<string, LossRow>();
  return {
    save(changes) {
      for (const one of changes.counts) {
        const key = JSON.stringify([one.day, one.source, one.device]);
        const { frames = 0, readings = 0 } = counts.get(key) ?? {};
        counts.set(key, {
          ...one,
          frames: frames + one.frames,
          readings: readings + one.readings,
        });
      }
      for (const one of changes.reasons) {
        const { count: more, ...of } = one;
        const key = JSON.stringify([of.day, of.source, of.device, of.kind, of.reason]);
        reasons.set(key, { ...of, count: (reasons.get(key)?.count ?? 0) + more });
      }
      for (const row of changes.losses) {
        if (row.count === 0) rows.delete(row.id);
        else rows.set(row.id, row);
      }
    },
    intakeDays: async (from, to) => ({
      counts: [...counts.values()].filter(({ day }) => day >= from && day <= to),
      reasons: [...reasons.values()].filter(
        ({ day, count }) => day >= from && day <= to && count !== 0,
      ),
    }),
    losses: async ({ from, to, source, device, reason, limit, offset }) =>
      [...rows.values()]
        .filter((row) => row.to >= from && row.to < to)
        .filter((row) => source === undefined || row.source === source)
        .filter((row) => device === undefined || row.device === device)
        .filter((row) => reason === undefined || row.reason === reason)
        .toSorted((a, b) => b.to - a.to || (a.id < b.id ? 1 : -1))
        .slice(offset, offset + limit),
  };
}
