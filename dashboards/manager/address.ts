// What is looked at as the address has it: the period, the station. Back and forward walk through what
// was looked at.
import { signal } from '@preact/signals';
import type { Period } from './period.ts';

export const search = signal(location.search);

addEventListener('popstate', () => {
  search.value = location.search;
});

/** With nothing, it is today again, whichever day that is. */
export const goTo = (period: Period | undefined): void =>
  change({ from: period?.from, to: period?.to });

/** What is undefined leaves the address; all else in it stays. */
export function change(query: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.pushState(history.state, '', url);
  search.value = url.search;
}

/** Goes to another part of the same page, as its link says. */
export function follow(href: string): void {
  history.pushState(history.state, '', href);
  search.value = location.search;
}
