// Two casts of alarms side by side: which of them are the same one. Pure.
// Two alarms are the same where rule and asset are and their times touch; each has one partner at most,
// so that a wobble which a longer hold makes one alarm leaves the others without.
import type { Instant } from '../../domain/time.ts';
import type { Occurrence } from './rehearsal-stage.ts';

export const FATES = ['both', 'earlier', 'later', 'only-before', 'only-after'] as const;
export type Fate = (typeof FATES)[number];

export interface Compared {
  readonly rule: string;
  readonly asset: string;
  /** By the changed rules; where they do not raise it, by the present ones. */
  readonly raisedAt: Instant;
  readonly clearedAt?: Instant;
  /** When the present rules raise it, where the changed ones do so earlier or later. */
  readonly wasRaisedAt?: Instant;
  readonly fate: Fate;
}

/** In order of time. */
export function compared(before: readonly Occurrence[], after: readonly Occurrence[]): Compared[] {
  const [old, young] = [byPair(before), byPair(after)];
  const pairs = new Set([...old.keys(), ...young.keys()]);
  return [...pairs]
    .flatMap((pair) => matched(old.get(pair) ?? [], young.get(pair) ?? []))
    .sort((a, b) => a.raisedAt - b.raisedAt);
}

function byPair(alarms: readonly Occurrence[]): Map<string, Occurrence[]> {
  const pairs = Map.groupBy(alarms, ({ rule, asset }) => `${rule} ${asset}`);
  for (const each of pairs.values()) each.sort((a, b) => a.raisedAt - b.raisedAt);
  return pairs;
}

/** Of one rule and asset, both in order of time. */
function matched(before: readonly Occurrence[], after: readonly Occurrence[]): Compared[] {
  const partners = partnersOf(before, after);
  const taken = new Set(partners.values());
  return [
    ...after.map((alarm) => rowOf(alarm, partners.get(alarm))),
    ...before.filter((alarm) => !taken.has(alarm)).map((alarm) => row(alarm, 'only-before')),
  ];
}

/** Those of the very same moment first: nobody else may take them. */
function partnersOf(
  before: readonly Occurrence[],
  after: readonly Occurrence[],
): Map<Occurrence, Occurrence> {
  const partners = new Map<Occurrence, Occurrence>();
  const free = Map.groupBy(before, ({ raisedAt }) => raisedAt);
  for (const alarm of after) {
    const same = free.get(alarm.raisedAt)?.shift();
    if (same) partners.set(alarm, same);
  }
  const taken = new Set(partners.values());
  const left = before.filter((alarm) => !taken.has(alarm));
  let next = 0;
  for (const alarm of after) {
    if (partners.has(alarm)) continue;
    while (next < left.length && endOf(left[next]!) < alarm.raisedAt) next += 1;
    const candidate = left[next];
    if (!candidate || candidate.raisedAt > endOf(alarm)) continue;
    partners.set(alarm, candidate);
    next += 1;
  }
  return partners;
}

const endOf = ({ clearedAt }: Occurrence): number => clearedAt ?? Infinity;

function rowOf(alarm: Occurrence, partner: Occurrence | undefined): Compared {
  if (!partner) return row(alarm, 'only-after');
  const { raisedAt: wasRaisedAt } = partner;
  if (wasRaisedAt === alarm.raisedAt) return row(alarm, 'both');
  return { ...row(alarm, alarm.raisedAt < wasRaisedAt ? 'earlier' : 'later'), wasRaisedAt };
}

const row = ({ rule, asset, raisedAt, clearedAt }: Occurrence, fate: Fate): Compared => ({
  rule,
  asset,
  raisedAt,
  ...(clearedAt !== undefined && { clearedAt }),
  fate,
});
