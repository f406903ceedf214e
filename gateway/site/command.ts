// A command for a serial device as people write it: text, in which \r \n \t \\ and \x1b stand for the
// bytes that text cannot show. YAML resolves the same escapes inside "double quotes"; so either way
// of quoting gives the same bytes.
import { type TString, Type } from 'typebox';
import { show } from './mistake.ts';

const ESCAPES: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '\\': '\\' };
const PIECE = /\\(?:x([0-9a-fA-F]{2})|([rnt\\]))/g;

/** One byte for each character, so nothing beyond U+00FF. */
const WHOLE = '^(?:[^\\\\\\u0100-\\uffff]|\\\\[rnt\\\\]|\\\\x[0-9a-fA-F]{2})+$';

export const command = (facts: {
  readonly title: string;
  readonly description: string;
  readonly examples: string[];
}): TString =>
  Type.String({
    ...facts,
    pattern: WHOLE,
    maxLength: 256,
    complain: (value: unknown) =>
      `${show(value)} is no command; write characters of one byte, and \\r \\n \\t \\\\ or \\x1b for the others`,
  });

/** What a command that passed says, one character for each byte. */
export const commandOf = (text: string): string =>
  text.replace(PIECE, (_piece, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (ESCAPES[letter ?? ''] ?? '') : String.fromCharCode(parseInt(hex, 16)),
  );
