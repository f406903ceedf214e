// The ledger as an Excel file: one sheet of rows with one header row, and one that says what they are.
import type { LedgerView } from './desk.ts';
import { aboutLedger, LEDGER_COLUMNS } from './ledger-csv.ts';

export async function ledgerXlsx(view: LedgerView): Promise<Buffer> {
  // Loaded when the first sheet is asked for: most gateways in cupboards never are.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const header = LEDGER_COLUMNS.map(([name]) => ({ value: name, fontWeight: 'bold' as const }));
  const rows = view.rows.map((row) => LEDGER_COLUMNS.map(([, cellOf]) => cellOf(row)));
  const about = aboutLedger(view).map((line) => [...line]);
  return writeExcelFile([
    { data: [header, ...rows], sheet: 'ledger', stickyRowsCount: 1 },
    { data: about, sheet: 'about' },
  ]).toBuffer();
}
