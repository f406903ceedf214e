// What is asked of the ledger, as it runs on the reader's connection.
import type { DatabaseSync } from 'node:sqlite';
import type { LocalDay } from '../domain/day.ts';
import type { ImportedFigure, ImportedTotal, LedgerDay } from '../domain/ledger.ts';
import { STAYS_IN_MIND } from '../domain/ledger.ts';
import { days } from '../domain/time.ts';
import type { ImportNote } from './log.ts';

/** A month belongs to the span only where the whole of it does. SQLite's sum is a compensated one. */
const TOTALS = `
  SELECT source, span, period, stream, station, basis,
         coalesce(sum(kg), 0) AS kg, count(*) AS figures, count(kg) AS usable
  FROM figures
  WHERE (span = 'day' AND period >= :from AND period <= :to)
     OR (span = 'month' AND period || '-01' >= :from
         AND date(period || '-01', '+1 month', '-1 day') <= :to)
  GROUP BY source, span, period, stream, station, basis`;

/** Counted back from the newest, as the store has no clock of its own. */
const IN_MIND = `
  SELECT body FROM ledger_days
  WHERE day >= (SELECT date(max(day), '-${STAYS_IN_MIND / days(1)} days') FROM ledger_days)`;

export function ledgerQueries(db: DatabaseSync) {
  const inMind = db.prepare(IN_MIND);
  const between = db.prepare(
    'SELECT body FROM ledger_days WHERE day >= ? AND day <= ? ORDER BY id',
  );
  const totals = db.prepare(TOTALS);
  const figures = db.prepare('SELECT * FROM figures WHERE source = ?');
  const imports = db.prepare('SELECT * FROM imports ORDER BY id DESC LIMIT ?');
  const dayOf = (row: Record<string, unknown>): LedgerDay =>
    JSON.parse(String(row['body'])) as LedgerDay;
  return {
    ledgerInMind: (): LedgerDay[] => inMind.all().map(dayOf),
    ledgerDays: (from: LocalDay, to: LocalDay): LedgerDay[] => between.all(from, to).map(dayOf),
    importedTotals: (from: LocalDay, to: LocalDay): ImportedTotal[] =>
      totals.all({ from, to }).map((row) => withoutNulls(row) as unknown as ImportedTotal),
    importedFigures: (source: string): ImportedFigure[] =>
      figures.all(source).map((row) => withoutNulls(row) as unknown as ImportedFigure),
    imports: (limit: number): ImportNote[] =>
      imports.all(limit).map((row) => row as unknown as ImportNote),
  };
}

/** What the writer wrote may be believed; what is absent has no key. */
const withoutNulls = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
