// The ledger for whoever only wants to read it, while a gateway runs or when none does.
import { ledgerQueries } from './ledger-queries.ts';
import type { Ledger } from './log.ts';
import { headOf, openReadOnly } from './read-only.ts';

export interface LedgerReader {
  readonly ledger: Omit<Ledger, 'take'>;
  /** The last sequence of the log. */
  head(): number;
  close(): void;
}

/** Undefined where there is no store yet. Throws `store-unavailable` or `store-newer`. */
export const openLedgerReader = (dir: string): LedgerReader | undefined =>
  openReadOnly(dir, (db) => {
    const asked = ledgerQueries(db);
    return {
      ledger: {
        days: async (from, to) => asked.ledgerDays(from, to),
        sums: async (query) => asked.ledgerSums(query),
        totals: async (from, to) => asked.importedTotals(from, to),
        figures: async (source) => asked.importedFigures(source),
        imports: async (limit) => asked.imports(limit),
      },
      head: headOf(db),
      close: () => db.close(),
    };
  });
