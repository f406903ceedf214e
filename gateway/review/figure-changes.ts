// What a sheet changes in what is known of its source. Figures are the same by their keys.
import type { ImportedFigure } from '../domain/ledger.ts';

export interface FigureChanges {
  readonly added: readonly ImportedFigure[];
  /** As they are now, in the place of other ones. */
  readonly replaced: readonly ImportedFigure[];
  readonly unchanged: number;
  /** Known figures that speak of the same as the sheet's and are not in it; they stay, and add up. */
  readonly beside: number;
}

export function compareFigures(
  known: readonly ImportedFigure[],
  told: readonly ImportedFigure[],
): FigureChanges {
  const before = new Map(known.map((figure) => [figure.key, figure]));
  const added = told.filter(({ key }) => !before.has(key));
  const replaced = told.filter((figure) => {
    const old = before.get(figure.key);
    return old !== undefined && !isSame(old, figure);
  });
  const keys = new Set(told.map(({ key }) => key));
  const subjects = new Set(told.map(subjectOf));
  const beside = known.filter(
    (figure) => figure.kg !== undefined && !keys.has(figure.key) && subjects.has(subjectOf(figure)),
  );
  return {
    added,
    replaced,
    unchanged: told.length - added.length - replaced.length,
    beside: beside.length,
  };
}

const subjectOf = ({ period, stream, station, basis }: ImportedFigure): string =>
  JSON.stringify([period, stream, station, basis]);

const isSame = (a: ImportedFigure, b: ImportedFigure): boolean =>
  a.kg === b.kg && a.span === b.span && subjectOf(a) === subjectOf(b);
