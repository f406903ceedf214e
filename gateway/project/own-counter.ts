// What a number of a device's own counter says, held against the last one: 0…65535, then 0 again.
//
//        repeats ◀── 1024 ──┐     ┌──▶ so many are missing
//   0 ─────────────────────last──────────────────────▶ 65535 ─▶ 0
//   └ near 0, and no wrap: a reboot
//
// Pure arithmetic. Where a number can mean two things, it is taken for the one that accuses nobody:
// a number that was never sent must not be called lost.
const ROUND = 0x1_0000;
/** A counter that stands this low was not long ago set to 0. */
const NEAR_ZERO = 64;
/** Behind the newest by no more than this it is a word that came before, not a counter set back. */
const REPEATS = 1024;
/** This close to its end a counter that shows a low number has come round. */
const NEAR_END = ROUND - 1024;

export type Meaning =
  | { readonly kind: 'next' | 'again' | 'reboot' }
  /** Low enough for a reboot, and near enough for a repeat: what follows it tells. */
  | { readonly kind: 'fallen' }
  | { readonly kind: 'gap'; readonly first: number; readonly last: number; readonly count: number };

export const nextNumber = (seq: number): number => (seq + 1) % ROUND;
export const numberBefore = (seq: number): number => (seq + ROUND - 1) % ROUND;

/** How many numbers from `first` to `last`, both included. */
export const numbersIn = (first: number, last: number): number =>
  ((last - first + ROUND) % ROUND) + 1;

export const isBetween = (seq: number, first: number, last: number): boolean =>
  numbersIn(first, seq) <= numbersIn(first, last);

/** What `seq` means after `last`, of a device that had not said it before. */
export function meaningOf(seq: number, last: number): Meaning {
  const ahead = (seq - last + ROUND) % ROUND;
  if (ahead === 1) return { kind: 'next' };
  const hasFallen = seq < last && last < NEAR_END;
  if (hasFallen && seq < NEAR_ZERO) {
    return { kind: last - seq <= REPEATS ? 'fallen' : 'reboot' };
  }
  if (ahead === 0 || ROUND - ahead <= REPEATS) return { kind: 'again' };
  if (ahead > ROUND / 2) return { kind: 'reboot' };
  return { kind: 'gap', first: nextNumber(last), last: numberBefore(seq), count: ahead - 1 };
}

/** Whether a device that had fallen to `fallen` goes on from there: it began anew. */
export const goesOnFrom = (fallen: number, seq: number): boolean =>
  seq > fallen && seq - fallen <= NEAR_ZERO;
