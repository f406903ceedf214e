// The ledger as CSV for people's spreadsheets: a byte order mark for Excel, ISO dates, one header row,
// nothing that a spreadsheet would take for a formula. Where it comes from travels in every row,
// because a sheet is cut, sorted and mailed on without its file name.
import { stringify } from 'csv-stringify/sync';
import type { LedgerView } from './desk.ts';
import type { LedgerRowView } from './schemas.ts';

/** Header and cell of each column, for both kinds of sheet. */
export const LEDGER_COLUMNS = [
  ['period', ({ period }) => period],
  ['stream', ({ stream }) => stream],
  ['station', ({ station }) => station],
  ['kg', ({ kg }) => kg],
  ['basis', ({ basis }) => basis],
  ['origin', ({ origin }) => origin],
  ['completeness', ({ completeness }) => completeness],
  ['source', ({ source }) => source],
  ['revision', ({ revision }) => revision],
  ['reopened_at', ({ reopenedAt }) => reopenedAt],
  ['last_year_kg', ({ lastYear }) => lastYear?.kg],
  // The figure to report is `kg` and this together, as on the screens.
  ['corrected_kg', ({ correctedKg }) => correctedKg],
  ['litres', ({ litres }) => litres],
  ['unbalanced_kg', ({ unbalancedKg }) => unbalancedKg],
] as const satisfies readonly (readonly [string, (row: LedgerRowView) => Cell])[];

type Cell = string | number | undefined;

/** What every sheet says of itself. */
export const aboutLedger = ({
  from,
  to,
  by,
  site,
  zone,
  generatedAt,
  dataVersion,
}: LedgerView): readonly (readonly [string, string])[] => [
  ['filter', `${from} to ${to} by ${by}`],
  ['site', site],
  ['zone', zone],
  ['generated_at', generatedAt],
  ['data_version', dataVersion],
];

export function ledgerCsv(view: LedgerView): string {
  const about = aboutLedger(view);
  const header = [...LEDGER_COLUMNS.map(([name]) => name), ...about.map(([name]) => name)];
  const rows = view.rows.map((row) => [
    ...LEDGER_COLUMNS.map(([, cellOf]) => cellOf(row)),
    ...about.map(([, text]) => text),
  ]);
  return stringify([header, ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}

/** Says what is in it: `ledger_luyuan_2026-11-01_2026-11-30_by-day.csv`. */
export const ledgerFileName = ({ site, from, to, by }: LedgerView, kind: 'csv' | 'xlsx'): string =>
  `ledger_${site.replaceAll(/[^\w-]/g, '-')}_${from}_${to}_by-${by}.${kind}`;
