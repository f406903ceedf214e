// A letter in as little HTML as makes its link one that can be touched. Everything that people wrote
// goes through `escaped`; there is no style, no picture and nothing to be fetched.
import type { Sheet } from './sheet.ts';

export function htmlOf({ title, lines, link, mark }: Sheet): string {
  const anchor = link === undefined ? '' : `<p><a href="${escaped(link)}">${escaped(link)}</a></p>`;
  return [
    '<!doctype html>',
    '<html><head><meta charset="utf-8"></head><body>',
    `<p><b>${escaped(title)}</b></p>`,
    `<p>${lines.map(escaped).join('<br>\n')}</p>`,
    anchor,
    `<p>${escaped(mark)}</p>`,
    '</body></html>',
  ].join('\n');
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (words: string): string => words.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
