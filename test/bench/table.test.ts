import { describe, expect, it } from 'vitest';
import { openBook } from './figures.ts';
import { ratiosOf, spreadOf, tableOf } from './table.ts';

const COLUMNS = ['Courtyard', 'Node-RED, batched', 'Node-RED, as drawn'];

const rows = (table: string): string[][] =>
  table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('the spread of several runs', () => {
  it.each([
    [[3, 1, 2], { median: 2, least: 1, most: 3 }],
    [[4, 1, 2, 3], { median: 2.5, least: 1, most: 4 }],
    [[7], { median: 7, least: 7, most: 7 }],
    [[Number.NaN, 7], { median: 7, least: 7, most: 7 }],
    [[], undefined],
  ])('of %j is %j', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });
});

describe('ratios', () => {
  it('are taken run by run', () => {
    expect(ratiosOf([10, 40], [10, 20])).toEqual([1, 2]);
  });

  it('leave out a run that only one of them has', () => {
    expect(ratiosOf([10, 40], [10])).toEqual([1]);
  });
});

describe('the table', () => {
  it('has the median, the ends, the ratio and whether it is what was to be reached', () => {
    const book = openBook();
    for (const rate of [30_000, 32_000, 31_000]) book.add('rate', 'Courtyard', rate);
    for (const rate of [10_000, 10_000, 10_000]) book.add('rate', 'Node-RED, batched', rate);
    for (const rate of [4_000, 4_000, 4_000]) book.add('rate', 'Node-RED, as drawn', rate);
    expect(rows(tableOf(book, COLUMNS)).at(-1)).toEqual([
      'sustained lossless rate, msg/s',
      '31,000 (30,000–32,000)',
      '10,000 · 3.10 (3.00–3.20)×',
      '4,000 · 7.75 (7.50–8.00)×',
      '≥ 3× Node-RED, batched: yes; ≥ 8× Node-RED, as drawn: NO',
    ]);
  });

  it('says of a ratio that lacks its peer that it was not measured', () => {
    const book = openBook();
    book.add('alert', 'Courtyard', 40);
    expect(rows(tableOf(book, COLUMNS)).at(-1)).toEqual([
      'sensor → webhook p99 at 10,000 msg/s, ms',
      '40',
      '–',
      '–',
      '≤ 0.5× Node-RED, batched: not measured',
    ]);
  });

  it('has a limit of its own where no peer is named, and the limit is within', () => {
    const book = openBook();
    book.add('lone', 'Courtyard', 5);
    expect(rows(tableOf(book, COLUMNS)).at(-1)?.at(-1)).toBe('≤ 5: yes');
  });

  it('leaves out what nobody measured', () => {
    expect(rows(tableOf(openBook(), COLUMNS))).toHaveLength(2);
  });
});
