// A sheet's bytes as rows of named cells, each with the line it stands on, whatever program wrote
// them: CSV in its encodings and with or without a byte order mark, Excel, JSON lines.
// A row that cannot be read is a row still, and is named by its line.
import { parse } from 'csv-parse/sync';
import { readSheet, SheetNotFoundError } from 'read-excel-file/node';
import { textOf, unreadable, type Cells } from './recording-rows.ts';
import type { SheetMap } from './sheet-map.ts';

export type SheetRow =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: Cells }
  | { readonly kind: 'malformed'; readonly line: number };

type Format = NonNullable<SheetMap['format']>;
interface Line {
  readonly line: number;
  readonly cells: readonly unknown[];
}

/** @throws Fault `recording-unreadable` where the file is of no known format, or lacks a mapped column. */
export async function sheetRows(bytes: Uint8Array, map: SheetMap): Promise<SheetRow[]> {
  const format = formatOf(bytes, map.format);
  if (format === 'jsonl') return assured(jsonRows(textOfBytes(bytes, map)), map);
  const lines =
    format === 'xlsx' ? await excelLines(bytes, map) : csvLines(textOfBytes(bytes, map), map);
  const header = lines.findIndex(({ line }) => line >= map.headerRow);
  const names = lines[header]?.cells.map(textOf) ?? [];
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw unreadable(`two columns are named ${twice}`);
  return assured(
    lines.slice(header + 1).map((line) => namedRow(line, names, format)),
    map,
  );
}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** The bytes know better than a map that was copied from another one. */
function formatOf(bytes: Uint8Array, said: Format | undefined): Format {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'xlsx';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw unreadable('an Excel file from before 2007; save it as .xlsx or .csv');
  }
  if (said === 'xlsx') throw unreadable('not an Excel file (.xlsx), though the map says so');
  return said ?? 'csv';
}

/** Chinese Excel writes its CSV in GB 18030 and says so nowhere: it must be said in the map. */
function textOfBytes(bytes: Uint8Array, { encoding }: SheetMap): string {
  const isUtf16 = startsWith(bytes, 0xff, 0xfe);
  const name = isUtf16 ? 'utf-16le' : (encoding ?? 'utf-8');
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch (error) {
    const why = `not ${name}; say its encoding in the map (a Chinese Excel writes gb18030)`;
    throw unreadable(why, error);
  }
}

function csvLines(text: string, { delimiter }: SheetMap): Line[] {
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    throw unreadable(`not csv: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

async function excelLines(bytes: Uint8Array, { sheet }: SheetMap): Promise<Line[]> {
  try {
    const rows: readonly (readonly unknown[])[] = await readSheet(Buffer.from(bytes), sheet ?? 1);
    return rows
      .map((cells, index) => ({ line: index + 1, cells: cells.map(written) }))
      .filter(({ cells }) => cells.some((cell) => cell !== null));
  } catch (error) {
    const why = error instanceof SheetNotFoundError ? `it has no sheet ${sheet}` : String(error);
    throw unreadable(`not to be read as Excel: ${why}`, error);
  }
}

/** Excel keeps wall time; a midnight is how it keeps a date. */
function written(cell: unknown): unknown {
  if (!(cell instanceof Date)) return cell;
  return cell.toISOString().replace(/(?:T00:00:00)?(?:\.000)?Z$/, '');
}

/** In CSV a row of another length has numbers in wrong columns; Excel leaves out empty last cells. */
function namedRow({ line, cells }: Line, names: readonly string[], format: Format): SheetRow {
  if (format === 'csv' && cells.length !== names.length) return { kind: 'malformed', line };
  return {
    kind: 'cells',
    line,
    cells: new Map(names.map((name, index) => [name, cells[index]])),
  };
}

function jsonRows(text: string): SheetRow[] {
  return text.split(/\r?\n/).flatMap((content, index): SheetRow[] => {
    if (content.trim() === '') return [];
    const line = index + 1;
    const value = parsed(content);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) return [{ kind: 'malformed', line }];
    return [{ kind: 'cells', line, cells: new Map(Object.entries(value)) }];
  });
}

/** Undefined, which no JSON is, where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function assured(rows: SheetRow[], map: SheetMap): SheetRow[] {
  const columns = new Set(
    rows.flatMap((row) => (row.kind === 'cells' ? [...row.cells.keys()] : [])),
  );
  const absent = mappedColumns(map).filter((column) => !columns.has(column));
  if (absent.length === 0) return rows;
  throw unreadable(`no column ${absent.join(', ')}; it has ${[...columns].join(', ')}`);
}

function mappedColumns({ time, weights, station, key = [], only }: SheetMap): string[] {
  const chosen = [...weights.map(({ stream }) => stream), ...(station ? [station] : [])];
  return [
    time.column,
    ...weights.map(({ column }) => column),
    ...chosen.flatMap((one) => ('column' in one ? [one.column] : [])),
    ...key,
    ...only.map(([column]) => column),
  ];
}
