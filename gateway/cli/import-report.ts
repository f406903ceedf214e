// What an import did, for a script and in words: what was taken, what was not, why, and on which lines.
import type { FigureChanges } from '../review/figure-changes.ts';
import type { LeftOut, LeftOutReason, SheetFigures } from '../sources/sheet.ts';
import type { SheetMap } from '../sources/sheet-map.ts';

export interface ImportReport {
  readonly file: string;
  readonly source: string;
  readonly period: 'day' | 'month';
  readonly basis: string;
  readonly dryRun: boolean;
  readonly rows: number;
  /** Rows that the map's `only` left out. */
  readonly skipped: number;
  readonly figures: {
    /** Of the sheet, with a number and without one. */
    readonly taken: number;
    readonly withoutNumber: number;
    readonly added: number;
    readonly replaced: number;
    readonly unchanged: number;
  };
  readonly kg: Readonly<Record<string, number>>;
  readonly leftOut: Readonly<Partial<Record<LeftOutReason, LeftOutLines>>>;
  /** What a careful reader would want to look at. */
  readonly notes: readonly string[];
}

interface LeftOutLines {
  readonly count: number;
  /** The first of them; a report is read by people. */
  readonly lines: readonly number[];
  /** How many of them each column is to blame for. */
  readonly columns: Readonly<Record<string, number>>;
  /** What stands in the first of them. */
  readonly example?: string;
}

export interface ImportParts {
  readonly file: string;
  readonly map: SheetMap;
  readonly sheet: SheetFigures;
  readonly changes: FigureChanges;
  readonly isDry: boolean;
}

const MOST_LINES = 20;

export function importReport({ file, map, sheet, changes, isDry }: ImportParts): ImportReport {
  const usable = sheet.figures.filter(({ kg }) => kg !== undefined);
  const byStream = Map.groupBy(usable, ({ stream }) => stream);
  const kg = [...byStream].map(([stream, figures]) => [
    stream,
    roundedKg(figures.reduce((sum, figure) => sum + (figure.kg ?? 0), 0)),
  ]);
  return {
    file,
    source: map.source,
    period: map.span,
    basis: map.basis,
    dryRun: isDry,
    rows: sheet.rows,
    skipped: sheet.skipped,
    figures: {
      taken: usable.length,
      withoutNumber: sheet.figures.length - usable.length,
      added: changes.added.length,
      replaced: changes.replaced.length,
      unchanged: changes.unchanged,
    },
    kg: Object.fromEntries(kg) as Record<string, number>,
    leftOut: Object.fromEntries(
      [...Map.groupBy(sheet.leftOut, ({ reason }) => reason)].map(([reason, all]) => [
        reason,
        linesOf(all),
      ]),
    ),
    notes: notesOn(map, sheet, changes),
  };
}

const roundedKg = (kg: number): number => Math.round(kg * 1e6) / 1e6;

function linesOf(all: readonly LeftOut[]): LeftOutLines {
  const text = all[0]?.text;
  const columns = Map.groupBy(all, ({ column }) => column);
  return {
    count: all.length,
    lines: [...new Set(all.map(({ line }) => line))].slice(0, MOST_LINES),
    columns: Object.fromEntries(
      [...columns].flatMap(([column, those]) =>
        column === undefined ? [] : [[column, those.length]],
      ),
    ),
    ...(text !== undefined && text !== '' && { example: text.slice(0, 80) }),
  };
}

function notesOn(map: SheetMap, { alike }: SheetFigures, { beside }: FigureChanges): string[] {
  return [
    ...(alike.length === 0
      ? []
      : [
          `${alike.length} rows say the same time, place and stream as an earlier one (first on line ${alike[0]}); ` +
            'all are counted. Name the columns that tell them apart under key, so that parts of a sheet can be imported too',
        ]),
    ...(beside === 0
      ? []
      : [
          `${beside} figures of ${map.source} for the same periods are not in this file; they stay and add up with it. ` +
            'Another sheet needs another source',
        ]),
    ...map.weights.flatMap(({ column, unit }) => unitNote(column, unit)),
  ];
}

const UNIT_WORDS: readonly (readonly [RegExp, RegExp])[] = [
  [/tons?|tonnes?|吨/i, /^(?:t|tonnes?|(?:short|long|metric|us)[- _]t(?:ons?)?|吨)$/i],
  [/kilogram|kgs?(?![a-z])|公斤|千克/i, /^(?:kg|kilograms?|公斤|千克)$/i],
  [/pounds?|lbs?(?![a-z])/i, /^(?:lb|lbs|pounds?)$/i],
];

/** The map is believed; but columns that say tons and hold kilograms do exist, and the other way round. */
function unitNote(column: string, unit: string): string[] {
  const named = UNIT_WORDS.find(([word]) => word.test(column));
  if (!named || named[1].test(unit.trim())) return [];
  return [`the column ${column} is taken in ${unit}, as the map says; its name says otherwise`];
}

export function inWords(report: ImportReport): string[] {
  const { figures, kg, leftOut, notes, rows, skipped } = report;
  const reasons = Object.entries(leftOut);
  return [
    `${report.file}: ${rows} rows, ${skipped} skipped by the map`,
    `${figures.taken} figures ${report.basis}, by ${report.period}; ${figures.withoutNumber} more without a number`,
    `in the ledger of ${report.source}: ${figures.added} new, ${figures.replaced} replaced, ${figures.unchanged} as they were`,
    ...Object.entries(kg).map(([stream, sum]) => `  ${stream.padEnd(11)} ${sum.toFixed(1)} kg`),
    ...(reasons.length === 0 ? ['nothing left out'] : ['left out:']),
    ...reasons.map(([reason, { count, lines, columns, example }]) => {
      const where = `line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}`;
      const more = count > lines.length ? ' …' : '';
      const blamed = Object.keys(columns);
      const what = blamed.length === 0 ? '' : ` in ${blamed.join(', ')}`;
      const said = example === undefined ? '' : `, as ${JSON.stringify(example)}`;
      return `  ${String(count).padStart(6)}  ${reason}${what}: ${where}${more}${said}`;
    }),
    ...notes.map((note) => `note: ${note}.`),
    ...(report.dryRun ? ['a dry run: nothing was written'] : []),
  ];
}
