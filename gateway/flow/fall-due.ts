// The agenda's turns, in the order of their instants. Whoever is seen to may ask for another turn, also
// at this very instant and on behalf of somebody else; but of one instant each key has one turn.
// Promise: it comes to an end, whatever is asked for. A watch that never has enough is seen to a little
// later each time, and everything else goes on.
import type { Agenda } from '../domain/agenda.ts';
import { later, milliseconds, type Instant } from '../domain/time.ts';

const FIRST_MOVE_MS = 1;
const LONGEST_MOVE_MS = 60_000;

/** Takes what is due at or before `now` and has each seen to at its own instant. */
export function letFallDue(
  agenda: Agenda,
  now: Instant,
  see: (key: string, at: Instant) => void,
): void {
  let due = agenda.take(now);
  if (!due) return; // nearly every time
  let at = due.at;
  const seen = new Set<string>();
  const moves = new Map<string, number>();
  for (; due; due = agenda.take(now)) {
    if (due.at > at) {
      at = due.at;
      seen.clear();
    }
    if (seen.has(due.key)) {
      const move = moves.get(due.key) ?? FIRST_MOVE_MS;
      // Twice as far each time: after a month in which nothing was heard it must not take a month.
      moves.set(due.key, Math.min(LONGEST_MOVE_MS, 2 * move));
      agenda.set(due.key, later(at, milliseconds(move)));
      continue;
    }
    seen.add(due.key);
    see(due.key, due.at);
  }
}
