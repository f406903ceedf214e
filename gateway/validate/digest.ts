const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a of a text's code units, 32 bits, unsigned. Tells a resend from news; guards nothing. */
export function digestOf(text: string): number {
  let digest = OFFSET;
  for (let at = 0; at < text.length; at++) {
    digest = Math.imul(digest ^ text.charCodeAt(at), PRIME);
  }
  return digest >>> 0;
}
