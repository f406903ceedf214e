// Numbers as people type them: 1234.5, 1,234.5, 1 234,5. Which sign divides whole from part is said
// by the map, or shown by the column as a whole; a cell that can be read both ways is never guessed.

export type DecimalSign = '.' | ',';

export type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'blank' | 'not-a-number' | 'ambiguous' };

const PLAIN = /^[+-]?\d+$/;
const BY_SIGN: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:[, \u00A0\u202F'’]\d{3})+)?(?:\.\d+)?(?:e[+-]?\d+)?$/i,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:[. \u00A0\u202F'’]\d{3})+)?(?:,\d+)?$/,
};
/** One comma and three digits: 1,234 is a thousand here and one and a bit there. */
const TWO_WAYS = /^[+-]?\d{1,3},\d{3}$/;
/** The same with a point is a plain number, unless its column is seen to write commas. */
const POINT_OR_GROUP = /^[+-]?\d{1,3}\.\d{3}$/;

/** What the cells of one column show; undefined where none shows anything, or they disagree. */
export function decimalSignOf(texts: Iterable<string>): DecimalSign | undefined {
  let [points, commas] = [0, 0];
  for (const text of texts) {
    if (!/[.,]/.test(text) || TWO_WAYS.test(text) || POINT_OR_GROUP.test(text)) continue;
    const [byPoint, byComma] = [BY_SIGN['.'].test(text), BY_SIGN[','].test(text)];
    if (byPoint && !byComma) points += 1;
    if (byComma && !byPoint) commas += 1;
  }
  if (points > 0 === commas > 0) return undefined;
  return points > 0 ? '.' : ',';
}

export function readNumber(text: string, sign: DecimalSign | undefined): NumberReading {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'blank' };
  if (PLAIN.test(trimmed)) return { kind: 'number', value: Number(trimmed) };
  if (sign !== undefined) return readBy(trimmed, sign);
  if (TWO_WAYS.test(trimmed)) return { kind: 'ambiguous' };
  const byPoint = readBy(trimmed, '.');
  return byPoint.kind === 'number' ? byPoint : readBy(trimmed, ',');
}

function readBy(text: string, sign: DecimalSign): NumberReading {
  if (!BY_SIGN[sign].test(text) || !/\d/.test(text)) return { kind: 'not-a-number' };
  const groups = sign === '.' ? /[, \u00A0\u202F'’]/g : /[. \u00A0\u202F'’]/g;
  const value = Number(text.replaceAll(groups, '').replace(',', '.'));
  return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'not-a-number' };
}
