// A recording's text as rows of named cells, whatever its format. A row that cannot be read is a
// row still: it is counted and offered with its damage, and the rows beside it are kept.
// Only a file that is not of its format at all is refused whole.
import { parse } from 'csv-parse/sync';
import { Fault } from '../domain/fault.ts';
import type { Refusal } from '../domain/reading.ts';
import type { RecordingMap } from './recording-map.ts';

export type Cells = ReadonlyMap<string, unknown>;

export type Row =
  | { readonly kind: 'cells'; readonly cells: Cells }
  | { readonly kind: 'damaged'; readonly damage: Refusal; readonly text: string };

/** @throws Fault `recording-unreadable` where the text is not of the map's format, or lacks a mapped column. */
export function rowsOf(text: string, map: RecordingMap): Row[] {
  const rows = READERS[map.format](text.replace(/^\uFEFF/, ''), map);
  const columns = new Set(
    rows.flatMap((row) => (row.kind === 'cells' ? [...row.cells.keys()] : [])),
  );
  const absent = mappedColumns(map).filter((column) => !columns.has(column));
  if (absent.length > 0) {
    throw unreadable(`no column ${absent.join(', ')}; it has ${[...columns].join(', ')}`);
  }
  return rows;
}

/** The message says only why: which file is said by whoever knows its name. */
export const unreadable = (why: string, cause?: unknown): Fault =>
  new Fault('recording-unreadable', why, cause);

/** As one would see it in the file; nothing for a blank. */
export function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell.trim();
  return cell === undefined || cell === null ? '' : JSON.stringify(cell);
}

function mappedColumns({ time, asset, quantities, only }: RecordingMap): string[] {
  return [
    time.column,
    ...('column' in asset ? [asset.column] : []),
    ...quantities.map(({ column }) => column),
    ...only.map(([column]) => column),
  ];
}

const READERS: Record<RecordingMap['format'], (text: string, map: RecordingMap) => Row[]> = {
  csv: csvRows,
  jsonl: (text) =>
    text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map(jsonRow),
  geojson: geoRows,
};

/** The first line names the columns; a row with more or fewer cells would put numbers in wrong ones. */
function csvRows(text: string, { delimiter }: RecordingMap): Row[] {
  const [names = [], ...lines] = csvCells(text, delimiter);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(`two columns are named ${twice}`);
  return lines.map((cells): Row => {
    if (cells.length !== names.length) {
      return { kind: 'damaged', damage: 'malformed', text: cells.join(delimiter) };
    }
    return { kind: 'cells', cells: new Map(names.map((name, index) => [name, cells[index]])) };
  });
}

function csvCells(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw unreadable(`not csv: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function jsonRow(text: string): Row {
  const parsed = parsedJson(text);
  if ('failure' in parsed) return { kind: 'damaged', damage: 'not-json', text };
  return objectRow(parsed.value, text);
}

/** One FeatureCollection, or an array of them: snapshots one after another. */
function geoRows(text: string): Row[] {
  const parsed = parsedJson(text);
  if ('failure' in parsed) throw unreadable('not JSON', parsed.failure);
  const collections: readonly unknown[] = Array.isArray(parsed.value)
    ? parsed.value
    : [parsed.value];
  return collections.flatMap((collection) => {
    const features = propertyOf(collection, 'features');
    if (!Array.isArray(features)) throw unreadable('a FeatureCollection without features');
    return features.map((feature: unknown) =>
      objectRow(propertyOf(feature, 'properties'), JSON.stringify(feature)),
    );
  });
}

function objectRow(value: unknown, text: string): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'damaged', damage: 'malformed', text };
  }
  return { kind: 'cells', cells: new Map(Object.entries(value)) };
}

function propertyOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function parsedJson(text: string): { value: unknown } | { failure: unknown } {
  try {
    return { value: JSON.parse(text) };
  } catch (failure) {
    return { failure };
  }
}
