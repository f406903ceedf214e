// What is asked of the ledger, as it runs on the reader's connection.
import type { DatabaseSync } from 'node:sqlite';
import type { LocalDay } from '../domain/day.ts';
import type { ImportedFigure, ImportedTotal, LedgerDay } from '../domain/ledger.ts';
import type { SavedDay } from '../domain/ledger-shelf.ts';
import type { BasisSum, LedgerSum } from '../domain/ledger-sum.ts';
import { STAYS_IN_MIND } from '../domain/ledger.ts';
import { days, type Instant } from '../domain/time.ts';
import type { ImportNote, SumsQuery } from './log.ts';

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
  SELECT id, body FROM ledger_days
  WHERE day >= (SELECT date(max(day), '-${STAYS_IN_MIND / days(1)} days') FROM ledger_days)`;

const PERIODS: Readonly<Record<Exclude<SumsQuery['by'], 'day'>, string>> = {
  span: '',
  week: "strftime('%G-W%V', day), ",
  month: 'substr(day, 1, 7), ',
};

/** One statement for each question, so that one station's year has its index. */
export function sumsSql({ by, station, stream }: Omit<SumsQuery, 'from' | 'to'>): string {
  const only = [
    ...(station === undefined ? [] : ['station = :station']),
    ...(stream === undefined ? [] : ['stream = :stream']),
    'day >= :from',
    'day <= :to',
  ].join(' AND ');
  if (by === 'day') return `SELECT * FROM ledger_sums WHERE ${only}`;
  // What stood when the period ended rides with its last day: both are one text, of which the most is taken.
  return `SELECT max(day) AS day, stream, station, origin, max(bins) AS bins, sum(heard) AS heard,
      sum(in_kg) AS in_kg, sum(in_l) AS in_l, sum(in_corrected) AS in_corrected,
      sum(in_pending) AS in_pending, sum(in_asked) AS in_asked,
      sum(out_kg) AS out_kg, sum(out_l) AS out_l, sum(out_corrected) AS out_corrected,
      sum(out_pending) AS out_pending, sum(out_asked) AS out_asked,
      sum(revision) AS revision, max(reopened) AS reopened,
      CAST(nullif(substr(max(day || coalesce(standing_kg, '')), 11), '') AS REAL) AS standing_kg,
      sum(unbalanced_kg) AS unbalanced_kg
    FROM ledger_sums WHERE ${only}
    GROUP BY ${PERIODS[by]}stream, station, origin`;
}

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
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statementOf = (query: SumsQuery) => {
    const text = sumsSql(query);
    const known = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, known);
    return known;
  };
  return {
    ledgerSums: ({ from, to, station, stream, by }: SumsQuery): LedgerSum[] =>
      statementOf({
        from,
        to,
        by,
        ...(station !== undefined && { station }),
        ...(stream && { stream }),
      })
        .all({ from, to, ...(station !== undefined && { station }), ...(stream && { stream }) })
        .map(sumOf),
    /** As text: most of a year's days are never looked at. */
    ledgerInMind: (): SavedDay[] =>
      inMind.all().map((row) => [String(row['id']), String(row['body'])]),
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

function sumOf(row: Record<string, unknown>): LedgerSum {
  const { reopened, standing_kg: standing } = row;
  return {
    day: String(row['day']),
    station: String(row['station']),
    stream: row['stream'] as LedgerSum['stream'],
    origin: row['origin'] as LedgerSum['origin'],
    bins: Number(row['bins']),
    heardMinutes: Number(row['heard']),
    deposited: basisOf(row, 'in'),
    collected: basisOf(row, 'out'),
    revision: Number(row['revision']),
    ...(reopened !== null && { reopenedAt: Number(reopened) as Instant }),
    ...(standing !== null && { standingKg: Number(standing) }),
    unbalancedKg: Number(row['unbalanced_kg']),
  };
}

const basisOf = (row: Record<string, unknown>, way: 'in' | 'out'): BasisSum => ({
  kg: Number(row[`${way}_kg`]),
  litres: Number(row[`${way}_l`]),
  correctedKg: Number(row[`${way}_corrected`]),
  pending: Number(row[`${way}_pending`]),
  corrections: Number(row[`${way}_asked`]),
});
