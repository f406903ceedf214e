// How a kiosk speaks: Chinese, English, or Chinese with an English line under each big word.
import { computed, signal } from '@preact/signals';
import { language, setQuery, speak, words } from '../shared/language.ts';
import { wordsIn, type Words } from '../shared/words.ts';

export const VOICES = ['zh', 'both', 'en'] as const;
export type Voice = (typeof VOICES)[number];

const withSubtitle = signal(new URLSearchParams(location.search).get('subtitle') === 'en');

export const voice = computed<Voice>(() => {
  if (language.value === 'en') return 'en';
  return withSubtitle.value ? 'both' : 'zh';
});

export function chooseVoice(next: Voice): void {
  speak(next === 'en' ? 'en' : 'zh');
  withSubtitle.value = next === 'both';
  setQuery('subtitle', next === 'both' ? 'en' : undefined);
}

/** What the tiles and strips are given: the words, and those of the second line if there is one. */
export interface Speech {
  readonly words: Words;
  readonly subtitle: Words | undefined;
}

export const speech = computed<Speech>(() => ({
  words: words.value,
  subtitle: voice.value === 'both' ? wordsIn('en') : undefined,
}));
