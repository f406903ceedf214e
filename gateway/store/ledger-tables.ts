// The writer's hand on the ledger: the days of the fold, and the figures of other people's sheets.
// The days are saved with the step's cursor; a sheet's figures go in all or none.
import type { DatabaseSync } from 'node:sqlite';
import type { ImportedFigure, LedgerDay } from '../domain/ledger.ts';
import { sumOfDay, type BasisSum, type LedgerSum } from '../domain/ledger-sum.ts';
import type { ImportNote } from './log.ts';

export interface LedgerTables {
  saveDays(days: readonly LedgerDay[]): void;
  /** Puts figures in the place of those with the same key, and a line in the list of imports. */
  take(figures: readonly ImportedFigure[], note: ImportNote): void;
}

export function ledgerTables(db: DatabaseSync): LedgerTables {
  const day = db.prepare(
    `INSERT INTO ledger_days (id, day, body) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
  );
  const sum = db.prepare(
    `INSERT OR REPLACE INTO ledger_sums VALUES (${Array.from({ length: 20 }, () => '?').join(', ')})`,
  );
  const figure = db.prepare('INSERT OR REPLACE INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const imported = db.prepare(
    'INSERT INTO imports (at, source, file, added, replaced) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    saveDays(days) {
      for (const one of days) {
        day.run(one.id, one.day, JSON.stringify(one));
        sum.run(...columnsOf(sumOfDay(one)));
      }
    },
    take(figures, { at, source, file, added, replaced }) {
      for (const { key, span, period, stream, station, basis, kg, ...one } of figures) {
        figure.run(key, one.source, span, period, stream, station ?? null, basis, kg ?? null);
      }
      imported.run(Math.round(at), source, file, added, replaced);
    },
  };
}

const columnsOf = (one: LedgerSum): (string | number | null)[] => [
  one.day,
  one.stream,
  one.station,
  one.origin,
  one.bins,
  one.heardMinutes,
  ...basisColumns(one.deposited),
  ...basisColumns(one.collected),
  one.revision,
  one.reopenedAt === undefined ? null : Math.round(one.reopenedAt),
  one.standingKg ?? null,
  one.unbalancedKg,
];

const basisColumns = (sum: BasisSum): number[] => [
  sum.kg,
  sum.litres,
  sum.correctedKg,
  sum.pending,
  sum.corrections,
];
