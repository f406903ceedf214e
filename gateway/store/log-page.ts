// A piece of the log as the reader's thread hands it over: numbers in buffers that change hands, and
// each series named once. As objects, a structured copy would cost the main thread more than all that
// a follower makes of them; so would rows with names for their columns cost this one.
import type { DatabaseSync } from 'node:sqlite';
import type { Sequence } from '../domain/record.ts';
import type { PackedRows, SeriesName } from './packed-group.ts';
import { CELL, CELLS, isDerived, RECORD_COLUMNS } from './log-row.ts';

export interface LogPage {
  readonly rows: PackedRows;
  /** Of each row; what was pruned leaves holes. */
  readonly sequences: Float64Array<ArrayBuffer>;
}

/** Pages that follow each other in the log, none of them empty. */
export interface LogPages {
  readonly pages: readonly LogPage[];
  /** Series that no answer before this one told: the numbers go on from where they were. */
  readonly series: readonly SeriesName[];
  /** How many were told before: 0 by a thread that has only begun. */
  readonly told: number;
  /** Nothing lay beyond them when they were read. */
  readonly isEnd: boolean;
}

/** All bodies of an answer together may be about so long before it ends early. */
const MOST_LETTERS = 1_000_000;

/** What RECORD_COLUMNS give, and the series by its number in the database. */
type Row = readonly [
  sequence: Sequence,
  kind: number,
  observed: number,
  delay: number,
  value: number | null,
  deviceSeq: number | null,
  digest: number | null,
  back: number | null,
  body: string | null,
  series: number | null,
];

export function pageQueries(db: DatabaseSync) {
  // Arrays, and one `all` for many: a quarter of what rows as objects or one by one cost.
  const after = db.prepare(
    `SELECT ${RECORD_COLUMNS}, series FROM log WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  );
  after.setReturnArrays(true);
  const book = seriesBook(db);
  const pageAfter = (cursor: Sequence, rows: number): LogPage =>
    packRows(after.all(cursor, rows) as unknown as readonly Row[], book.numberOf);
  return {
    /** Up to `most` pages of `rows` each. Throws only where the first of them cannot be read. */
    pagesAfter(cursor: Sequence, rows: number, most: number): LogPages {
      const pages: LogPage[] = [];
      let [letters, last, isEnd] = [0, cursor, false];
      while (pages.length < most && letters < MOST_LETTERS && !isEnd) {
        const page = orNone(() => pageAfter(last, rows), pages);
        if (!page) break;
        isEnd = page.sequences.length < rows;
        if (page.sequences.length === 0) break;
        for (const body of page.rows.bodies) letters += body.length;
        last = page.sequences.at(-1) as Sequence;
        pages.push(page);
      }
      return { pages, ...book.tell(), isEnd };
    },
  };
}

/** What lies before damage is good: whoever asks for the next page hears of it. */
function orNone(read: () => LogPage, before: readonly LogPage[]): LogPage | undefined {
  try {
    return read();
  } catch (error) {
    if (before.length === 0) throw error;
    return undefined;
  }
}

/** What of them changes hands when they are sent. */
export const buffersOf = ({ pages }: LogPages): ArrayBuffer[] =>
  pages.flatMap(({ rows, sequences }) => [rows.cells.buffer as ArrayBuffer, sequences.buffer]);

function packRows(found: readonly Row[], numberOf: (id: number | null) => number): LogPage {
  const cells = new Float64Array(found.length * CELLS);
  const sequences = new Float64Array(found.length);
  const bodies: string[] = [];
  for (let index = 0; index < found.length; index += 1) {
    const row = found[index] as Row;
    const [sequence, kind, observed, delay, value, deviceSeq, digest, back, body, series] = row;
    const at = index * CELLS;
    sequences[index] = sequence;
    cells[at + CELL.kind] = kind;
    cells[at + CELL.series] = numberOf(series);
    cells[at + CELL.observed] = observed;
    cells[at + CELL.delay] = delay;
    cells[at + CELL.value] = value ?? NaN;
    cells[at + CELL.deviceSeq] = deviceSeq ?? NaN;
    cells[at + CELL.digest] = digest ?? NaN;
    cells[at + CELL.back] = isDerived(kind) ? sequence - (back ?? 0) : (back ?? NaN);
    if (body !== null) {
      JSON.parse(body); // damage is told by the thread that reads; few rows have a body
      cells[at + CELL.body] = bodies.push(body);
    }
  }
  return { rows: { cells, bodies, series: [] }, sequences };
}

/** Numbers the series in the order in which they are met, as those who write do. */
function seriesBook(db: DatabaseSync) {
  const select = db.prepare('SELECT asset, quantity, device FROM series WHERE id = ?');
  select.setReturnArrays(true);
  const numbers = new Map<number, number>();
  const names: SeriesName[] = [];
  let told = 0;
  return {
    /** 0 for a row without a series, and for a series that is not there. */
    numberOf(id: number | null): number {
      if (id === null) return 0;
      const known = numbers.get(id);
      if (known !== undefined) return known;
      const name = select.get(id) as unknown as SeriesName | undefined;
      if (!name) return 0;
      const number = names.push(name);
      numbers.set(id, number);
      return number;
    },
    /** Those that are new since the last call; a question that fails in between has told none. */
    tell() {
      const before = told;
      told = names.length;
      return { told: before, series: names.slice(before) };
    },
  };
}
