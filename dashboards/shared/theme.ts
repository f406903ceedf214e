// Light or dark. A wall screen follows the sun at the site; a phone follows its owner: the address
// (`?theme=dark`), else what was chosen on this phone, else the phone's own setting.
import type { Theme } from './sky.ts';

const KEY = 'courtyard.theme';

export function wear(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

const asTheme = (word: string | null): Theme | undefined =>
  word === 'light' || word === 'dark' ? word : undefined;

export const themeInUrl = (): Theme | undefined =>
  asTheme(new URLSearchParams(location.search).get('theme'));

export function themeOfOwner(): Theme {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return themeInUrl() ?? asTheme(localStorage.getItem(KEY)) ?? system;
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  wear(theme);
}
