// Letters to one reader that waited too long become one: what is still true of all that they told.
// Pure. Promise: whatever they never heard the beginning of and is over is left out, what they had
// heard of and is over is said, and the same letters always make the same one under the same key.
import type { LetterItem, LetterNews } from '../../domain/letter.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Tongue } from '../../domain/reader.ts';
import { digestOf } from '../../validate/digest.ts';
import { listed, REASON_WORDS } from '../letters/telling-wording.ts';

export interface LetterNotice extends Notice {
  readonly news: LetterNews;
}

export const isLetter = (notice: Notice): notice is LetterNotice => notice.news.kind === 'letter';

/** @param letters two or more to one reader, oldest first */
export function mergedLetter(letters: readonly LetterNotice[], tongue: Tongue): LetterNotice {
  const last = letters.at(-1)!;
  // A digest of yesterday is in none of today, and nobody wants it any more.
  if (last.news.items === undefined) return last;
  const items = itemsOf(letters);
  const open = items.filter(({ reason }) => reason !== 'resolved');
  const reader = last.news.reader ?? '';
  const hash = digestOf(letters.map(({ key }) => key).join('\n')).toString(36);
  return {
    ...last,
    key: `outage:${reader}:${last.at}:${hash}`,
    news: {
      kind: 'letter',
      reason: 'outage',
      title: titleOf(tongue, open.length, items.length - open.length),
      lines: listed({ tongue }, items),
      ...linkOf(letters, items),
      ...severityOf(letters),
      tickets: ticketsOf(letters, items),
      ...(last.news.to !== undefined && { to: last.news.to }),
      ...(last.news.reader !== undefined && { reader: last.news.reader }),
      items,
    },
  };
}

/** Of each thing its last line; a beginning that nobody heard stays a beginning. */
function itemsOf(letters: readonly LetterNotice[]): LetterItem[] {
  const known = new Map<string, LetterItem>();
  for (const item of letters.flatMap(({ news }) => news.items ?? [])) {
    const before = known.get(item.id);
    const isUnheard = before?.reason === 'first';
    known.delete(item.id);
    if (isUnheard && item.reason === 'resolved') continue;
    known.set(item.id, isUnheard ? { ...item, reason: 'first' } : item);
  }
  const all = [...known.values()];
  return [
    ...all.filter(({ reason }) => reason !== 'resolved'),
    ...all.filter(({ reason }) => reason === 'resolved'),
  ];
}

function titleOf(tongue: Tongue, open: number, over: number): string {
  const tag = `[${REASON_WORDS[tongue].outage}]`;
  if (tongue === 'zh')
    return open + over === 0
      ? `${tag} 期间的事项均已了结`
      : `${tag} ${open} 件待处理，${over} 件已恢复`;
  return open + over === 0
    ? `${tag} all that came up is over`
    : `${tag} ${open} to be done, ${over} over`;
}

const TO_ONE_THING = /\/engineer\/.*$/u;

function linkOf(letters: readonly LetterNotice[], items: readonly LetterItem[]) {
  const link = letters.at(-1)?.news.link;
  if (link === undefined) return {};
  const [only, ...more] = items;
  const isAlone = only !== undefined && more.length === 0 && link.endsWith(`/${only.id}`);
  return { link: isAlone ? link : link.replace(TO_ONE_THING, '/engineer/') };
}

function severityOf(letters: readonly LetterNotice[]) {
  const severity = (['high', 'medium', 'low'] as const).find((word) =>
    letters.some(({ news }) => news.severity === word),
  );
  return severity ? { severity } : {};
}

function ticketsOf(letters: readonly LetterNotice[], items: readonly LetterItem[]): string[] {
  const known = new Set(letters.flatMap(({ news }) => news.tickets));
  return items.map(({ id }) => id).filter((id) => known.has(id));
}
