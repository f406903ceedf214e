// The life of one rule on one subject, between verdicts (drawn in domain/standing.ts).
// Promise: an alarm is raised at since + holdFor, to the millisecond, and never before.
import type { RuleSettings } from '../domain/rule.ts';
import type { Watch } from '../domain/standing.ts';
import { later, type Instant } from '../domain/time.ts';
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

/** Back at rest, remembering the last alarm. */
export const quieted = (watch: Watch): Watch =>
  watch.alarm === undefined ? { phase: 'quiet' } : { phase: 'quiet', alarm: watch.alarm };

/** Whether a bigger condition stands, so that what follows from it need not speak. */
export const explains = (watch: Watch | undefined): boolean =>
  watch?.phase === 'holding' || watch?.phase === 'raised';

/** What becomes of a watch by a verdict at `now`; who hears of it is decided by the caller. */
export function turn(watch: Watch, verdict: Verdict, { rule, now }: Hearing): Turn {
  switch (verdict.kind) {
    case 'violated':
      return violated(watch, verdict, { rule, now });
    case 'clear': {
      const event = watch.phase === 'raised' ? 'cleared' : 'none';
      return {
        watch: watch.phase === 'quiet' ? watch : quieted(watch),
        event,
        ...lookAgain(verdict),
      };
    }
    case 'dead-band': {
      // A hold needs the condition unbroken; an alarm needs the clear level to end.
      const rested = watch.phase === 'holding' ? quieted(watch) : watch;
      return { watch: rested, event: 'none', ...lookAgain(verdict) };
    }
    case 'unknown':
      return { watch, event: 'none' };
  }
}

const lookAgain = ({ lookAgainAt }: { readonly lookAgainAt?: Instant }) =>
  lookAgainAt === undefined ? {} : { lookAgainAt };

function violated(
  watch: Watch,
  verdict: Extract<Verdict, { kind: 'violated' }>,
  { rule, now }: Hearing,
): Turn {
  if (watch.phase === 'raised' || watch.phase === 'inhibited') return { watch, event: 'none' };
  const since = watch.since ?? verdict.since;
  const held: Watch = {
    phase: 'holding',
    since,
    ...(verdict.value === undefined ? {} : { value: verdict.value }),
    ...(watch.alarm === undefined ? {} : { alarm: watch.alarm }),
  };
  const raiseAt = later(since, rule.holdFor);
  if (now >= raiseAt) return { watch: held, event: 'hold-over' };
  return { watch: held, event: 'none', lookAgainAt: raiseAt };
}
