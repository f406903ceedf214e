// What falls due when: the fold's only notion of a timer. Keys with one instant each, earliest first.
// A binary heap whose stale rows are skipped when they surface, so that putting a key off is free.
import type { Instant } from './time.ts';

export interface Agenda {
  /** Sets or moves the key's instant; undefined forgets it. */
  set(key: string, at: Instant | undefined): void;
  at(key: string): Instant | undefined;
  /** The earliest instant, undefined when nothing is due ever. */
  next(): Instant | undefined;
  /** Takes the earliest key that is due at or before `until`, and its instant. */
  take(until: Instant): { readonly key: string; readonly at: Instant } | undefined;
}

interface Row {
  readonly at: Instant;
  readonly key: string;
}

export function createAgenda(): Agenda {
  const due = new Map<string, Instant>();
  const heap: Row[] = [];

  /** Drops rows that were moved since; a key put off is pushed again at its later instant. */
  const settle = (): Row | undefined => {
    for (;;) {
      const top = heap[0];
      if (!top) return undefined;
      const real = due.get(top.key);
      if (real === top.at) return top;
      pop(heap);
      if (real !== undefined && real > top.at) push(heap, { at: real, key: top.key });
    }
  };

  return {
    set(key, at) {
      const before = due.get(key);
      if (at === undefined) {
        if (before !== undefined) due.delete(key);
        return;
      }
      due.set(key, at);
      if (before === undefined || at < before) push(heap, { at, key });
    },
    at: (key) => due.get(key),
    next: () => settle()?.at,
    take(until) {
      // No row lies later than what it stands for: nearly every time one look is all.
      const first = heap[0];
      if (!first || first.at > until) return undefined;
      const top = settle();
      if (!top || top.at > until) return undefined;
      pop(heap);
      due.delete(top.key);
      return top;
    },
  };
}

/** Earlier first; ties by key, so that a replay takes them in the same order. */
const isBefore = (a: Row, b: Row): boolean => a.at < b.at || (a.at === b.at && a.key < b.key);

function push(heap: Row[], row: Row): void {
  let index = heap.push(row) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(heap[index]!, heap[parent]!)) return;
    swap(heap, index, parent);
    index = parent;
  }
}

function pop(heap: Row[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    let first = index;
    if (left < heap.length && isBefore(heap[left]!, heap[first]!)) first = left;
    if (right < heap.length && isBefore(heap[right]!, heap[first]!)) first = right;
    if (first === index) return;
    swap(heap, index, first);
    index = first;
  }
}

function swap(heap: Row[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b]!, heap[a]!];
}
