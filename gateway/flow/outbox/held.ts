// The notices that a channel has in hand, by their key and in their order. Promise: finding those that
// may be told looks no further than it must, so that a flood costs each notice the same.
import type { Notice } from '../../domain/notice.ts';
import { instant, type Instant } from '../../domain/time.ts';

export interface Held {
  readonly notice: Notice;
  tries: number;
  notBefore: Instant;
  isUnderWay: boolean;
}

export type HeldNotices = Map<string, Held>;

export const AT_ONCE = instant(0);

export const fresh = (notice: Notice, tries = 0): Held => ({
  notice,
  tries,
  notBefore: AT_ONCE,
  isUnderWay: false,
});

/** False where it is in hand already, and stays as it is. */
export function hold(all: HeldNotices, held: Held): boolean {
  if (all.has(held.notice.key)) return false;
  all.set(held.notice.key, held);
  return true;
}

/**
 * No more than `most` that may be told now: of each subject the first, if its time has come.
 * `nextAt`: where there is none, when there will be one.
 */
export function readyAt(
  all: HeldNotices,
  now: Instant,
  most: number,
): { ready: Held[]; nextAt: number } {
  const subjects = new Set<string>();
  const ready: Held[] = [];
  let nextAt = Infinity;
  for (const held of all.values()) {
    if (ready.length >= most) break;
    const { subject } = held.notice;
    if (subjects.has(subject)) continue;
    subjects.add(subject);
    if (held.isUnderWay) continue;
    if (held.notBefore <= now) ready.push(held);
    else nextAt = Math.min(nextAt, held.notBefore);
  }
  return { ready, nextAt };
}
