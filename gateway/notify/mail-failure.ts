// Why a letter did not go, in our own words: a server's words may be anybody's and as long as it likes.
// RFC 5321, 4.2.1: 4yz is for now, 5yz for good. But a user or password that is refused (RFC 4954, 6) is
// the channel's trouble and not the letter's: mended, all that waited goes.
import type { Told } from './notifier.ts';

export const refusalWords = (code: number): string => `the mail server refuses it (${code})`;

interface MailError {
  readonly message: string;
  readonly code?: unknown;
  readonly responseCode?: unknown;
}

/** Of signing in: required, too weak, wrong, encryption needed. */
const SIGN_IN: ReadonlySet<number> = new Set([530, 534, 535, 538]);

export function mailFailure(error: unknown): Told {
  const { message, code, responseCode }: MailError =
    error instanceof Error ? error : { message: String(error) };
  const number = typeof responseCode === 'number' ? responseCode : undefined;
  if (code === 'EAUTH' || (number !== undefined && SIGN_IN.has(number))) {
    return {
      kind: 'try-later',
      why: `the mail server refuses user or password (${number ?? 'EAUTH'})`,
    };
  }
  if (number !== undefined) {
    return { kind: number >= 500 ? 'never' : 'try-later', why: refusalWords(number) };
  }
  const known = WORDS.get(String(code));
  return { kind: 'try-later', why: known ?? withoutAnswer(message) };
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ETIMEDOUT', 'the mail server does not answer in time'],
  ['ETLS', 'the mail server offers no encryption that holds'],
  ['EPROTOCOL', 'what answers there is no mail server'],
]);

const MOST = 200;

/** Nodemailer appends what the server said behind these. */
const withoutAnswer = (message: string): string =>
  message.replace(/[.:]?\s*(?:response=|\bresponse:)[^]*$/i, '').slice(0, MOST);
