// The period as the address has it. Back and forward walk through the periods that were looked at.
import { signal } from '@preact/signals';
import type { Period } from './period.ts';

export const search = signal(location.search);

addEventListener('popstate', () => {
  search.value = location.search;
});

/** With nothing, it is today again, whichever day that is. */
export function goTo(period: Period | undefined): void {
  const url = new URL(location.href);
  for (const edge of ['from', 'to'] as const) {
    if (period) url.searchParams.set(edge, period[edge]);
    else url.searchParams.delete(edge);
  }
  history.pushState(history.state, '', url);
  search.value = url.search;
}
