import { expect, it } from 'vitest';
import type { ImportedFigure } from '../../gateway/domain/ledger.ts';
import { compareFigures } from '../../gateway/review/figure-changes.ts';

const figure = (key: string, kg?: number): ImportedFigure => ({
  key,
  source: 'crew',
  span: 'month',
  period: '2026-11',
  stream: 'wet',
  basis: 'collected',
  ...(kg !== undefined && { kg }),
});

it('a sheet that was imported before changes nothing', () => {
  const told = [figure('a', 1), figure('b')];
  expect(compareFigures(told, told)).toEqual({ added: [], replaced: [], unchanged: 2, beside: 0 });
});

it('a corrected figure takes the place of the wrong one, a blank that of a number', () => {
  const [right, gone] = [figure('a', 2), figure('b')];
  const changes = compareFigures([figure('a', 1), figure('b', 5)], [right, gone, figure('c', 3)]);
  expect(changes).toMatchObject({ replaced: [right, gone], added: [figure('c', 3)], unchanged: 0 });
});

it('figures of the same month that the sheet does not have are pointed out', () => {
  expect(compareFigures([figure('old', 1), figure('blank')], [figure('new', 1)]).beside).toBe(1);
});
