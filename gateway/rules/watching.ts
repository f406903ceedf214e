// Where verdicts become alarms. Hears what the fold has put, judges whoever that touches, waits
// through the agenda, and says what was raised, cleared or absorbed. One cause speaks once: what a
// bigger condition explains is inhibited, and what rose just before it is absorbed into it.
import type { Alarm } from '../domain/alarm.ts';
import type { AssetId, Compound, DeviceId, SourceId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { Standing, Watch } from '../domain/standing.ts';
import { between, earlier, later, minutes, type Instant } from '../domain/time.ts';
import { cleared, newAlarm, superseded } from './alarm-book.ts';
import { createRuleJudge, type Judge } from './judge.ts';
import { createRuleBook, isMostOf, type Pair, type RuleBook } from './rule-book.ts';
import { explains, quieted, turn } from './watch.ts';

export type AlarmEvent =
  | { readonly kind: 'raised'; readonly alarm: Alarm; readonly rule: RuleSettings }
  | { readonly kind: 'cleared' | 'absorbed'; readonly alarm: Alarm };

export interface Watching {
  heardReading(asset: AssetId, quantity: Quantity, at: Instant): void;
  heardDevice(device: DeviceId, at: Instant): void;
  heardSource(source: SourceId, at: Instant): void;
  /** Judges everything anew: at a start, whose outage must not count towards any hold. */
  lookAtAll(at: Instant): void;
  /** Waits again for what a saved standing was waiting for. */
  arm(): void;
  /** Runs what the agenda says is due under this key. */
  due(key: string, at: Instant): void;
  /** What happened since the last call, in order. */
  takeEvents(): AlarmEvent[];
}

/** A lamp's alarm this young when its circuit's rises was the circuit's all along. */
const ABSORB_WITHIN = minutes(30);

/** What the functions below share: the site's pairs, how they are judged, and where things stand. */
interface Scene {
  readonly standing: Standing;
  readonly book: RuleBook;
  readonly rules: Judge;
  events: AlarmEvent[];
}

export function createWatching(
  site: { readonly compound: Compound; readonly sources: readonly SourceId[] },
  rules: readonly RuleSettings[],
  standing: Standing,
): Watching {
  const book = createRuleBook(site, rules);
  const scene: Scene = {
    standing,
    book,
    rules: createRuleJudge(site.compound, book, standing),
    events: [],
  };
  return {
    heardReading(asset, quantity, at) {
      for (const pair of book.touchedByReading(asset, quantity)) look(scene, pair, at);
    },
    heardDevice(device, at) {
      for (const pair of book.touchedByDevice(device)) {
        if (watchOf(scene, pair.key).phase !== 'quiet' || !isArmed(scene, pair, at))
          look(scene, pair, at);
      }
    },
    heardSource(source, at) {
      for (const pair of book.touchedBySource(source)) look(scene, pair, at);
    },
    lookAtAll(at) {
      retireStrays(scene, at);
      for (const pair of book.pairs.values()) bridgeOutage(scene, pair, at);
      for (const pair of book.pairs.values()) look(scene, pair, at);
    },
    arm() {
      for (const pair of book.pairs.values()) standing.agenda.set(pair.key, nextLook(scene, pair));
    },
    due(key, at) {
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

/**
 * A quiet, armed watch looks at the device's last word when its time comes, not at each word. Armed
 * beyond a whole silence from now it was by a clock that has since been set back.
 */
function isArmed({ standing }: Scene, { key, rule }: Pair, at: Instant): boolean {
  const due = standing.agenda.at(key);
  return due !== undefined && rule.kind === 'silence' && due <= later(at, rule.silentFor);
}

const watchOf = ({ standing }: Scene, key: string): Watch =>
  standing.watches.get(key) ?? { phase: 'quiet' };

function alarmOf({ standing }: Scene, watch: Watch): Alarm | undefined {
  return watch.alarm === undefined ? undefined : standing.alarms.get(watch.alarm);
}

function say(scene: Scene, event: AlarmEvent): void {
  scene.standing.alarms.put(event.alarm.id, event.alarm);
  scene.events.push(event);
}

/** Judges one pair at one moment and lets everything follow that follows from it. */
function look(scene: Scene, pair: Pair, at: Instant): void {
  const before = watchOf(scene, pair.key);
  const next = turn(before, scene.rules.judge(pair, at), { rule: pair.rule, now: at });
  scene.standing.agenda.set(pair.key, next.lookAgainAt);
  const after =
    next.event === 'hold-over'
      ? raiseOrInhibit(scene, pair, { watch: next.watch, at })
      : next.watch;
  if (after !== before) scene.standing.watches.put(pair.key, after);
  if (next.event === 'cleared') clear(scene, { watch: before, at });
  if (after.phase !== before.phase) tellFamily(scene, pair, { watch: after, at });
  if (after.phase === 'raised') noteWhatIsInside(scene, pair, after);
}

interface Moment {
  readonly watch: Watch;
  readonly at: Instant;
}

function tellFamily(scene: Scene, pair: Pair, moment: Moment): void {
  for (const parent of scene.book.parents(pair.key))
    if (isMostOf(parent)) look(scene, parent, moment.at);
  if (moment.watch.phase === 'raised') absorbChildren(scene, pair, moment);
  if (moment.watch.phase === 'quiet') releaseChildren(scene, pair, moment);
}

function raiseOrInhibit(scene: Scene, pair: Pair, { watch, at }: Moment): Watch {
  const { standing, book } = scene;
  const bigger = book.parents(pair.key).find((parent) => explains(watchOf(scene, parent.key)));
  if (bigger) return { ...watch, phase: 'inhibited', explainedBy: bigger.key };
  const last = alarmOf(scene, watch);
  if (last) standing.alarms.put(last.id, superseded(last));
  const number = standing.gateway().alarmsRaised + 1;
  standing.putGateway({ alarmsRaised: number });
  const alarm = newAlarm({ number, pair, watch, at });
  say(scene, { kind: 'raised', alarm, rule: pair.rule });
  return { ...watch, phase: 'raised', alarm: alarm.id };
}

function clear(scene: Scene, { watch, at }: Moment): void {
  const alarm = alarmOf(scene, watch);
  if (alarm) say(scene, { kind: 'cleared', alarm: cleared(alarm, at) });
}

function absorbChildren(scene: Scene, pair: Pair, { watch, at }: Moment): void {
  const since = earlier(watch.since ?? at, ABSORB_WITHIN);
  for (const child of scene.book.children(pair.key)) {
    const theirs = watchOf(scene, child.key);
    if (theirs.phase === 'holding') inhibit(scene, child, { watch: theirs, by: pair.key });
    const alarm = alarmOf(scene, theirs);
    if (theirs.phase !== 'raised' || !alarm || alarm.raisedAt < since || watch.alarm === undefined)
      continue;
    say(scene, { kind: 'absorbed', alarm: { ...alarm, explainedBy: watch.alarm } });
  }
}

function inhibit(scene: Scene, pair: Pair, { watch, by }: { watch: Watch; by: string }): void {
  scene.standing.watches.put(pair.key, { ...watch, phase: 'inhibited', explainedBy: by });
  scene.standing.agenda.set(pair.key, undefined);
}

/** What was explained has its full time again before it may speak for itself. */
function releaseChildren(scene: Scene, pair: Pair, { watch, at }: Moment): void {
  const { standing, book } = scene;
  for (const child of book.children(pair.key)) {
    if (!isExplainedBy(scene, watchOf(scene, child.key), { key: pair.key, alarm: watch.alarm }))
      continue;
    rest(scene, child.key, at);
    if (child.rule.kind === 'silence') {
      const device = standing.devices.get(child.subject);
      standing.devices.put(child.subject, { ...device, pardonedAt: at });
    }
    look(scene, child, at);
  }
}

function isExplainedBy(
  scene: Scene,
  watch: Watch,
  bigger: { readonly key: string; readonly alarm: string | undefined },
): boolean {
  if (watch.phase === 'inhibited') return watch.explainedBy === bigger.key;
  const by = watch.phase === 'raised' ? alarmOf(scene, watch)?.explainedBy : undefined;
  return by !== undefined && by === bigger.alarm;
}

/** Ends what a watch says without a word of its being mended: nobody has seen that. */
function rest(scene: Scene, key: string, at: Instant): void {
  const watch = watchOf(scene, key);
  const alarm = watch.phase === 'raised' ? alarmOf(scene, watch) : undefined;
  if (alarm) scene.standing.alarms.put(alarm.id, cleared(alarm, at));
  scene.standing.watches.put(key, quieted(watch));
}

function noteWhatIsInside(scene: Scene, pair: Pair, watch: Watch): void {
  const alarm = alarmOf(scene, watch);
  if (!alarm || !isMostOf(pair)) return;
  const more = scene.rules
    .gone(pair)
    .map((lamp) => lamp.lamp)
    .filter((lamp) => !alarm.inside.includes(lamp));
  if (more.length > 0)
    scene.standing.alarms.put(alarm.id, { ...alarm, inside: [...alarm.inside, ...more] });
}

/** A hold goes on where it stood: the hours in which the gateway was off do not count towards it. */
function bridgeOutage({ standing }: Scene, pair: Pair, at: Instant): void {
  const watch = standing.watches.get(pair.key);
  if (watch?.phase !== 'holding' || watch.since === undefined) return;
  const outage = between(standing.gateway().lastAt, at);
  standing.watches.put(pair.key, { ...watch, since: later(watch.since, outage) });
}

/** What the site file no longer names is over, and what it explained may speak for itself. */
function retireStrays(scene: Scene, at: Instant): void {
  const { standing, book } = scene;
  const watches = [...standing.watches.all()];
  for (const [key, stray] of watches) {
    if (book.pairs.has(key) || stray.phase === 'quiet') continue;
    for (const [theirs, watch] of watches)
      if (isExplainedBy(scene, watch, { key, alarm: stray.alarm })) rest(scene, theirs, at);
    rest(scene, key, at);
  }
}

/** A hold ends at its own instant; what only time can trip, when its rule says. */
function nextLook(scene: Scene, pair: Pair): Instant | undefined {
  const watch = watchOf(scene, pair.key);
  if (watch.phase === 'holding' && watch.since !== undefined)
    return later(watch.since, pair.rule.holdFor);
  const verdict = scene.rules.judge(pair, scene.standing.gateway().lastAt);
  return 'lookAgainAt' in verdict ? verdict.lookAgainAt : undefined;
}
