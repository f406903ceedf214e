import { expect, it } from 'vitest';
import { isLate } from '../../gateway/validate/order.ts';
import { NOON, noonPlus } from './yard.ts';

const own = (seconds: number) => ({ observedAt: noonPlus(seconds), by: 'device' }) as const;
const ours = (seconds: number) => ({ observedAt: noonPlus(seconds), by: 'receipt' }) as const;

it.each([
  ['a moment before the newest', own(-0.001), 0, true],
  ['the same moment', own(0), 0, false],
  ['a moment after it', own(0.001), 0, false],
  ['hours before it', own(-21_600), 0, true],
  ['before it, dated by our own clock, which was set back', ours(-3600), 0, false],
  ['before a newest of five minutes ahead', own(0), 300, true],
  ['before a newest that nobody can believe any more', own(0), 300.001, false],
])('%s', (_, time, newest, late) => {
  expect(isLate(time, noonPlus(newest), NOON)).toBe(late);
});
