// A field's name in the native formats: `power`, or `wet.distance` where one device has several
// mouths. Both native cards read names here, so that frame and JSON can never disagree.
import { isQuantity } from '../domain/quantity.ts';
import type { Measured, Refused } from './decoder.ts';

export type SeriesName = Pick<Measured, 'channel' | 'quantity'>;

const NAME = /^(?:([A-Za-z0-9_-]{1,32})\.)?([A-Za-z0-9]{1,32})$/;

/** Devices say the same few names for ever. Only good ones are kept, and no more than this. */
const MOST_KNOWN = 4096;
const known = new Map<string, SeriesName>();

/** Undefined where the name ends in no quantity that we know. */
export function seriesNamed(text: string): SeriesName | undefined {
  const before = known.get(text);
  if (before) return before;
  const named = parseName(text);
  if (named && known.size < MOST_KNOWN) known.set(text, named);
  return named;
}

function parseName(text: string): SeriesName | undefined {
  const match = NAME.exec(text);
  const quantity = match?.[2];
  if (quantity === undefined || !isQuantity(quantity)) return undefined;
  const channel = match?.[1];
  return channel === undefined ? { quantity } : { channel, quantity };
}

export const unknownName = (text: string): Refused => ({
  reason: 'unknown-quantity',
  detail: `${quoted(text)} is no quantity and no <channel>.<quantity>`,
});

/** Foreign text for a sentence: short, and with nothing in it that a terminal obeys. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
