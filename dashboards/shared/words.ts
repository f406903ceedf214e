import { en } from './words-en.ts';
import { zh, type Words } from './words-zh.ts';

export type { Words } from './words-zh.ts';
export type Language = 'zh' | 'en';

const CATALOGUES: Readonly<Record<Language, Words>> = { zh, en };

export const wordsIn = (language: Language): Words => CATALOGUES[language];

/** The word for an open set of names, or the name itself: a new rule or reason is still shown. */
export function wordFor(table: Readonly<Record<string, string>>, name: string): string {
  return Object.prototype.hasOwnProperty.call(table, name) ? (table[name] ?? name) : name;
}
