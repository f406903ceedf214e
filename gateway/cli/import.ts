// `courtyard import FILE --map MAP -c SITE`: somebody else's sheet becomes figures of the ledger.
// Everything that is not taken is said, by its reason and its lines. Doing it twice changes nothing.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { siteDays } from '../domain/day.ts';
import { Fault } from '../domain/fault.ts';
import type { ImportedFigure } from '../domain/ledger.ts';
import { systemClock } from '../ops/system-clock.ts';
import { compareFigures, type FigureChanges } from '../review/figure-changes.ts';
import type { Site } from '../site/site.ts';
import { formatMapMistake } from '../sources/map-file.ts';
import { unreadable } from '../sources/recording-rows.ts';
import { figuresOf, type SheetFigures } from '../sources/sheet.ts';
import { parseSheetMap, type SheetMap } from '../sources/sheet-map.ts';
import { sheetRows } from '../sources/sheet-rows.ts';
import { openLedgerReader } from '../store/ledger-reader.ts';
import { openStore } from '../store/sqlite-store.ts';
import { followersOf } from '../assembly/followers.ts';
import { importReport, inWords } from './import-report.ts';
import { EXIT, type Shell } from './shell.ts';
import { loadOrComplain } from './site-file.ts';

export interface ImportOptions {
  readonly file: string;
  readonly map: string;
  readonly config: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export async function importSheet(shell: Shell, options: ImportOptions): Promise<void> {
  const map = mapOrComplain(shell, options.map);
  const site = loadOrComplain(shell, options.config);
  if (!map || !site) {
    shell.leave(EXIT.usage);
    return;
  }
  const sheet = await readSheetFile(options.file, map, site);
  const isDry = options.dryRun === true;
  const changes = isDry
    ? await compared(site, map, sheet)
    : await taken(site, map, { sheet, options });
  const report = importReport({ file: options.file, map, sheet, changes, isDry });
  for (const line of options.json ? [JSON.stringify(report)] : inWords(report)) shell.say(line);
  if (sheet.rows > 0 && sheet.figures.every(({ kg }) => kg === undefined)) shell.leave(EXIT.fault);
}

function mapOrComplain(shell: Shell, file: string): SheetMap | undefined {
  const parsed = parseSheetMap(bytesOf(file, 'config-unreadable').toString('utf8'));
  if (parsed.kind === 'map') return parsed.map;
  for (const mistake of parsed.mistakes) shell.complain(formatMapMistake(file, mistake));
  return undefined;
}

function bytesOf(file: string, code: 'config-unreadable' | 'recording-unreadable'): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Fault(code, `reading ${file}: ${wordsOf(error)}`, error);
  }
}

async function readSheetFile(
  file: string,
  map: SheetMap,
  { compound }: Site,
): Promise<SheetFigures> {
  const bytes = bytesOf(file, 'recording-unreadable');
  try {
    const { stations, place } = compound;
    return figuresOf(await sheetRows(bytes, map), map, { stations, days: siteDays(place) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw unreadable(`reading ${file}: ${error.message}`, error);
  }
}

/** What an import would change; reads beside a gateway that runs, and makes no store where none is. */
async function compared(
  site: Site,
  { source }: SheetMap,
  sheet: SheetFigures,
): Promise<FigureChanges> {
  const reader = openLedgerReader(site.store.dir);
  try {
    const known: ImportedFigure[] = reader ? await reader.ledger.figures(source) : [];
    return compareFigures(known, sheet.figures);
  } finally {
    reader?.close();
  }
}

async function taken(
  site: Site,
  { source }: SheetMap,
  { sheet, options }: { readonly sheet: SheetFigures; readonly options: ImportOptions },
): Promise<FigureChanges> {
  const store = await openStore({ ...site.store, followers: followersOf(site) }).catch(
    whileRunning,
  );
  try {
    const changes = compareFigures(await store.ledger.figures(source), sheet.figures);
    const [added, replaced] = [changes.added.length, changes.replaced.length];
    if (added + replaced === 0) return changes;
    const note = {
      at: systemClock.now(),
      source,
      file: path.basename(options.file),
      added,
      replaced,
    };
    await store.ledger.take([...changes.added, ...changes.replaced], note);
    return changes;
  } finally {
    await store.close();
  }
}

/** Figures are written by the one who holds the store, and that is the gateway while it runs. */
function whileRunning(error: unknown): never {
  if (!(error instanceof Fault) || error.code !== 'store-in-use') throw error;
  const words = `${error.message}; stop it for the import, or look first with --dry-run, which needs no stop`;
  throw new Fault('store-in-use', words, error);
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
