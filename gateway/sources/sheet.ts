// A tonnage sheet or a weigh log as figures for the ledger, and a report of all that is no figure.
// Nothing is guessed and nothing is dropped in silence: each row becomes figures, is skipped as the
// map says, or is left out for a reason that is counted and named by its line.
// Promise: the same rows give the same keys, in whatever file they come.
import { createHash } from 'node:crypto';
import type { Stream } from '../domain/asset.ts';
import { STREAMS } from '../domain/asset.ts';
import type { SiteDays } from '../domain/day.ts';
import type { ImportedFigure } from '../domain/ledger.ts';
import { textOf, type Cells } from './recording-rows.ts';
import type { Chosen, SheetMap, SheetWeight } from './sheet-map.ts';
import { decimalSignOf, readNumber, type DecimalSign } from './sheet-number.ts';
import { periodReader, type ReadPeriod } from './sheet-period.ts';
import type { SheetRow } from './sheet-rows.ts';

/** Why a figure is not in the ledger. */
export const LEFT_OUT = [
  'malformed',
  'bad-time',
  'time-without-zone',
  'unknown-stream',
  'unknown-station',
  'key-repeated',
  'blank',
  'not-a-number',
  'ambiguous-number',
  'negative',
] as const;
export type LeftOutReason = (typeof LEFT_OUT)[number];

export interface LeftOut {
  readonly reason: LeftOutReason;
  readonly line: number;
  /** The column that is to blame, and what stands in it. */
  readonly column?: string;
  readonly text?: string;
}

export interface SheetFigures {
  /** Some without a number: the sheet speaks of it and does not say how much. */
  readonly figures: readonly ImportedFigure[];
  readonly leftOut: readonly LeftOut[];
  readonly rows: number;
  /** Rows that `only` leaves out. */
  readonly skipped: number;
  /** Lines of rows that nothing tells from an earlier one of the same file; they are counted. */
  readonly alike: readonly number[];
}

export interface SheetSite {
  readonly stations: ReadonlyMap<string, unknown>;
  readonly days: Pick<SiteDays, 'at'>;
}

export function figuresOf(rows: readonly SheetRow[], map: SheetMap, site: SheetSite): SheetFigures {
  const wanted = rows.filter((row) => row.kind === 'malformed' || isWanted(row.cells, map));
  const scene: Scene = {
    map,
    site,
    readPeriod: periodReader(map.time, map.span, site.days),
    signs: new Map(map.weights.map(({ column }) => [column, signOf(column, wanted, map)])),
    streams: [...Map.groupBy(map.weights, ({ stream }) => JSON.stringify(stream)).values()],
    seen: new Map(),
    alike: [],
  };
  const read = wanted.flatMap((row) => readRow(scene, row));
  return {
    figures: read.flatMap((one) => one.figure ?? []),
    leftOut: read.flatMap((one) => one.leftOut ?? []),
    rows: rows.length,
    skipped: rows.length - wanted.length,
    alike: scene.alike,
  };
}

interface Scene {
  readonly map: SheetMap;
  readonly site: SheetSite;
  readonly readPeriod: ReadPeriod;
  readonly signs: ReadonlyMap<string, DecimalSign | undefined>;
  /** The map's columns, those of one stream together. */
  readonly streams: readonly (readonly SheetWeight[])[];
  /** How many rows of each key came before. */
  readonly seen: Map<string, number>;
  readonly alike: number[];
}

interface Read {
  readonly figure?: ImportedFigure;
  readonly leftOut?: LeftOut;
}

const isWanted = (cells: Cells, { only }: SheetMap): boolean =>
  only.every(([column, value]) => textOf(cells.get(column)) === value);

function signOf(
  column: string,
  rows: readonly SheetRow[],
  { decimal }: SheetMap,
): DecimalSign | undefined {
  if (decimal !== undefined) return decimal;
  const cells = rows.flatMap((row) => (row.kind === 'cells' ? [row.cells.get(column)] : []));
  return decimalSignOf(cells.filter((cell) => typeof cell === 'string'));
}

function readRow(scene: Scene, row: SheetRow): Read[] {
  const { line } = row;
  if (row.kind === 'malformed') return [{ leftOut: { reason: 'malformed', line } }];
  const { map, site } = scene;
  const { cells } = row;
  const blame = (reason: LeftOutReason, column: string): Read[] => [
    { leftOut: { reason, line, column, text: textOf(cells.get(column)) } },
  ];
  const time = scene.readPeriod(textOf(cells.get(map.time.column)));
  if (time.kind !== 'period') return blame(time.kind, map.time.column);
  const station = map.station && chosenFor(map.station, cells);
  if (station !== undefined && !site.stations.has(station)) {
    return blame(
      'unknown-station',
      map.station && 'column' in map.station ? map.station.column : '',
    );
  }
  const identity = identityOf(scene, row);
  if (identity === undefined) return blame('key-repeated', map.key?.[0] ?? '');
  const of = { period: time.period, ...(station !== undefined && { station }) };
  return scene.streams.flatMap((weights) =>
    readStream(scene, { line, cells, weights, identity, of }),
  );
}

/**
 * What tells a row from all others: the cells of the map's `key`; without one, the cells that say
 * when, where and of what it speaks, and its place among those that say the same. Never the weights
 * themselves, so that a corrected figure takes the place of the wrong one.
 */
function identityOf(scene: Scene, row: SheetRow & { kind: 'cells' }): string | undefined {
  const { map, seen, alike } = scene;
  const columns = map.key ?? speakingColumns(map);
  const cells = columns.map((column) => textOf(row.cells.get(column)));
  const said = JSON.stringify(cells);
  const before = seen.get(said) ?? 0;
  seen.set(said, before + 1);
  if (before === 0) return said;
  if (map.key) return undefined;
  alike.push(row.line);
  return `${said} ${before}`;
}

function speakingColumns({ time, station, weights }: SheetMap): string[] {
  const chosen = [...(station ? [station] : []), ...weights.map(({ stream }) => stream)];
  return [time.column, ...chosen.flatMap((one) => ('column' in one ? [one.column] : []))];
}

interface Told {
  readonly line: number;
  readonly cells: Cells;
  /** All that the row says of one stream. */
  readonly weights: readonly SheetWeight[];
  readonly identity: string;
  readonly of: { readonly period: string; readonly station?: string };
}

/**
 * Several columns of one stream are one figure. A blank among them says that there was none of that
 * kind; only where all are blank does the row not say how much there was.
 */
function readStream(scene: Scene, { line, cells, weights, identity, of }: Told): Read[] {
  const { source, span, basis } = scene.map;
  const [{ stream: chosen, column: first } = NO_WEIGHT] = weights;
  const stream = chosenFor(chosen, cells);
  if (!isStream(stream)) {
    const column = 'column' in chosen ? chosen.column : first;
    const text = textOf(cells.get(column));
    return [{ leftOut: { reason: 'unknown-stream', line, column, text } }];
  }
  const figure = {
    key: keyOf([source, 'value' in chosen ? stream : '', identity]),
    source,
    span,
    ...of,
    stream,
    basis,
  };
  const amounts = weights.map((weight) => amountOf(scene, cells, weight));
  const usable = amounts.flatMap(({ kg }) => kg ?? []);
  const odd = amounts.flatMap(({ column, reason }): Read[] =>
    reason === undefined || reason === 'blank'
      ? []
      : [{ leftOut: { reason, line, column, text: textOf(cells.get(column)) } }],
  );
  if (usable.length > 0) {
    return [{ figure: { ...figure, kg: usable.reduce((sum, kg) => sum + kg, 0) } }, ...odd];
  }
  const column = weights.map((weight) => weight.column).join(' + ');
  return [
    { figure },
    ...(odd.length > 0 ? odd : [{ leftOut: { reason: 'blank' as const, line, column } }]),
  ];
}

const NO_WEIGHT = { stream: { value: '' }, column: '' } as const;

interface Amount {
  readonly column: string;
  readonly kg?: number;
  readonly reason?: LeftOutReason;
}

function amountOf({ signs }: Scene, cells: Cells, { column, convert }: SheetWeight): Amount {
  const amount = amountIn(cells.get(column), signs.get(column));
  return typeof amount === 'number' ? { column, kg: convert(amount) } : { column, reason: amount };
}

function amountIn(cell: unknown, sign: DecimalSign | undefined): number | LeftOutReason {
  const reading =
    typeof cell === 'number'
      ? { kind: 'number' as const, value: cell }
      : readNumber(textOf(cell), sign);
  switch (reading.kind) {
    case 'number':
      return reading.value < 0 ? 'negative' : reading.value;
    case 'ambiguous':
      return 'ambiguous-number';
    case 'blank':
    case 'not-a-number':
      return reading.kind;
  }
}

function chosenFor(chosen: Chosen, cells: Cells): string {
  if ('value' in chosen) return chosen.value;
  const said = textOf(cells.get(chosen.column));
  return chosen.values.get(said) ?? said;
}

const isStream = (word: string): word is Stream => STREAMS.some((stream) => stream === word);

const keyOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
