import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyOf,
  emptyPage,
  putBytes,
  putDigits,
  putNumber,
} from '../../gateway/sinks/byte-page.ts';

const page = emptyPage();
const textOf = (write: () => void): string => {
  page.end = 0;
  write();
  return Buffer.from(copyOf(page)).toString();
};
const written = (value: number): string => textOf(() => putNumber(page, value));

describe('a number as bytes', () => {
  it.each([
    0,
    -0,
    1,
    -1,
    0.1,
    0.01,
    0.001,
    0.0001,
    1.005,
    28.51,
    230.7,
    -12.5,
    -0.125,
    999.999,
    0.3,
    0.1 + 0.2,
    1e-7,
    1e21,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 31 + 0.5,
    2 ** 53,
    2_147_483_647.999,
    104_522,
    1_000_000.001,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
    4.35,
    1.1149999999999998,
  ])('is the text that %s has anywhere', (value) => {
    expect(written(value)).toBe(String(value));
  });

  it('is that of any number', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(double, (value) => {
        expect(written(value)).toBe(String(value));
      }),
    );
  });

  it('is that of any number of sensors, and of its neighbours', () => {
    const whole = fc.integer({ min: -(2 ** 42), max: 2 ** 42 });
    const power = fc.constantFrom(1, 10, 100, 1000, 10_000);
    const nudge = fc.constantFrom(1, 1, 1 + Number.EPSILON, 1 - Number.EPSILON);
    fc.assert(
      fc.property(whole, power, nudge, (digits, divisor, by) => {
        const value = (digits / divisor) * by;
        expect(written(value)).toBe(String(value));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('what is written', () => {
  it('keeps the zeros in front of digits that are counted', () => {
    expect(textOf(() => putDigits(page, 42, 6))).toBe('000042');
    expect(textOf(() => putDigits(page, 0, 6))).toBe('000000');
    expect(textOf(() => putDigits(page, 1_793_592, 7))).toBe('1793592');
  });

  it('grows as large as it must, and what was taken stays as it was', () => {
    const piece = Buffer.from('绿苑,'.repeat(1000));
    const all = textOf(() => {
      for (let time = 0; time < 50; time += 1) putBytes(page, piece);
    });
    expect(all).toBe(piece.toString().repeat(50));
    page.end = 0;
    putBytes(page, Buffer.from('first'));
    const first = copyOf(page);
    page.end = 0;
    putBytes(page, Buffer.from('other'));
    expect(Buffer.from(first).toString()).toBe('first');
  });
});
