// An alarm from birth to rest, after ISA-18.2: what each happening makes of its state.
// Acknowledging never clears; clearing never acknowledges; a shelf only silences.
import type { Alarm, AlarmState } from '../domain/alarm.ts';
import { isActive } from '../domain/alarm.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Watch } from '../domain/standing.ts';
import type { Instant } from '../domain/time.ts';
import type { Pair } from './rule-book.ts';
import { ruleInWords } from './wording.ts';

export function newAlarm(birth: {
  readonly number: number;
  readonly pair: Pair;
  readonly watch: Watch;
  readonly at: Instant;
}): Alarm {
  const { rule, subject } = birth.pair;
  return {
    id: `A${birth.number}`,
    rule: rule.id,
    asset: subject,
    severity: rule.severity,
    state: 'active-unacknowledged',
    ...quantityOf(rule),
    ...(birth.watch.value === undefined ? {} : { value: birth.watch.value }),
    text: ruleInWords(rule),
    raisedAt: birth.at,
    inside: [],
  };
}

function quantityOf(rule: RuleSettings): Pick<Alarm, 'quantity'> {
  if ('quantity' in rule) return { quantity: rule.quantity };
  return rule.kind === 'lamp' ? { quantity: 'power' } : {};
}

const AFTER_CLEARING: Record<AlarmState, AlarmState> = {
  'active-unacknowledged': 'returned-unacknowledged',
  'active-acknowledged': 'normal',
  'returned-unacknowledged': 'returned-unacknowledged',
  shelved: 'normal',
  normal: 'normal',
};

export const cleared = (alarm: Alarm, at: Instant): Alarm => ({
  ...alarm,
  state: alarm.explainedBy === undefined ? AFTER_CLEARING[alarm.state] : 'normal',
  clearedAt: at,
});

/** A new occurrence takes over: nobody need acknowledge the old one any more. */
export const superseded = (alarm: Alarm): Alarm =>
  isActive(alarm) ? alarm : { ...alarm, state: 'normal' };

/** Undefined where there is nothing to acknowledge. */
export function acknowledged(alarm: Alarm, by: string): Alarm | undefined {
  if (alarm.state === 'active-unacknowledged') {
    return { ...alarm, state: 'active-acknowledged', acknowledgedBy: by };
  }
  if (alarm.state === 'returned-unacknowledged')
    return { ...alarm, state: 'normal', acknowledgedBy: by };
  return undefined;
}

/** Undefined where only an active alarm could be shelved and this is none. */
export function shelved(alarm: Alarm, reason: string, until: Instant): Alarm | undefined {
  if (!isActive(alarm)) return undefined;
  return { ...alarm, state: 'shelved', shelvedReason: reason, shelvedUntil: until };
}

/** By hand or because its time is over; whoever had acknowledged it need not again. */
export function unshelved(alarm: Alarm): Alarm | undefined {
  if (alarm.state !== 'shelved') return undefined;
  const { shelvedReason: _reason, shelvedUntil: _until, shelvedAt: _at, ...rest } = alarm;
  return {
    ...rest,
    state: alarm.acknowledgedBy === undefined ? 'active-unacknowledged' : 'active-acknowledged',
  };
}
