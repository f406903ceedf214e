// Takes out of a damaged database what can still be read, into a new one. Everything that people
// wrote goes first, the log next, its rollups last. Nothing is made up: a row that cannot be read or
// does not fit its table is left out, and what is left out of the log is a gap.
//
//   damaged ──▶ kept tables ──▶ log, around every hole ──▶ rollups ──▶ cursors mended ──▶ new
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import { STEP } from './fold-tables.ts';
import { ROLLUP } from './roller.ts';
import { copier, isThere, walkRows, type Copier } from './salvage-rows.ts';
import { copyLog } from './salvage-log.ts';
import { KEPT } from './soundness.ts';

export interface Salvaged {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Tables of which something could not be read. */
  readonly damaged: readonly string[];
  /** The highest sequence that any of it knows of. */
  readonly last: Sequence;
}

/** Each with what its rows lie in the order of. */
export const TABLES: readonly (readonly [table: string, order: string])[] = [
  ['device_secrets', 'device'],
  ['credentials', 'person'],
  ['tokens', 'id'],
  ['slices', 'rowid'],
  ['alarms', 'rowid'],
  ['tickets', 'rowid'],
  ['ledger_days', 'id'],
  ['ledger_sums', 'day, stream, station, origin'],
  ['happenings', 'kind, id'],
  ['figures', 'key'],
  ['imports', 'rowid'],
  ['intake_days', 'day, source, device'],
  ['intake_reasons', 'day, source, device, kind, reason'],
  ['losses', 'rowid'],
  ['outbox', 'rowid'],
  ['audit', 'rowid'],
  ['evidence', 'rowid'],
  ['photos', 'rowid'],
  ['cursors', 'rowid'],
  ['series', 'rowid'],
  ['dead_letters', 'rowid'],
  ['floors', 'rowid'],
  ['gaps', 'rowid'],
  ['pruned_rejections', 'source, reason'],
  ['blocks', 'rowid'],
  ['log', 'rowid'],
  ['raw', 'rowid'],
  ['days', 'series, day'],
  ['hours', 'series, hour'],
  ['minutes', 'series, minute'],
  ['full_minutes', 'series, minute'],
];

export function salvage(from: DatabaseSync, to: DatabaseSync): Salvaged {
  const rows: Record<string, number> = {};
  const damaged = new Set<string>();
  for (const [table, order] of TABLES.filter(([name]) => isThere(to, name))) {
    const copy = copier(to, { table, json: KEPT[table] });
    const copied =
      table === 'log' ? copyLog(from, to, copy) : copyEnds(from, { table, order }, copy);
    if (copied === 'in part' || copy.refused() > 0) damaged.add(table);
    rows[table] = copy.end();
  }
  if (damaged.has('series')) dropNameless(to);
  if (damaged.has('cursors')) mendCursors(to);
  return { rows, damaged: [...damaged], last: lastKnown(to) };
}

/** From the one end to the first thing that cannot be read, then from the other. */
function copyEnds(
  from: DatabaseSync,
  { table, order }: { readonly table: string; readonly order: string },
  copy: Copier,
): 'whole' | 'in part' {
  const walk = (direction: 'ASC' | 'DESC'): boolean => {
    const by = order.replaceAll(/\w+/g, (column) => `${column} ${direction}`);
    return walkRows(from, [`SELECT * FROM ${table} ORDER BY ${by}`], copy.put);
  };
  if (walk('ASC')) return 'whole';
  walk('DESC');
  return 'in part';
}

/** What nobody can tell the name of is no reading; and its number would be given to another one. */
function dropNameless(to: DatabaseSync): void {
  const known = 'series NOT IN (SELECT id FROM series)';
  to.exec(`DELETE FROM log WHERE kind < 3 AND ${known}`);
  for (const table of ['minutes', 'full_minutes', 'hours', 'days'].filter((name) =>
    isThere(to, name),
  ))
    to.exec(`DELETE FROM ${table} WHERE ${known}`);
}

/** A follower that begins anew would do everything again: what only follows starts behind it all. */
function mendCursors(to: DatabaseSync): void {
  const put = to.prepare('INSERT OR IGNORE INTO cursors VALUES (?, ?)');
  put.run(STEP, lastKnown(to));
  const { last } = isThere(to, 'blocks')
    ? { ...to.prepare('SELECT max(last) AS last FROM blocks').get() }
    : {};
  put.run(ROLLUP, Number(last ?? 0));
}

const PLACES: readonly (readonly [table: string, column: string])[] = [
  ['log', 'sequence'],
  ['cursors', 'position'],
  ['blocks', 'last'],
  ['raw', 'sequence'],
  ['gaps', 'last'],
  ['dead_letters', 'sequence'],
];

function lastKnown(db: DatabaseSync): Sequence {
  const found = PLACES.filter(([table]) => isThere(db, table)).map(([table, column]) =>
    Number(db.prepare(`SELECT max(${column}) AS last FROM ${table}`).get()?.['last'] ?? 0),
  );
  return Math.max(0, ...found);
}
