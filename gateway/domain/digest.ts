// FNV-1a, 32 bits: tells one text from another, guards nothing. A digest is on disk beside each
// reading, so the same text has the same one for ever.

/** Of no text at all. */
export const NO_DIGEST = 0x811c9dc5;
const PRIME = 0x01000193;

/** The digest of a text that is longer by one code unit, as a signed number while it grows. */
export const digestOn = (digest: number, unit: number): number => Math.imul(digest ^ unit, PRIME);

/** Of a text's code units, unsigned. */
export function digestOfText(text: string): number {
  let digest = NO_DIGEST;
  for (let at = 0; at < text.length; at++) digest = digestOn(digest, text.charCodeAt(at));
  return digest >>> 0;
}
