// Room on a disk that has little left. Rows that go make pages free within the database, and those are
// written to first; but what was written since stands in the journal, and is only folded in where the
// database need not grow. So room is made early, for a whole journal at a time, and the database then
// stays as large as it is.
import { freeBytes } from './ballast.ts';
import type { OpenDatabase } from './open-database.ts';

/** More than the journal holds before it is folded in. */
const ROOM_BYTES = 20 * 1024 * 1024;
const LITTLE_BYTES = 48 * 1024 * 1024;
const LOOK_EVERY_MS = 1000;
/** A few milliseconds each, between two groups. */
const SLICES_AT_ONCE = 8;

/** Whether the disk has little left, looked up once a second. */
export function scarcity(dir: string): () => boolean {
  let lookedAt = -Infinity;
  let isScarce = false;
  return () => {
    if (performance.now() - lookedAt > LOOK_EVERY_MS) {
      lookedAt = performance.now();
      isScarce = freeBytes(dir) < LITTLE_BYTES;
    }
    return isScarce;
  };
}

/** Gives up a little of what is missed least, but nothing that somebody still waits for. */
export function giveSome({ keeping }: OpenDatabase): void {
  for (let slice = 0; slice < SLICES_AT_ONCE && keeping.room() < ROOM_BYTES; slice += 1)
    if (!keeping.give('what all have passed')) return;
}

/** The disk is full: all that the order of sacrifice allows, until a journal's worth has room. */
export function makeRoom({ keeping, journal }: OpenDatabase): void {
  journal.foldAll();
  while (keeping.room() < ROOM_BYTES && keeping.give('all that may go')) journal.tend();
  journal.foldAll();
}
