// What is wrong with a form of a resident, each mistake by the name of its sentence.
import { PHOTO_REFUSALS, type PhotoRefusal } from '../../domain/photo.ts';
import type { Answer } from '../desk.ts';
import { LONGEST_WORDS, type Filled } from './report-form.ts';
import { MET, type Met, type Mistake } from './words-zh.ts';

/** Digits with what people put between them; also what a paste brings along. */
const PHONE = /^\+?(?:[\s().-]*\d){5,20}[\s().-]*$/;

export function mistakesIn({ category, kind, words, phone }: Filled): Mistake[] {
  const isKnown = MET.includes(category as Met);
  const needsWords = category === 'other' || kind === 'suggestion';
  const found: readonly (readonly [Mistake, boolean])[] = [
    ['category', !isKnown],
    ['words-missing', isKnown && needsWords && words.trim() === ''],
    ['words-long', isTooLong(words)],
    ['phone', phone.trim() !== '' && !PHONE.test(phone.trim())],
  ];
  return found.flatMap(([mistake, isMade]) => (isMade ? [mistake] : []));
}

/** As the browser counts: a line's end is one. */
export const isTooLong = (words: string): boolean =>
  words.replaceAll('\r\n', '\n').length > LONGEST_WORDS;

type Refusal = Extract<Answer<never>, { ok: false }>;

const OF_FIELD: Readonly<Record<string, Mistake>> = {
  category: 'category',
  words: 'words-missing',
  phone: 'phone',
  photos: 'photo-refused',
};

/** Why a photo was not taken, as the desk says it in one word. */
const OF_REASON: Readonly<Record<PhotoRefusal, Mistake>> = {
  heic: 'photo-heic',
  'not-a-photo': 'photo-strange',
  broken: 'photo-refused',
  'too-many-pixels': 'photo-refused',
  'too-many-today': 'photos-today',
  'disk-low': 'busy',
};

const isPhotoRefusal = (reason: string | undefined): reason is PhotoRefusal =>
  PHOTO_REFUSALS.some((one) => one === reason);

/** The desk's refusal in our own sentences: its detail is in English and for programs. */
export function refusalOf({ status, errors, reason }: Refusal): Mistake[] {
  if (isPhotoRefusal(reason)) return [OF_REASON[reason]];
  if (status === 429) return ['too-soon'];
  if (status === 503) return ['busy'];
  const named = (errors ?? []).flatMap(({ path }) => OF_FIELD[path.replace(/^\W*/, '')] ?? []);
  return named.length > 0 ? named : ['refused'];
}
