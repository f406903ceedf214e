// A letter as a sheet of plain words that any channel can carry: what people wrote is in it as text
// and cannot become anything else. Signs that are not seen but change what is seen (line ends, control
// characters, reversals of the direction) are taken out here, once for all channels; what a channel
// itself would read as more than text, it makes harmless itself.
// Promise: the link and the mark stand last and are never cut. The mark is made from the notice's key:
// who gets a letter twice sees the same mark twice.
import { createHash } from 'node:crypto';
import type { LetterNews } from '../domain/letter.ts';
import type { Notice } from '../domain/notice.ts';

export interface Sheet {
  readonly title: string;
  readonly lines: readonly string[];
  /** An http or https address, in letters that need no escaping but `&`. */
  readonly link?: string;
  /** `#a12f` */
  readonly mark: string;
  /** Who is to be mentioned: a name or a number as the channel knows it, never everybody. */
  readonly to?: string;
}

/** Undefined for news that is no letter. */
export function sheetOf({ key, news }: Notice): Sheet | undefined {
  if (news.kind !== 'letter') return undefined;
  const link = linkOf(news);
  const to = addresseeOf(news);
  return {
    title: plain(news.title),
    lines: news.lines.slice(0, MOST_LINES).map(plain),
    mark: `#${digestOf(key).slice(0, 4)}`,
    ...(link !== undefined && { link }),
    ...(to !== undefined && { to }),
  };
}

export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Longer than any channel takes; what is beyond need not be looked at. */
const MOST_LETTERS = 8000;
const MOST_LINES = 500;

/** Letters as they are seen, in one line. */
export const plain = (words: string): string =>
  words
    .slice(0, MOST_LETTERS)
    .replace(/[\uD800-\uDBFF]$/, '')
    .toWellFormed()
    .replace(BREAKS, ' ')
    .replace(UNSEEN, '')
    .replace(/ {2,}/g, ' ')
    .trim();

/** Line ends of every kind, tabs too. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control characters, reversals of the direction, and marks without width but the joiners. */
const UNSEEN =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

const MOST_LINK_BYTES = 1000;

function linkOf({ link }: LetterNews): string | undefined {
  if (link === undefined || !/^https?:\/\//i.test(link) || !URL.canParse(link)) return undefined;
  const { href } = new URL(link);
  return href.length > MOST_LINK_BYTES ? undefined : href.replace(/["'<>`\\^{|}]/g, encoded);
}

const encoded = (letter: string): string =>
  `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

function addresseeOf({ to }: LetterNews): string | undefined {
  const name = plain(to ?? '');
  return /^@?all$/i.test(name) || !/^[\w.+@-]{1,254}$/.test(name) ? undefined : name;
}

/** The sheet in so many bytes of UTF-8, its lines one under the other. */
export function asText(sheet: Sheet, mostBytes: number): string {
  const last = sheet.link === undefined ? sheet.mark : `${sheet.mark} ${sheet.link}`;
  const body = [sheet.title, ...sheet.lines].join('\n');
  return `${cut(body, mostBytes - Buffer.byteLength(last) - 1)}\n${last}`;
}

const MORE = '…';

/** No longer than so many bytes; between two letters as people count them. */
export function cut(words: string, mostBytes: number): string {
  if (Buffer.byteLength(words) <= mostBytes) return words;
  const room = mostBytes - Buffer.byteLength(MORE);
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of LETTERS.segment(words.slice(0, mostBytes))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > room) break;
    end = index + segment.length;
  }
  return `${words.slice(0, end).trimEnd()}${MORE}`;
}

const LETTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * For channels that have a markup and no way to escape it: the two signs that begin it become those
 * of their likeness, which begin nothing.
 */
export const harmless = (words: string): string =>
  words.replaceAll('<', '＜').replaceAll('@', '＠');
