import type { MostOfRule } from '../domain/rule.ts';
import { instant, type Instant } from '../domain/time.ts';
import { CLEAR, type Verdict } from './verdict.ts';

/** One lamp gone is a lamp; most of a circuit gone at once is the circuit. */
export function judgeMostOf(
  rule: MostOfRule,
  lamps: { readonly goneSince: readonly Instant[]; readonly all: number },
): Verdict {
  const needed = Math.max(2, Math.floor(rule.share * lamps.all) + 1);
  if (lamps.goneSince.length < needed) return CLEAR;
  // The circuit is down since the lamp that made it most of them.
  const order = lamps.goneSince.toSorted((a, b) => a - b);
  return { kind: 'violated', since: instant(order[needed - 1] ?? 0), value: order.length };
}
