// The writer's hand on the tables `log` and `series`. Knows the next sequence and the numbers of
// the series; both are read from the database when it is made, so after a rollback make a new one.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import type { FreshRows } from './fresh-rows.ts';
import type { PackedRows, SeriesName } from './packed-group.ts';
import { CELL, CELLS, isDerived } from './log-row.ts';
import { freshRows } from './fresh-rows.ts';
import { cellOf } from './thousandths.ts';

export interface LogTable {
  /** The sequence of the last entry that was appended. */
  head(): Sequence;
  /** The latest moment of receipt among what was appended, 0 before the first. */
  newest(): number;
  /** Appends the rows from `from` on, `count` of them; gives the sequence of the first. */
  append(rows: PackedRows, from: number, count: number): Sequence;
  /** What was appended and nobody has rolled up yet. */
  readonly fresh: FreshRows;
}

/** Rows that one statement writes where there are as many: called for each row, it costs half as much again. */
const TOGETHER = 25;
const COLUMNS = 10;

/** @param names of the series as the rows number them, from 1; it grows while the thread lives */
export function logTable(db: DatabaseSync, names: readonly SeriesName[]): LogTable {
  const insert = insertion(db);
  const numberOf = seriesNumbers(db, names);
  const fresh = freshRows();
  let head = lastSequence(db);
  let newest = 0;

  function put({ cells, bodies }: PackedRows, row: number): void {
    const at = row * CELLS;
    const cell = (which: number): number => cells[at + which] as number;
    const kind = cell(CELL.kind);
    const series = numberOf(cell(CELL.series));
    const observed = cell(CELL.observed);
    const delay = cell(CELL.delay);
    const value = cell(CELL.value);
    head += 1;
    insert.add(head);
    insert.add(kind);
    insert.add(series);
    insert.add(observed);
    insert.add(delay);
    insert.add(Number.isNaN(value) ? null : cellOf(value));
    insert.add(orNull(cell(CELL.deviceSeq)));
    insert.add(orNull(cell(CELL.digest)));
    insert.add(isDerived(kind) ? head - cell(CELL.back) : orNull(cell(CELL.back)));
    insert.add(bodies[cell(CELL.body) - 1] ?? null);
    newest = Math.max(newest, observed + delay);
    fresh.add(head, { kind, series: series ?? 0, observed, delay, value });
  }

  return {
    head: () => head,
    newest: () => newest,
    fresh,
    append(rows, from, count) {
      const first = head + 1;
      for (let row = from; row < from + count; row += 1) {
        insert.begin(from + count - row);
        put(rows, row);
      }
      return first;
    },
  };
}

type Column = number | bigint | string | null;

/** Rows that go into `log`, column by column; full statements are run as they become full. */
function insertion(db: DatabaseSync) {
  const [single, several] = [statementFor(db, 1), statementFor(db, TOGETHER)];
  let open = single;
  let at = 0;
  return {
    /** A row begins, the first of so many that are still to come. */
    begin(rows: number): void {
      if (at === 0) open = rows < TOGETHER ? single : several;
    },
    add(column: Column): void {
      const { columns, statement } = open;
      columns[at] = column;
      at += 1;
      if (at < columns.length) return;
      at = 0;
      statement.run(...columns);
    },
  };
}

function statementFor(db: DatabaseSync, rows: number) {
  const row = `(${Array.from({ length: COLUMNS }, () => '?').join(', ')})`;
  const statement = db.prepare(`INSERT INTO log VALUES ${Array(rows).fill(row).join(', ')}`);
  return { statement, columns: Array.from<Column>({ length: rows * COLUMNS }).fill(null) };
}

const orNull = (cell: number): number | null => (Number.isNaN(cell) ? null : cell);

/** Rows may be pruned once every cursor has passed them, so a cursor may stand beyond the last. */
export function lastSequence(db: DatabaseSync): Sequence {
  const row = db
    .prepare(
      `SELECT max(ifnull((SELECT max(sequence) FROM log), 0),
                  ifnull((SELECT max(position) FROM cursors), 0)) AS last`,
    )
    .get();
  return Number(row?.['last']);
}

/** The database's number for one of the rows'; each is looked up once, and put where it is new. */
function seriesNumbers(db: DatabaseSync, names: readonly SeriesName[]) {
  const select = db.prepare(
    'SELECT id FROM series WHERE asset = ? AND quantity = ? AND device = ?',
  );
  const insert = db.prepare('INSERT INTO series (asset, quantity, device) VALUES (?, ?, ?)');
  const known: number[] = [];
  return (told: number): number | null => {
    if (told === 0) return null;
    const number = known[told] ?? idOf(select, insert, names[told - 1]);
    known[told] = number;
    return number;
  };
}

function idOf(select: StatementSync, insert: StatementSync, name: SeriesName | undefined): number {
  if (!name) throw new RangeError('a row names a series that was never told');
  const row = select.get(...name);
  return Number(row?.['id'] ?? insert.run(...name).lastInsertRowid);
}
