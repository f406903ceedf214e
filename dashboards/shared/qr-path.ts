// A text as the dark and light modules of a code, and those as one path to draw.
import { encodeQR } from 'qr';

/** The empty edge that a reader needs (ISO/IEC 18004). */
export const QUIET_MODULES = 4;

/** With its empty edge; a quarter of it may be dirty or torn. */
export const modulesOf = (text: string): boolean[][] =>
  encodeQR(text, 'raw', { ecc: 'quartile', border: QUIET_MODULES });

/** Each run of dark modules in a row is one rectangle. */
export function pathOf(modules: readonly (readonly boolean[])[]): string {
  let path = '';
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      const length = x + 1 - from;
      path += `M${from} ${y}h${length}v1h-${length}z`;
    }
  });
  return path;
}
