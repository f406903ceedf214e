// The writer's hand on the ledger: the days of the fold, and the figures of other people's sheets.
// The days are saved with the step's cursor; a sheet's figures go in all or none.
import type { DatabaseSync } from 'node:sqlite';
import type { ImportedFigure, LedgerDay } from '../domain/ledger.ts';
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
  const figure = db.prepare('INSERT OR REPLACE INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const imported = db.prepare(
    'INSERT INTO imports (at, source, file, added, replaced) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    saveDays(days) {
      for (const one of days) day.run(one.id, one.day, JSON.stringify(one));
    },
    take(figures, { at, source, file, added, replaced }) {
      for (const { key, span, period, stream, station, basis, kg, ...one } of figures) {
        figure.run(key, one.source, span, period, stream, station ?? null, basis, kg ?? null);
      }
      imported.run(Math.round(at), source, file, added, replaced);
    },
  };
}
