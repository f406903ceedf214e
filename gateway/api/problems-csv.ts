// The problem list as CSV: a byte order mark for Excel, and nothing that a spreadsheet would take for a
// formula, for titles and reasons are what anybody wrote.
import { stringify } from 'csv-stringify/sync';
import { siteDays } from '../domain/day.ts';
import { instant } from '../domain/time.ts';
import type { ProblemListView, ProblemRowView } from './schemas.ts';

const HOUR_S = 3600;

const COLUMNS = [
  ['number', ({ number }) => number],
  ['title', ({ title }) => title],
  ['category', ({ category }) => category],
  ['place', ({ place }) => place],
  ['severity', ({ severity }) => severity],
  ['raised_at', ({ raisedAt }) => raisedAt],
  ['age_days', ({ ageDays }) => ageDays],
  ['returns', ({ returns }) => returns],
  ['state', ({ state }) => state],
  ['waiting', ({ waiting }) => waiting],
  ['next', ({ next }) => next],
  ['turn', ({ turn }) => turn],
  ['turn_name', ({ turnName }) => turnName],
  ['team', ({ team }) => team],
  ['side', ({ side }) => side],
  ['due_at', ({ dueAt }) => dueAt],
  ['overdue_h', ({ overdueS }) => overdueS && Math.round((overdueS / HOUR_S) * 10) / 10],
  ['ended_at', ({ endedAt }) => endedAt],
  ['ended_because', ({ endedBecause }) => endedBecause],
] as const satisfies readonly (readonly [string, (row: ProblemRowView) => Cell])[];

type Cell = string | number | undefined;

export function problemsCsv({ rows, site, zone, generatedAt }: ProblemListView): string {
  const header = [...COLUMNS.map(([name]) => name), 'site', 'zone', 'generated_at'];
  const cells = rows.map((row) => [
    ...COLUMNS.map(([, cellOf]) => cellOf(row)),
    site,
    zone,
    generatedAt,
  ]);
  return stringify([header, ...cells], {
    bom: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}

/** By the day that it is there. */
export function problemsFileName({ generatedAt, zone }: ProblemListView): string {
  const days = siteDays({ zone, dayStartsAtMinute: 0 });
  return `problems_${days.at(instant(Date.parse(generatedAt))).day}.csv`;
}
