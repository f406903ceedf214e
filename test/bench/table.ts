// The book as a table in Markdown that also reads well on a terminal: one row for a figure, one
// column for a candidate, each cell the median of the runs with the least and the most. Beside a
// peer stands Courtyard's ratio to it, taken run by run, because the machine is not the same twice.
import type { Book, Figure, FigureName, Target } from './figures.ts';
import { FIGURES } from './figures.ts';

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.filter((value) => Number.isFinite(value)).toSorted((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return undefined;
  const [low = least, high = most] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return { median: (low + high) / 2, least, most };
}

/** Run by run; a run that only one of them has is left out. */
export const ratiosOf = (own: readonly number[], peers: readonly number[]): number[] =>
  own.slice(0, peers.length).map((value, run) => value / (peers[run] ?? Number.NaN));

export function tableOf(book: Book, columns: readonly string[]): string {
  const names = (Object.keys(FIGURES) as FigureName[]).filter((figure) =>
    columns.some((column) => book.values(figure, column).length > 0),
  );
  const head = ['figure', ...columns, 'to reach'];
  return aligned([head, ...names.map((name) => rowOf(book, name, columns))]);
}

function rowOf(book: Book, name: FigureName, columns: readonly string[]): string[] {
  const figure: Figure = FIGURES[name];
  const [own = ''] = columns;
  const ownValues = book.values(name, own);
  const cells = columns.map((column) => {
    const values = book.values(name, column);
    const value = shown(spreadOf(values), figure.decimals);
    if (column === own) return value;
    const ratio = spreadOf(ratiosOf(ownValues, values));
    return ratio ? `${value} · ${shown(ratio, 2)}×` : value;
  });
  const verdicts = (figure.targets ?? []).map((target) => verdictOf(target, { book, name, own }));
  const title = figure.unit === '' ? figure.title : `${figure.title}, ${figure.unit}`;
  return [title, ...cells, verdicts.join('; ')];
}

function verdictOf(
  target: Target,
  { book, name, own }: { readonly book: Book; readonly name: FigureName; readonly own: string },
): string {
  const values = book.values(name, own);
  const measured =
    target.to === undefined ? values : ratiosOf(values, book.values(name, target.to));
  const median = spreadOf(measured)?.median;
  const isLeast = 'atLeast' in target;
  const limit = isLeast ? target.atLeast : target.atMost;
  const bound = `${isLeast ? '≥' : '≤'} ${limit.toLocaleString('en')}`;
  const wanted = target.to === undefined ? bound : `${bound}× ${target.to}`;
  if (median === undefined) return `${wanted}: not measured`;
  return `${wanted}: ${(isLeast ? median >= limit : median <= limit) ? 'yes' : 'NO'}`;
}

function shown(spread: Spread | undefined, decimals: number): string {
  if (!spread) return '–';
  const [median, least, most] = [spread.median, spread.least, spread.most].map((value) =>
    value.toLocaleString('en', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
  );
  return least === most ? `${median}` : `${median} (${least}–${most})`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...body.map(line)].join('\n');
}
