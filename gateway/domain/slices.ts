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

/**
 * One value in its place. Whoever comes back to it with every reading keeps hold of its slot: to look a
 * text up in a map costs some 20 ns where maps are large, and there were sixteen of them a reading.
 */
export interface Slot<T> {
  readonly id: string;
  readonly value: T;
}

/** Slices of which none is ever dropped, so that a slot once found stays the right one. */
export interface LastingSlices<T> extends Omit<Slices<T>, 'drop'> {
  /** Undefined until something is put there. */
  slot(id: string): Slot<T> | undefined;
  /** Puts into a slot that was found here. */
  fill(slot: Slot<T>, value: T): void;
}

interface MarkedSlot<T> extends Slot<T> {
  value: T;
  isUnsaved: boolean;
  isUntold: boolean;
}

/** What one kind of slices is to whoever keeps them: the slices, and what was put since. */
export interface Tracked<T> extends Slices<T>, LastingSlices<T> {
  /** What was put or dropped since the last call, once each, in order of its first put. */
  takeUnsaved<R>(as: (id: string, value: T | undefined) => R): R[];
  /** The same for whoever shows it, who has calls of his own. */
  takeUntold<R>(as: (id: string) => R): R[];
}

/** @param shown whether anybody asks what is untold; nothing is gathered for nobody */
export function trackedSlices<T>(
  saved: Iterable<readonly [id: string, value: T]>,
  shown: 'shown' | 'unshown',
): Tracked<T> {
  const slots = new Map<string, MarkedSlot<T>>();
  const unsaved = new Set<string>();
  const untold = new Set<string>();
  for (const [id, value] of saved) slots.set(id, unmarked(id, value));
  const markAnew = (slot: MarkedSlot<T>): void => {
    unsaved.add(slot.id);
    if (shown === 'shown') untold.add(slot.id);
    slot.isUnsaved = true;
    slot.isUntold = true;
  };
  const fill = (slot: Slot<T>, value: T): void => {
    const own = slot as MarkedSlot<T>;
    own.value = value;
    // Most of what is put was put before since the last save: then the sets need not be asked.
    if (!own.isUnsaved || !own.isUntold) markAnew(own);
  };
  return {
    get: (id) => slots.get(id)?.value,
    slot: (id) => slots.get(id),
    fill,
    put(id, value) {
      const known = slots.get(id);
      if (known) return fill(known, value);
      const slot = unmarked(id, value);
      slots.set(id, slot);
      markAnew(slot);
    },
    drop(id) {
      const gone = slots.get(id);
      if (!gone) return;
      slots.delete(id);
      markAnew(gone);
    },
    *all() {
      for (const { id, value } of slots.values()) yield [id, value];
    },
    ...takenFrom(slots, { unsaved, untold }),
  };
}

const unmarked = <T>(id: string, value: T): MarkedSlot<T> => ({
  id,
  value,
  isUnsaved: false,
  isUntold: false,
});

/** What is taken is marked no more; what was dropped has no slot. */
const takenFrom = <T>(
  slots: ReadonlyMap<string, MarkedSlot<T>>,
  { unsaved, untold }: Readonly<Record<'unsaved' | 'untold', Set<string>>>,
): Pick<Tracked<T>, 'takeUnsaved' | 'takeUntold'> => ({
  takeUnsaved: (as) =>
    taken(unsaved, (id) => {
      const slot = slots.get(id);
      if (slot) slot.isUnsaved = false;
      return as(id, slot?.value);
    }),
  takeUntold: (as) =>
    taken(untold, (id) => {
      const slot = slots.get(id);
      if (slot) slot.isUntold = false;
      return as(id);
    }),
});

/** Slices with a book of their own in the store; what is over is forgotten here, not there. */
export function booked<T extends { readonly id: string }>(
  saved: readonly T[],
  isOver: (item: T, now: Instant) => boolean,
) {
  const map = new Map(saved.map((item) => [item.id, item]));
  const unsaved = new Set<string>();
  const untold = new Set<string>();
  const slices: Slices<T> = {
    get: (id) => map.get(id),
    put(id, value) {
      map.set(id, value);
      unsaved.add(id);
      untold.add(id);
    },
    drop(id) {
      if (!map.delete(id)) return;
      unsaved.add(id);
      untold.add(id);
    },
    all: () => map.entries(),
  };
  return {
    slices,
    hasChanged: () => unsaved.size > 0,
    take(now: Instant): T[] {
      const changed = [...unsaved].flatMap((id) => map.get(id) ?? []);
      unsaved.clear();
      if (changed.length > 0) for (const [id, item] of map) if (isOver(item, now)) map.delete(id);
      return changed;
    },
    takeUntold: <R>(as: (id: string) => R): R[] => taken(untold, as),
  };
}

/** All that is in the set, which is empty from then on. */
function taken<T>(set: Set<string>, as: (id: string) => T): T[] {
  const all = Array.from(set, as);
  set.clear();
  return all;
}
