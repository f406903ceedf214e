import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kilogramsOf } from '../../gateway/decode/weight-unit.ts';

describe('a weight in its unit becomes kilograms to the last digit', () => {
  it.each<[number: string, unit: string, kg: number]>([
    ['1', 'lb', 0.45359237],
    ['1', 'oz', 0.028349523125],
    ['16', 'oz', 0.45359237],
    ['1', 'ozt', 0.0311034768],
    ['1', 'dwt', 0.00155517384],
    ['1', 'GN', 0.00006479891],
    ['1', 'ct', 0.0002],
    ['1', 'mom', 0.00375],
    ['1', 'mg', 0.000001],
    ['1', 'ug', 0.000000001],
    ['1', 't', 1000],
    ['1', 'kg', 1],
    ['183.69', 'g', 0.18369],
    ['0.1278', 'g', 0.0001278],
    ['10000', 'lb', 4535.9237],
    ['0.7', 'lb', 0.317514659],
    ['18.42', 't', 18_420],
    ['0012.340', 'kg', 12.34],
    ['12,34', 'kg', 12.34],
    ['+12.34', 'kg', 12.34],
    ['-12.34', 'KG', -12.34],
    ['- 12.34', 'Kg', -12.34],
    ['.5', 'LB', 0.226796185],
    ['-.5', 'kg', -0.5],
    ['5.', 'kg', 5],
  ])('%s %s', (number, unit, kg) => {
    expect(kilogramsOf(number, unit)).toBe(kg);
  });

  it.each(['-0', '-0.0', '-.0', '0', '+0,00'])('%s is nought without a sign', (number) => {
    expect(kilogramsOf(number, 'lb')).toBe(0);
  });

  it('any number of grams is the double nearest to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), (hundredths) => {
        const text = (hundredths / 100).toFixed(2);
        expect(kilogramsOf(text, 'g')).toBe(Number(`${text}e-3`) + 0);
      }),
    );
  });
});

describe('what is no weight is none', () => {
  it.each<[number: string, unit: string]>([
    ['12', 'PC'],
    ['12', 'PCS'],
    ['12', '%'],
    ['12', 'N'],
    ['12', 'tl'],
    ['12', 'constructor'],
    ['12', ''],
    ['', 'kg'],
    ['-', 'kg'],
    ['.', 'kg'],
    ['1.2.3', 'kg'],
    ['1e3', 'kg'],
    ['0x1F', 'kg'],
    ['99999999999', 'kg'],
    ['nan', 'kg'],
  ])('%j %s', (number, unit) => {
    expect(kilogramsOf(number, unit)).toBeUndefined();
  });
});
