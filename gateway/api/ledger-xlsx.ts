// The ledger as an Excel file: one sheet of rows with one header row, and one that says what they are.
import writeExcelFile from 'write-excel-file/node';
import type { LedgerView } from './desk.ts';
import { aboutLedger, LEDGER_COLUMNS } from './ledger-csv.ts';

export function ledgerXlsx(view: LedgerView): Promise<Buffer> {
  const header = LEDGER_COLUMNS.map(([name]) => ({ value: name, fontWeight: 'bold' as const }));
  const rows = view.rows.map((row) => LEDGER_COLUMNS.map(([, cellOf]) => cellOf(row)));
  const about = aboutLedger(view).map((line) => [...line]);
  return writeExcelFile([
    { data: [header, ...rows], sheet: 'ledger', stickyRowsCount: 1 },
    { data: about, sheet: 'about' },
  ]).toBuffer();
}
