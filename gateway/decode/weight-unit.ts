// Weights in the units that scales print, as kilograms, to the last digit. A decimal is shifted in
// tens and multiplied in whole numbers, so that 183.69 g is 0.18369 kg and not 0.18369000000000003,
// and ten thousand pounds are what the definition of the pound says they are.

/** Kilograms in one unit: `whole` × 10^`tens`, exact by definition of the unit. */
interface Factor {
  readonly whole: bigint;
  readonly tens: number;
}

const FACTORS: ReadonlyMap<string, Factor> = new Map([
  ['kg', { whole: 1n, tens: 0 }],
  ['kgs', { whole: 1n, tens: 0 }],
  ['g', { whole: 1n, tens: -3 }],
  ['gram', { whole: 1n, tens: -3 }],
  ['grams', { whole: 1n, tens: -3 }],
  ['mg', { whole: 1n, tens: -6 }],
  ['ug', { whole: 1n, tens: -9 }],
  ['t', { whole: 1n, tens: 3 }],
  // International Yard and Pound Agreement, 1959.
  ['lb', { whole: 45_359_237n, tens: -8 }],
  ['lbs', { whole: 45_359_237n, tens: -8 }],
  ['oz', { whole: 28_349_523_125n, tens: -12 }],
  ['ozt', { whole: 311_034_768n, tens: -10 }],
  ['dwt', { whole: 155_517_384n, tens: -11 }],
  ['gn', { whole: 6_479_891n, tens: -11 }],
  ['ct', { whole: 2n, tens: -4 }],
  ['mom', { whole: 375n, tens: -5 }],
]);

/** At most 10 digits before the point, which may be a comma. */
export const DIGITS = String.raw`(?:\d{1,10}(?:[.,]\d{0,9})?|[.,]\d{1,9})`;
/** A scale's sign may stand apart from its digits. */
export const NUMBER = String.raw`[+-]?\s*${DIGITS}`;
const WHOLE_NUMBER = new RegExp(`^${NUMBER}$`);

/** Undefined for what is no number or no unit of weight: pieces, per cent, taels of three cities. */
export function kilogramsOf(number: string, unit: string): number | undefined {
  const factor = FACTORS.get(unit.toLowerCase());
  if (factor === undefined || !WHOLE_NUMBER.test(number)) return undefined;
  const plain = number.replaceAll(/[\s+]/g, '').replace(',', '.');
  const [before = '', behind = ''] = plain.split('.');
  const product = BigInt(before + behind) * factor.whole;
  return Number(`${product}e${factor.tens - behind.length}`);
}
