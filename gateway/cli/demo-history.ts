// A year before the demo's first day, so that there is something to compare with: the simulated
// property company's own sheet, taken in by the importer like anybody else's.
// Promise: nothing is counted twice. A sheet is taken once, and ends before the first day that the
// demo's own scales told of.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { addDays, siteDays, type LocalDay } from '../domain/day.ts';
import { Fault } from '../domain/fault.ts';
import type { Instant } from '../domain/time.ts';
import type { Site } from '../site/site.ts';
import { parseSheetMap, type SheetMap } from '../sources/sheet-map.ts';
import { sheetRows } from '../sources/sheet-rows.ts';
import { figuresOf } from '../sources/sheet.ts';
import type { Ledger } from '../store/log.ts';
import type { Shell } from './shell.ts';

/** A year and its comparable weekday, and a month to look at. */
const DAYS = 400;
const FILE = 'history.csv';

const MAP = `
source: simulated-history
time: { column: date }
period: day
basis: deposited
station: { column: station }
streams:
  wet: { column: wet_kg, unit: kg }
  dry: { column: dry_kg, unit: kg }
  recyclable: { column: recyclable_kg, unit: kg }
  hazardous: { column: hazardous_kg, unit: kg }
`;

interface Library {
  readonly site: Site;
  readonly ledger: Ledger;
  /** The folder that the sheet is written to. */
  readonly dir: string;
  readonly now: Instant;
}

/** Into a ledger that nothing was imported to yet; any other stays as it is. */
export async function seedHistory(
  shell: Shell,
  { site, ledger, dir, now }: Library,
): Promise<void> {
  const [earlier] = await ledger.imports(1);
  if (earlier) return;
  const { place, stations } = site.compound;
  const days = siteDays(place);
  const today = days.at(now).day;
  const file = path.join(dir, FILE);
  await writeSheet(shell, file, await lastDayBefore(ledger, today));
  const map = mapOfHistory();
  const { figures } = figuresOf(await sheetRows(await readFile(file), map), map, {
    stations,
    days,
  });
  const note = { at: now, source: map.source, file: FILE, added: figures.length, replaced: 0 };
  await ledger.take(figures, note);
}

/** The day before the first that scales told of, where they did before the sheet came. */
async function lastDayBefore(ledger: Ledger, today: LocalDay): Promise<LocalDay> {
  const told = await ledger.days(addDays(today, -DAYS), today);
  return addDays(
    told.reduce((first, { day }) => (day < first ? day : first), today),
    -1,
  );
}

async function writeSheet(shell: Shell, file: string, until: LocalDay): Promise<void> {
  const [node, ...flags] = shell.node;
  const orders = ['history', '--days', String(DAYS), '--until', until, '--out', file];
  try {
    await promisify(execFile)(node, [...flags, shell.simulator, ...orders]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault('recording-unreadable', `letting the simulator write ${file}: ${why}`, error);
  }
}

function mapOfHistory(): SheetMap {
  const parsed = parseSheetMap(MAP);
  if (parsed.kind === 'map') return parsed.map;
  throw new Error(`the demo's own map is wrong: ${parsed.mistakes.map(({ what }) => what).join()}`);
}
