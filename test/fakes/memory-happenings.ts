// What happened, in memory, asked as the store is.
import type { Happening } from '../../gateway/domain/happening.ts';
import type { Books } from '../../gateway/store/log.ts';

export function memoryHappenings() {
  const known = new Map<string, Happening>();
  const keyOf = (kind: string, id: string): string => `${kind} ${id}`;
  const books: Pick<Books, 'happenings' | 'happening'> = {
    happenings: async ({ kind, from, to, place, asset, limit, offset = 0 }) =>
      [...known.values()]
        .filter((one) => one.kind === kind)
        .filter((one) => place === undefined || one.place === place)
        .filter((one) => asset === undefined || one.asset === asset)
        .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at < to))
        .sort((a, b) => b.at - a.at)
        .slice(offset, offset + limit),
    happening: async (kind, id) => known.get(keyOf(kind, id)),
  };
  return {
    books,
    put(happenings: readonly Happening[]): void {
      for (const one of happenings) known.set(keyOf(one.kind, one.id), structuredClone(one));
    },
  };
}
