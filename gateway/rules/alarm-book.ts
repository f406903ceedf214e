// An alarm from birth to rest: the table of alarm-states.ts says whether a thing can happen and what
// state comes of it; here stands what else it writes down. Pure: the old alarm in, the new one out.
// Undefined is the answer wherever the table knows no such step.
import {
  isActive,
  isGraver,
  SEVERITIES,
  type Alarm,
  type AlarmState,
  type Severity,
} from '../domain/alarm.ts';
import type { FloodRule } from '../domain/flood.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Watch } from '../domain/standing.ts';
import { later, type Duration, type Instant } from '../domain/time.ts';
import { TRANSITIONS, type Happening } from './alarm-states.ts';
import type { Pair } from './rule-book.ts';
import { severityBy } from './severity.ts';
import { ruleInWords } from './wording.ts';

export function newAlarm(birth: {
  readonly number: number;
  readonly pair: Pair;
  readonly watch: Watch;
  readonly at: Instant;
}): Alarm {
  const { rule, subject } = birth.pair;
  return born({
    id: `A${birth.number}`,
    rule: rule.id,
    asset: subject,
    severity: severityBy(rule, birth.watch.value),
    ...quantityOf(rule),
    ...(birth.watch.value === undefined ? {} : { value: birth.watch.value }),
    text: ruleInWords(rule),
    raisedAt: birth.at,
    inside: [],
  });
}

/** The alarm that stands for a flood of others: of a team, and with nothing to measure. */
export function newIncident(birth: {
  readonly number: number;
  readonly team: string;
  readonly rule: FloodRule;
  readonly text: string;
  readonly at: Instant;
}): Alarm {
  return born({
    id: `A${birth.number}`,
    rule: birth.rule.id,
    asset: birth.team,
    severity: birth.rule.severity,
    text: birth.text,
    raisedAt: birth.at,
    inside: [],
  });
}

const born = (alarm: Omit<Alarm, 'state'>): Alarm => {
  const nothingYet: Alarm = { ...alarm, state: 'normal' };
  return after(nothingYet, 'raised') ?? nothingYet;
};

function quantityOf(rule: RuleSettings): Pick<Alarm, 'quantity'> {
  if ('quantity' in rule) return { quantity: rule.quantity };
  return rule.kind === 'lamp' ? { quantity: 'power' } : {};
}

/** The alarm with what the happening writes down, in the state that comes of it. */
function after(alarm: Alarm, happening: Happening, written: Alarm = alarm): Alarm | undefined {
  const outcome = TRANSITIONS[alarm.state][happening];
  if (outcome === undefined) return undefined;
  return { ...written, state: outcome === 'as-it-stands' ? asItStands(written) : outcome };
}

/** By what the alarm itself says, the most out of the way first. */
function asItStands(alarm: Alarm): AlarmState {
  if (alarm.takenOutAt !== undefined) return 'out-of-service';
  if (alarm.suppressedReason !== undefined) return 'suppressed';
  if (alarm.shelvedAt !== undefined) return 'shelved';
  if (!isActive(alarm)) return 'normal';
  return alarm.acknowledgedBy === undefined ? 'active-unacknowledged' : 'active-acknowledged';
}

/** Its condition is gone. What is explained by something bigger, or came in a flood, asks nobody. */
export function cleared(alarm: Alarm, at: Instant, ends?: RuleSettings['ends']): Alarm {
  if (alarm.explainedBy !== undefined || alarm.incident !== undefined) return excused(alarm, at);
  const happening = ends === 'when-seen' ? 'cleared-latching' : 'cleared';
  const { reAlarmAt: _, ...rest } = alarm;
  const next = after(alarm, happening, { ...rest, clearedAt: at });
  if (!next) return alarm;
  if (next.state === 'latched') return { ...alarm, state: next.state, returnedAt: at };
  // A shelf without an end lasts until it clears.
  return isOneShot(next) ? (shelfEnded('shelf-over', next) ?? next) : next;
}

const isOneShot = ({ state, shelvedUntil }: Alarm): boolean =>
  state === 'shelved' && shelvedUntil === undefined;

/** It is over and nobody need see it. */
export const excused = (alarm: Alarm, at: Instant): Alarm =>
  after(alarm, 'excused', { ...alarm, clearedAt: alarm.clearedAt ?? at }) ?? alarm;

/** The same alarm again: it was latched, or came and went while nobody was to be told. */
export function raisedAgain(
  alarm: Alarm,
  { at, value }: { readonly at: Instant; readonly value?: number | undefined },
): Alarm | undefined {
  // Whoever comes after one that is over is another.
  if (alarm.state === 'normal') return undefined;
  const { clearedAt: _cleared, returnedAt: _returned, ...rest } = unacknowledged(alarm);
  const news = value === undefined ? {} : { value };
  // On its shelf it is news each time; latched it never was over.
  const since = isActive(alarm) ? alarm.raisedAt : at;
  return after(alarm, 'raised', { ...rest, ...news, raisedAt: since });
}

/** A new occurrence takes over: nobody need acknowledge the old one any more. */
export const superseded = (alarm: Alarm): Alarm => after(alarm, 'superseded') ?? alarm;

export function acknowledged(
  alarm: Alarm,
  said: { readonly by: string; readonly at: Instant; readonly reAlarmAfter?: Duration | undefined },
): Alarm | undefined {
  const { by, at, reAlarmAfter } = said;
  const next = after(alarm, 'acknowledged', {
    ...alarm,
    acknowledgedBy: by,
    acknowledgedAt: at,
    acknowledgedAs: alarm.severity,
  });
  if (next?.state === 'active-acknowledged' && reAlarmAfter !== undefined)
    return { ...next, reAlarmAt: later(at, reAlarmAfter) };
  // What was latched is over now that somebody has seen it.
  return next?.state === 'normal' ? { ...next, clearedAt: next.clearedAt ?? at } : next;
}

function unacknowledged(alarm: Alarm): Alarm {
  const {
    acknowledgedBy: _by,
    acknowledgedAt: _at,
    acknowledgedAs: _as,
    reAlarmAt: _due,
    ...rest
  } = alarm;
  return rest;
}

/** It still stands, long after somebody said that they had seen it. */
export const reAlarmed = (alarm: Alarm): Alarm | undefined =>
  after(alarm, 're-alarm', unacknowledged(alarm));

/**
 * As grave as its value is. Graver than what was acknowledged, it must be seen again; less grave, it
 * stays as it is. Undefined where nothing changes.
 */
export function withSeverity(alarm: Alarm, severity: Severity): Alarm | undefined {
  if (severity === alarm.severity || !isActive(alarm)) return undefined;
  const had = new Set([...(alarm.severities ?? [alarm.severity]), severity]);
  const severities = SEVERITIES.filter((each) => had.has(each));
  const next = { ...alarm, severity, severities };
  if (!isGraver(severity, alarm.acknowledgedAs ?? alarm.severity)) return next;
  return after(alarm, 'graver', unacknowledged(next)) ?? next;
}

/** @param shelf without an end it lasts until the alarm next clears */
export function shelved(
  alarm: Alarm,
  shelf: { readonly reason: string; readonly at: Instant; readonly until?: Instant },
): Alarm | undefined {
  const { shelvedUntil: _, ...rest } = alarm;
  return after(alarm, 'shelve', {
    ...rest,
    shelvedReason: shelf.reason,
    shelvedAt: shelf.at,
    ...(shelf.until !== undefined && { shelvedUntil: shelf.until }),
  });
}

/** By hand, or because its time is over; whoever had acknowledged it need not again. */
export function shelfEnded(how: 'unshelve' | 'shelf-over', alarm: Alarm): Alarm | undefined {
  const { shelvedReason: _reason, shelvedUntil: _until, shelvedAt: _at, ...rest } = alarm;
  return after(alarm, how, rest);
}

export const suppressed = (alarm: Alarm, reason: string): Alarm | undefined =>
  after(alarm, 'suppress', { ...alarm, suppressedReason: reason });

export function unsuppressed(alarm: Alarm): Alarm | undefined {
  const { suppressedReason: _, ...rest } = alarm;
  return after(alarm, 'unsuppress', rest);
}

export const takenOut = (
  alarm: Alarm,
  { by, at, reason }: { readonly by: string; readonly at: Instant; readonly reason: string },
): Alarm | undefined =>
  after(alarm, 'take-out', {
    ...alarm,
    takenOutBy: by,
    takenOutAt: at,
    takenOutReason: reason,
  });

export function putBack(alarm: Alarm): Alarm | undefined {
  const { takenOutBy: _by, takenOutAt: _at, takenOutReason: _reason, ...rest } = alarm;
  return after(alarm, 'put-back', rest);
}

/** Whether the table knows this happening in the alarm's state: what a command is asked first. */
export const canHappen = (alarm: Alarm, happening: Happening): boolean =>
  TRANSITIONS[alarm.state][happening] !== undefined;
