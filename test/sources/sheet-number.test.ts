import { describe, expect, it } from 'vitest';
import { decimalSignOf, readNumber } from '../../gateway/sources/sheet-number.ts';

describe('a number in a sheet', () => {
  it.each([
    ['1234', 1234],
    ['1234.5', 1234.5],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1 234,5', 1234.5],
    ['1\u00A0234,5', 1234.5],
    ['12,5', 12.5],
    ['1,234,567', 1_234_567],
    ['12.345', 12.345],
    ['-3.5', -3.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['0', 0],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text, undefined)).toEqual({ kind: 'number', value });
  });

  it.each(['1,234', '-1,234', '999,000'])('%s can be read two ways, and is not guessed', (text) => {
    expect(readNumber(text, undefined)).toEqual({ kind: 'ambiguous' });
  });

  it.each(['n/a', '-', '12 kg', '1.2.3', '1,2,3', '12,34,567', '0x10', 'NaN', 'Infinity', '1e999'])(
    '%s is none',
    (text) => expect(readNumber(text, undefined)).toEqual({ kind: 'not-a-number' }),
  );

  it.each(['', '  ', '\t'])('%j is blank', (text) => {
    expect(readNumber(text, undefined)).toEqual({ kind: 'blank' });
  });

  it.each([
    ['1,234', ',', 1.234],
    ['1,234', '.', 1234],
    ['1.234', ',', 1234],
    ['1.234', '.', 1.234],
  ] as const)('%s where %s divides is %d', (text, sign, value) => {
    expect(readNumber(text, sign)).toEqual({ kind: 'number', value });
  });

  it('that breaks the rule of its column is none', () => {
    expect(readNumber('12.5', ',')).toEqual({ kind: 'not-a-number' });
  });
});

describe('a column shows which sign divides', () => {
  it.each([
    [['1,234', '12,5'], ','],
    [['1,234', '12.5'], '.'],
    [['1,234', '999'], undefined],
    [['1.234', '2.345'], undefined],
    [['12,5', '12.5'], undefined],
    [['n/a', '', '3,75'], ','],
  ])('%j: %s', (texts, sign) => expect(decimalSignOf(texts)).toBe(sign));
});
