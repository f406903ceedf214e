// Which entry of the notice board a screen shows now: each for a while, in their order, one at a time.
const SHOWN_FOR_MS = 12_000;

export interface Turn<T> {
  readonly entry: T;
  /** From 1, of how many. */
  readonly place: number;
  readonly of: number;
}

export function turnAt<T>(entries: readonly T[], now: number): Turn<T> | undefined {
  const index = Math.floor(now / SHOWN_FOR_MS) % Math.max(1, entries.length);
  const entry = entries[index];
  return entry === undefined ? undefined : { entry, place: index + 1, of: entries.length };
}
