// The two tongues of the residents' pages, and how a page speaks of time in each.
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

/** The shape of what is said, without saying it. */
type Said<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Said<T[K]> };

export type Words = Said<typeof zh>;

/** Chinese unless English is asked for: it is what stands on the labels. */
export const wordsFor = (query: unknown): Words => (isEnglish(query) ? en : zh);

const isEnglish = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'lang' in query && query.lang === 'en';

/** Behind every address of these pages, so that the tongue stays. */
export const tongueIn = (words: Words): string => (words === en ? '?lang=en' : '');
export const otherTongue = (words: Words): string => (words === en ? '?' : '?lang=en');

/** The hour alone on the same day, with the date on others; in the site's zone. */
export function momentIn(words: Words, zone: string, now: string): (iso: string) => string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(words.lang, { timeZone: zone, ...options });
  const date = part({ month: 'short', day: 'numeric' });
  const hour = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const today = date.format(new Date(now));
  return (iso) => {
    const at = new Date(iso);
    const day = date.format(at);
    return day === today ? hour.format(at) : `${day} ${hour.format(at)}`;
  };
}
