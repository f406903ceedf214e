// Which language this page speaks. The URL says so (`?lang=en`), so that a link carries it;
// Chinese where it does not. Nothing is remembered anywhere else.
import { computed, effect, signal } from '@preact/signals';
import { wordsIn, type Language } from './words.ts';

const fromUrl = (): Language =>
  new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';

export const language = signal<Language>(fromUrl());
export const words = computed(() => wordsIn(language.value));

/** Switches the language and writes it into the address, without a new page. */
export function speak(next: Language): void {
  language.value = next;
  setQuery('lang', next === 'zh' ? undefined : next);
}

/** Changes one thing of the address's query, without a new page. */
export function setQuery(name: string, value: string | undefined): void {
  const url = new URL(location.href);
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  history.replaceState(history.state, '', url);
}

/** The address of another of our pages, in the language that is spoken here. */
export function pathTo(path: string): string {
  return language.value === 'zh' ? path : `${path}?lang=${language.value}`;
}

effect(() => {
  document.documentElement.lang = words.value.language.code;
});
