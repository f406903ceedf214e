// Where verdicts become alarms. Hears what the fold has put, judges whoever that touches, waits
// through the agenda, and says what was raised, cleared or absorbed. One cause speaks once: what a
// bigger condition explains is inhibited, and what rose just before it is absorbed into it.
import { isActive, type Alarm, type EndedBy } from '../domain/alarm.ts';
import type { AssetId, Compound, DeviceId, SourceId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { FLOOD } from '../domain/flood.ts';
import type { CommandEntry } from '../domain/record.ts';
import type { Standing, Watch } from '../domain/standing.ts';
import { between, instant, later, type Instant } from '../domain/time.ts';
import { cleared, excused, newAlarm, raisedAgain, superseded, withSeverity } from './alarm-book.ts';
import { armAlarms, keepDue, obeyOnAlarm, obeyOnAsset, review } from './alarm-keeping.ts';
import { askedBy } from './asked.ts';
import { isChatter, withReturn } from './chatter.ts';
import { armFloods, endFlood, sayRaised } from './flood-watch.ts';
import { createRuleJudge } from './judge.ts';
import { MAINTENANCE, workOnSubject } from './maintenance.ts';
import {
  isRepeat,
  isSilence,
  learnsPace,
  rememberRaising,
  rememberReading,
  rememberWord,
} from './memory.ts';
import {
  absorbChildren,
  biggerThan,
  isExplainedBy,
  noteWhatIsInside,
  releaseChildren,
  rest,
} from './one-cause.ts';
import { createRuleBook, isMostOf, keyOf, type Pair } from './rule-book.ts';
import { severityBy } from './severity.ts';
import type { Verdict } from './verdict.ts';
import {
  alarmOf,
  nextAlarmNumber,
  say,
  watchOf,
  type AlarmEvent,
  type Moment,
  type Scene,
} from './watch-scene.ts';
import { clearAt, turn, type Turn } from './watch.ts';

export type { AlarmEvent } from './watch-scene.ts';

/** Watches that something moves: found once, and handed back whenever it did. */
export type Touched = readonly Pair[];

export interface Watching {
  /** What looks at this quantity, and at whether this device speaks. Never changed. */
  touchedByReading(asset: AssetId, quantity: Quantity): Touched;
  touchedByDevice(device: DeviceId): Touched;
  /** To be called with the newest value, or word, in place. */
  heardReading(touched: Touched, at: Instant): void;
  heardDevice(touched: Touched, at: Instant): void;
  heardSource(source: SourceId, at: Instant): void;
  /** Judges everything anew: at a start, whose outage must not count towards any hold. */
  lookAtAll(at: Instant): void;
  /** What an accepted command makes of an alarm, or of all that is about an asset. */
  obey(command: CommandEntry): void;
  /** Waits again for what a saved standing was waiting for. */
  arm(): void;
  /** Runs what the agenda says is due under this key. */
  due(key: string, at: Instant): void;
  /** What happened since the last call, in order. */
  takeEvents(): AlarmEvent[];
}

export function createWatching(
  site: { readonly compound: Compound; readonly sources: readonly SourceId[] },
  rules: readonly RuleSettings[],
  standing: Standing,
): Watching {
  const book = createRuleBook(site, rules);
  const scene: Scene = {
    compound: site.compound,
    standing,
    book,
    rules: createRuleJudge(site.compound, book, standing),
    events: [],
    look: (pair, at) => look(scene, pair, at),
  };
  return {
    touchedByReading: book.touchedByReading,
    touchedByDevice: book.touchedByDevice,
    heardReading(touched, at) {
      for (const pair of touched) {
        rememberReading(standing, pair, at);
        look(scene, pair, at);
      }
    },
    heardDevice: (touched, at) => hearDevice(scene, touched, at),
    heardSource(source, at) {
      for (const pair of book.touchedBySource(source)) look(scene, pair, at);
    },
    lookAtAll: (at) => lookAtAll(scene, at),
    arm: () => armAll(scene),
    obey(command) {
      if (command.on === 'alarm') obeyOnAlarm(scene, command);
      else if (command.on === 'asset') obeyOnAsset(scene, command);
    },
    due(key, at) {
      if (keepDue(scene, key, at) || endFlood(scene, key, at)) return;
      const pair = book.pairs.get(key);
      if (pair) look(scene, pair, at);
    },
    takeEvents() {
      const taken = scene.events;
      if (taken.length > 0) scene.events = [];
      return taken;
    },
  };
}

function lookAtAll(scene: Scene, at: Instant): void {
  retireStrays(scene, at);
  for (const pair of scene.book.pairs.values()) bridgeOutage(scene, pair, at);
  review(scene, at);
  for (const pair of scene.book.pairs.values()) look(scene, pair, at);
}

function armAll(scene: Scene): void {
  for (const pair of scene.book.pairs.values())
    scene.standing.agenda.set(pair.key, nextLook(scene, pair));
  armAlarms(scene);
  armFloods(scene);
}

function hearDevice(scene: Scene, touched: Touched, at: Instant): void {
  for (const pair of touched) {
    if (learnsPace(pair)) {
      const { audibleSince } = scene.rules.hearing(pair.subject);
      rememberWord(scene.standing, pair, { at, audibleSince });
    }
    if (watchOf(scene, pair.key).phase !== 'quiet' || !isArmed(scene, pair, at))
      look(scene, pair, at);
  }
}

/**
 * A quiet, armed watch looks at the device's last word when its time comes, not at each word. Armed
 * beyond a whole silence from now it was by a clock that has since been set back.
 */
function isArmed({ standing, rules }: Scene, pair: Pair, at: Instant): boolean {
  const due = standing.agenda.at(pair.key);
  return due !== undefined && isSilence(pair) && due <= later(at, rules.silenceAllowed(pair));
}

/** Judges one pair at one moment and lets everything follow that follows from it. */
function look(scene: Scene, pair: Pair, at: Instant): void {
  const before = watchOf(scene, pair.key);
  const verdict = scene.rules.judge(pair, at);
  const next = turn(before, verdict, { rule: pair.rule, now: at });
  scene.standing.agenda.set(pair.key, next.lookAgainAt);
  const after = afterTurn(scene, pair, { before, next, at });
  if (after !== before) scene.standing.watches.put(pair.key, after);
  if (next.event === 'cleared') clear(scene, pair, { watch: { ...before, ...after }, at });
  if (after.phase !== before.phase) tellFamily(scene, pair, { watch: after, at });
  if (after.phase !== 'raised') return;
  followValue(scene, pair, { watch: after, at, verdict });
  noteWhatIsInside(scene, pair, after);
}

function afterTurn(
  scene: Scene,
  pair: Pair,
  { before, next, at }: { before: Watch; next: Turn; at: Instant },
): Watch {
  if (next.event === 'hold-over') return raiseOrInhibit(scene, pair, { watch: next.watch, at });
  if (next.event === 'none') return next.watch;
  return { ...next.watch, returns: withReturn(before.returns, at) };
}

/** As grave as its value is now; back within its dead band it is as grave as the rule itself. */
function followValue(
  scene: Scene,
  { rule }: Pair,
  { watch, at, verdict }: Moment & { readonly verdict: Verdict },
): void {
  if (!rule.graver?.length || verdict.kind === 'unknown') return;
  const alarm = alarmOf(scene, watch);
  const value = verdict.kind === 'violated' ? verdict.value : undefined;
  const next = alarm && withSeverity(alarm, severityBy(rule, value));
  if (next) say(scene, { kind: 'severity', alarm: { ...next, askedAt: at } });
}

function tellFamily(scene: Scene, pair: Pair, moment: Moment): void {
  for (const parent of scene.book.parents(pair.key))
    if (isMostOf(parent)) look(scene, parent, moment.at);
  if (moment.watch.phase === 'raised') tellCounters(scene, pair, moment.at);
  if (moment.watch.phase === 'raised') absorbChildren(scene, pair, moment);
  if (moment.watch.phase === 'quiet') releaseChildren(scene, pair, moment);
}

function tellCounters(scene: Scene, pair: Pair, at: Instant): void {
  for (const counter of scene.book.touchedByRaising(pair.key).filter(isRepeat)) {
    rememberRaising(scene.standing, counter, at);
    look(scene, counter, at);
  }
}

function raiseOrInhibit(scene: Scene, pair: Pair, { watch, at }: Moment): Watch {
  const work = workOnSubject(scene.standing, scene.compound, pair);
  const explainedBy = biggerThan(scene, pair)?.key ?? (work === undefined ? work : MAINTENANCE);
  if (explainedBy !== undefined) return { ...watch, phase: 'inhibited', explainedBy };
  const last = alarmOf(scene, watch);
  const again = last && raisedAgain(last, { at, value: watch.value });
  if (again) sayAgain(scene, { ...again, askedAt: at }, pair);
  else if (last) scene.standing.alarms.put(last.id, superseded(last));
  return { ...watch, phase: 'raised', alarm: again?.id ?? raiseNew(scene, pair, { watch, at }) };
}

/** On its shelf it says nothing; what was latched asks again. */
function sayAgain(scene: Scene, alarm: Alarm, { rule }: Pair): void {
  if (alarm.state === 'active-unacknowledged') say(scene, { kind: 're-alarm', alarm, rule });
  else scene.standing.alarms.put(alarm.id, alarm);
}

function raiseNew(scene: Scene, pair: Pair, { watch, at }: Moment): string {
  const alarm = newAlarm({ number: nextAlarmNumber(scene), pair, watch, at });
  const known = isChatter(watch.returns, at) ? { ...alarm, chattering: true as const } : alarm;
  sayRaised(scene, known, pair.rule);
  return alarm.id;
}

/** What is latched is not over: whoever waits for its end waits until somebody has seen it. */
function clear(scene: Scene, { rule }: Pair, { watch, at }: Moment): void {
  const alarm = alarmOf(scene, watch);
  if (!alarm) return;
  const over = cleared(alarm, at, rule.ends);
  const next = isChatter(watch.returns, at) ? { ...over, chattering: true as const } : over;
  if (isActive(next)) scene.standing.alarms.put(next.id, next);
  else say(scene, { kind: 'cleared', alarm: next });
}

/** A delay goes on where it stood: the hours in which the gateway was off do not count towards it. */
function bridgeOutage({ standing }: Scene, pair: Pair, at: Instant): void {
  const watch = standing.watches.get(pair.key);
  const outage = between(standing.gateway().lastAt, at);
  if (watch?.phase === 'holding' && watch.since !== undefined)
    standing.watches.put(pair.key, { ...watch, since: later(watch.since, outage) });
  if (watch?.phase === 'raised' && watch.clearSince !== undefined)
    standing.watches.put(pair.key, { ...watch, clearSince: later(watch.clearSince, outage) });
}

/**
 * What the site file no longer names, or asks otherwise than before, is over, and what it explained
 * may speak for itself. A rule that asks something else is judged anew, with its full time.
 */
function retireStrays(scene: Scene, at: Instant): void {
  const { standing, book } = scene;
  const changed = noteWhatIsAsked(scene);
  const watches = [...standing.watches.all()];
  for (const [key, stray] of watches) {
    const rule = book.pairs.get(key)?.rule;
    if ((rule && !changed.has(rule.id)) || stray.phase === 'quiet') continue;
    for (const [theirs, watch] of watches)
      if (isExplainedBy(scene, watch, { key, alarm: stray.alarm })) rest(scene, theirs, at);
    const alarm = stray.phase === 'raised' ? alarmOf(scene, stray) : undefined;
    const endedBy: EndedBy = rule ? 'rule-changed' : 'rule-gone';
    if (alarm) standing.alarms.put(alarm.id, { ...alarm, endedBy });
    rest(scene, key, at);
  }
  // What was taken out waits to be put back; with its rule gone there is nothing to put it back to.
  for (const [id, alarm] of standing.alarms.all()) {
    const isStray = alarm.rule !== FLOOD && !book.pairs.has(keyOf(alarm.rule, alarm.asset));
    if (isStray && alarm.state === 'out-of-service') standing.alarms.put(id, excused(alarm, at));
  }
}

/** The rules that ask otherwise than when they were last looked at. */
function noteWhatIsAsked({ standing, book }: Scene): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const rule of new Set([...book.pairs.values()].map((pair) => pair.rule))) {
    const before = standing.asked.get(rule.id);
    const asked = askedBy(rule);
    if (before === asked) continue;
    if (before !== undefined) changed.add(rule.id);
    standing.asked.put(rule.id, asked);
  }
  return changed;
}

/** A hold ends at its own instant; what only time can trip, when its rule says. */
function nextLook(scene: Scene, pair: Pair): Instant | undefined {
  const watch = watchOf(scene, pair.key);
  if (watch.phase === 'holding' && watch.since !== undefined)
    return later(watch.since, pair.rule.holdFor);
  const verdict = scene.rules.judge(pair, scene.standing.gateway().lastAt);
  const again = 'lookAgainAt' in verdict ? verdict.lookAgainAt : undefined;
  const overAt = watch.phase === 'raised' ? clearAt(watch, pair.rule) : undefined;
  return overAt === undefined ? again : instant(Math.min(overAt, again ?? overAt));
}
