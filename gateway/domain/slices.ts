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

type Mark = 'isUnsaved' | 'isUntold';

interface MarkedSlot<T> extends Slot<T> {
  value: T;
  isUnsaved: boolean;
  /** Always, where nobody asks for it. */
  isUntold: boolean;
  /** Dropped, and not yet asked for since: whoever puts it again puts it here. */
  isGone: boolean;
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
  const places = placesOf<T>(shown === 'shown');
  const unsaved = markedSlots<T>('isUnsaved', places.forget);
  const untold = markedSlots<T>('isUntold', places.forget);
  for (const [id, value] of saved) places.of(id, value);

  const fill = (slot: Slot<T>, value: T): void => {
    const own = slot as MarkedSlot<T>;
    own.value = value;
    if (!own.isUnsaved) unsaved.add(own);
    if (!own.isUntold) untold.add(own);
  };
  return {
    get: (id) => places.find(id)?.value,
    slot: places.find,
    fill,
    put: (id, value) => fill(places.of(id, value), value),
    drop(id) {
      const slot = places.vacate(id);
      if (slot) fill(slot, slot.value);
    },
    *all() {
      for (const { id, value } of places.all()) yield [id, value];
    },
    takeUnsaved: (as) =>
      unsaved.take(({ id, value, isGone }) => as(id, isGone ? undefined : value)),
    takeUntold: (as) => untold.take(({ id }) => as(id)),
  };
}

/** Where each value lies, and those whose end nobody has asked for yet. */
function placesOf<T>(isShown: boolean) {
  const slots = new Map<string, MarkedSlot<T>>();
  const gone = new Map<string, MarkedSlot<T>>();
  const newSlot = (id: string, value: T): MarkedSlot<T> => ({
    id,
    value,
    isUnsaved: false,
    isUntold: !isShown,
    isGone: false,
  });
  return {
    find: (id: string) => slots.get(id),
    all: () => slots.values(),
    /** The one of this id: the one that it had before it was dropped, or a new one. */
    of(id: string, value: T): MarkedSlot<T> {
      const slot = slots.get(id) ?? gone.get(id) ?? newSlot(id, value);
      slot.isGone = false;
      gone.delete(id);
      slots.set(id, slot);
      return slot;
    },
    vacate(id: string): MarkedSlot<T> | undefined {
      const slot = slots.get(id);
      if (!slot) return undefined;
      slot.isGone = true;
      slots.delete(id);
      gone.set(id, slot);
      return slot;
    },
    /** Called when a mark was taken off: what is gone is let go with its last one. */
    forget(slot: MarkedSlot<T>): void {
      if (slot.isGone && !slot.isUnsaved && !(isShown && slot.isUntold)) gone.delete(slot.id);
    },
  };
}

/**
 * Those with this mark, once each. A list, because the mark itself says who is in it: a set would be
 * asked with every reading, and one that is emptied lets its table go and grows another.
 */
function markedSlots<T>(mark: Mark, taken: (slot: MarkedSlot<T>) => void) {
  let list: MarkedSlot<T>[] = [];
  return {
    add(slot: MarkedSlot<T>): void {
      slot[mark] = true;
      list.push(slot);
    },
    take<R>(as: (slot: MarkedSlot<T>) => R): R[] {
      const all = list;
      list = [];
      return all.map((slot) => {
        slot[mark] = false;
        taken(slot);
        return as(slot);
      });
    },
  };
}

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
