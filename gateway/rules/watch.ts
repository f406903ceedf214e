// The life of one rule on one subject, between verdicts (drawn in domain/standing.ts).
// Promise: an alarm is raised at since + holdFor and is over at clearSince + clearFor, to the
// millisecond, and never before.
import type { RuleSettings } from '../domain/rule.ts';
import type { Watch } from '../domain/standing.ts';
import { instant, later, milliseconds, type Instant } from '../domain/time.ts';
import type { Verdict } from './verdict.ts';

export interface Turn {
  readonly watch: Watch;
  readonly event: 'none' | 'hold-over' | 'cleared';
  /** When to judge again though nothing be heard. */
  readonly lookAgainAt?: Instant;
}

interface Hearing {
  readonly rule: RuleSettings;
  readonly now: Instant;
}

/** Back at rest, remembering the last alarm and when it last cleared. */
export const quieted = ({ alarm, returns }: Watch): Watch => ({
  phase: 'quiet',
  ...(alarm !== undefined && { alarm }),
  ...(returns !== undefined && { returns }),
});

/** Whether a bigger condition stands, so that what follows from it need not speak. */
export const explains = (watch: Watch | undefined): boolean =>
  watch?.phase === 'holding' || watch?.phase === 'raised';

/** What becomes of a watch by a verdict at `now`; who hears of it is decided by the caller. */
export function turn(watch: Watch, verdict: Verdict, { rule, now }: Hearing): Turn {
  switch (verdict.kind) {
    case 'violated':
      return violated(watch, verdict, { rule, now });
    case 'clear':
      return clear(watch, verdict, { rule, now });
    case 'dead-band': {
      // A hold needs the condition unbroken; an alarm needs the clear level, unbroken too, to end.
      const rested = watch.phase === 'holding' ? quieted(watch) : stillRaised(watch);
      return { watch: rested, event: 'none', ...lookAgain(verdict) };
    }
    case 'unknown':
      return { watch, event: 'none' };
  }
}

const lookAgain = ({ lookAgainAt }: { readonly lookAgainAt?: Instant }) =>
  lookAgainAt === undefined ? {} : { lookAgainAt };

function clear(
  watch: Watch,
  verdict: Extract<Verdict, { kind: 'clear' }>,
  { rule, now }: Hearing,
): Turn {
  if (watch.phase === 'quiet') return { watch, event: 'none', ...lookAgain(verdict) };
  if (watch.phase !== 'raised')
    return { watch: quieted(watch), event: 'none', ...lookAgain(verdict) };
  const clearSince = watch.clearSince ?? now;
  const overAt = clearAt({ ...watch, clearSince }, rule) ?? now;
  if (now >= overAt) return { watch: quieted(watch), event: 'cleared', ...lookAgain(verdict) };
  const lookAgainAt = instant(Math.min(overAt, verdict.lookAgainAt ?? overAt));
  const going = watch.clearSince === undefined ? { ...watch, clearSince } : watch;
  return { watch: going, event: 'none', lookAgainAt };
}

/** When an off-delay that has begun is over. */
export const clearAt = ({ clearSince }: Watch, rule: RuleSettings): Instant | undefined =>
  clearSince === undefined ? undefined : later(clearSince, rule.clearFor ?? milliseconds(0));

/** An off-delay that had begun is broken: it is the same alarm still. */
function stillRaised(watch: Watch): Watch {
  if (watch.clearSince === undefined) return watch;
  const { clearSince: _, ...rest } = watch;
  return rest;
}

function violated(
  watch: Watch,
  verdict: Extract<Verdict, { kind: 'violated' }>,
  { rule, now }: Hearing,
): Turn {
  if (watch.phase === 'raised' || watch.phase === 'inhibited')
    return { watch: stillRaised(watch), event: 'none', ...lookAgain(verdict) };
  const { freshFrom = verdict.since } = watch;
  const since = watch.since ?? instant(Math.max(verdict.since, freshFrom));
  const held: Watch = {
    ...quieted(watch),
    phase: 'holding',
    since,
    ...(verdict.value === undefined ? {} : { value: verdict.value }),
  };
  const raiseAt = later(since, rule.holdFor);
  if (now >= raiseAt) return { watch: held, event: 'hold-over', ...lookAgain(verdict) };
  return { watch: held, event: 'none', lookAgainAt: raiseAt };
}
