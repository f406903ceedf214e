// Fills a store through the product's own write path, in groups as large as a burst makes them.
import type { ReadingEntry } from '../../gateway/domain/record.ts';
import type { Store } from '../../gateway/store/log.ts';

const GROUP = 20_000;

export async function fill(
  store: Store,
  count: number,
  entryAt: (index: number) => ReadingEntry,
): Promise<void> {
  for (let first = 0; first < count; first += GROUP) {
    const size = Math.min(GROUP, count - first);
    await store.log.append(Array.from({ length: size }, (_, index) => entryAt(first + index)));
  }
}
