// `courtyard export csv|xlsx -c SITE --from --to`: the ledger as a sheet, the same that the API gives.
// It reads beside a gateway that runs.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LedgerQuery, LedgerView } from '../api/desk.ts';
import { ledgerCsv, ledgerFileName } from '../api/ledger-csv.ts';
import { ledgerXlsx } from '../api/ledger-xlsx.ts';
import { GRAINS } from '../domain/ledger.ts';
import { Fault } from '../domain/fault.ts';
import { createLedgerDesk } from '../flow/weights/ledger-desk.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Site } from '../site/site.ts';
import { openLedgerReader } from '../store/ledger-reader.ts';
import { EXIT, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface ExportOptions {
  readonly format: string;
  readonly config: string;
  readonly from?: string;
  readonly to?: string;
  readonly by: string;
  readonly out?: string;
  readonly json?: boolean;
}

export async function exportLedger(shell: Shell, options: ExportOptions): Promise<void> {
  const site = loadOrComplain(shell, options.config);
  const by = GRAINS.find((grain) => grain === options.by);
  const format = (['csv', 'xlsx'] as const).find((kind) => kind === options.format);
  if (!by) shell.complain(`courtyard export: --by takes ${GRAINS.join(', ')}, not ${options.by}`);
  if (!format) shell.complain(`courtyard export: csv or xlsx, not ${options.format}`);
  if (!site || !by || !format) return shell.leave(EXIT.usage);
  const { from, to } = options;
  const query = { by, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const view = await viewOf(site, query);
  if (typeof view === 'string') {
    shell.complain(`courtyard export: ${view}`);
    return shell.leave(EXIT.usage);
  }
  if (options.json) return shell.say(JSON.stringify(view));
  const out = options.out ?? (format === 'xlsx' ? ledgerFileName(view, 'xlsx') : undefined);
  if (out === undefined) return shell.say(ledgerCsv(view).trimEnd());
  writeOut(
    path.resolve(shell.cwd, out),
    format === 'csv' ? ledgerCsv(view) : await ledgerXlsx(view),
  );
  shell.complain(`${view.rows.length} rows in ${out}`);
}

/** The ledger, or in words why that span cannot be shown. */
async function viewOf(site: Site, query: LedgerQuery): Promise<LedgerView | string> {
  const { dir } = site.store;
  const reader = openLedgerReader(dir);
  if (!reader)
    throw new Fault('store-unavailable', `reading the store in ${dir}: there is none yet`);
  try {
    const { ledger, head } = reader;
    const desk = createLedgerDesk({ place: site.compound.place, ledger, head, clock: systemClock });
    const answer = await desk(query);
    return answer.ok ? answer.value : answer.detail;
  } finally {
    reader.close();
  }
}

function writeOut(file: string, content: string | Buffer): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('export-failed', `writing ${file}: ${why}`, error);
  }
}
