// Values by key that remember which of them were put: how a standing knows what to save and what to
// show. Never changed in place; what was put since it was last asked for is told once.
import type { Instant } from './time.ts';

export interface Slices<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  /** Forgets it, here and in what is saved. */
  drop(id: string): void;
  all(): Iterable<[string, T]>;
}

export function trackedSlices<T>(map: Map<string, T>, touch: (id: string) => void): Slices<T> {
  return {
    get: (id) => map.get(id),
    put(id, value) {
      map.set(id, value);
      touch(id);
    },
    drop(id) {
      if (map.delete(id)) touch(id);
    },
    all: () => map.entries(),
  };
}

/** Slices with a book of their own in the store; what is over is forgotten here, not there. */
export function booked<T extends { readonly id: string }>(
  saved: readonly T[],
  { isOver, touch }: { isOver: (item: T, now: Instant) => boolean; touch: (id: string) => unknown },
) {
  const map = new Map(saved.map((item) => [item.id, item]));
  const dirty = new Set<string>();
  return {
    slices: trackedSlices(map, (id) => {
      dirty.add(id);
      touch(id);
    }),
    hasChanged: () => dirty.size > 0,
    take(now: Instant): T[] {
      const changed = [...dirty].flatMap((id) => map.get(id) ?? []);
      dirty.clear();
      if (changed.length > 0) for (const [id, item] of map) if (isOver(item, now)) map.delete(id);
      return changed;
    },
  };
}

export function jsonOf(map: ReadonlyMap<string, unknown>, id: string): string | null {
  const value = map.get(id);
  return value === undefined ? null : JSON.stringify(value);
}

export const inAll =
  (sets: readonly Set<string>[]) =>
  (id: string): void => {
    for (const set of sets) set.add(id);
  };

/** All that is in the set, which is empty from then on. */
export function taken<T>(set: Set<string>, as: (id: string) => T): T[] {
  const all = [...set].map(as);
  set.clear();
  return all;
}

/** One set for each kind: a key made of both would be a new text for every reading. */
export const eachKind = <K extends string>(kinds: readonly K[]): Record<K, Set<string>> =>
  Object.fromEntries(kinds.map((kind) => [kind, new Set<string>()])) as Record<K, Set<string>>;
