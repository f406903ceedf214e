// A look at a database before anybody believes it. All that people wrote and all that cannot be told
// again is read whole, whatever its size; the log and its rollups only as long as that takes no time,
// or where somebody stumbled over damage before. SQLite has no checksums: a flipped bit within a
// number is beyond anybody's knowledge; one in a tree, in the form of a row or in JSON is not.
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { siteDays } from '../domain/day.ts';
import { FOREVER } from '../domain/time.ts';
import { FORMAT_VERSION, formatVersion, isDamage, isUnknown, wordsOf } from './connection.ts';
import { UTC_DAY } from './grain.ts';
import { queries } from './queries.ts';
import { upkeep } from './upkeep.ts';
import { groupWriter } from './write-group.ts';

export type Look = 'quick' | 'thorough';

/** Reading as much takes a poor card about a second. */
const SMALL_BYTES = 32 * 1024 * 1024;

/** What is kept for good, with the column of each that holds JSON. */
export const KEPT: Readonly<Record<string, string | undefined>> = {
  credentials: undefined,
  tokens: undefined,
  cursors: undefined,
  slices: 'json',
  alarms: 'body',
  tickets: 'body',
  ledger_days: 'body',
  ledger_sums: undefined,
  happenings: 'body',
  figures: undefined,
  imports: undefined,
  intake_days: undefined,
  intake_reasons: undefined,
  losses: 'body',
  outbox: 'body',
  audit: 'detail',
  evidence: 'body',
  photos: undefined,
  series: undefined,
  floors: undefined,
  gaps: undefined,
  dead_letters: undefined,
  pruned_rejections: undefined,
};

/** What is broken, in words; undefined where nothing is, as far as this look goes. */
export function damageIn(db: DatabaseSync, file: string, look: Look): string | undefined {
  try {
    if (formatVersion(db) === FORMAT_VERSION) askEverything(db);
    if (isNew(db)) return undefined;
    const isAll = look === 'thorough' || statSync(file).size <= SMALL_BYTES;
    return oddDocument(db) ?? (isAll ? oddTree(db) : undefined);
  } catch (error) {
    // one that knows not all of our columns had its schema damaged
    if (isDamage(error) || isUnknown(error)) return wordsOf(error);
    throw error;
  }
}

/** Prepares every statement of this version: a schema that lacks a column shows itself. */
function askEverything(db: DatabaseSync): void {
  queries(db, siteDays(UTC_DAY));
  const group = groupWriter(db, { dir: '', rawKeep: FOREVER, rawKeepBytes: 0 }, []);
  upkeep({ db, settings: { dir: '', rawKeep: FOREVER, rawKeepBytes: 0 }, ...group });
}

/** Before its first migration. */
const isNew = (db: DatabaseSync): boolean =>
  db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;

function oddDocument(db: DatabaseSync): string | undefined {
  const known = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  const names = new Set(known.map(({ name }) => String(name)));
  for (const [table, json] of Object.entries(KEPT)) {
    if (!names.has(table)) continue; // of a format that is still to come
    // Within SQLite: a year of 200 bins has 70,000 rows in each of two tables.
    const odd = json === undefined ? 'false' : `NOT json_valid(${json})`;
    const found = db
      .prepare(`SELECT sum(${odd}) AS odd, ${wholeRow(db, table)} FROM ${table}`)
      .get();
    if (Number(found?.['odd']) > 0) return `a row of ${table} is no JSON`;
  }
  return undefined;
}

/** An expression that no row can answer without being read to its end. */
function wholeRow(db: DatabaseSync, table: string): string {
  const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all();
  return columns.map(({ name }) => `total(length("${String(name)}"))`).join(' + ');
}

export function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text));
    return true;
  } catch {
    return false;
  }
}

function oddTree(db: DatabaseSync): string | undefined {
  const words = String(db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']);
  if (words !== 'ok') return words;
  const bodies = db.prepare('SELECT sequence, body FROM log WHERE body IS NOT NULL');
  for (const { sequence, body } of bodies.iterate()) {
    if (!isJson(body)) return `record ${Number(sequence)} is no JSON`;
  }
  return undefined;
}
