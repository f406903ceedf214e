// One cause speaks once: what a bigger condition explains is inhibited, what rose just before it is
// absorbed into it, and when the bigger one ends, what it explained has its full time again.
import { earlier, minutes, type Instant } from '../domain/time.ts';
import type { Watch } from '../domain/standing.ts';
import { cleared } from './alarm-book.ts';
import { isMostOf, type Pair } from './rule-book.ts';
import { alarmOf, say, watchOf, type Moment, type Scene } from './watch-scene.ts';
import { explains, quieted } from './watch.ts';

/** A lamp's alarm this young when its circuit's rises was the circuit's all along. */
const ABSORB_WITHIN = minutes(30);

/** The bigger condition that stands and explains this one, if there is one. */
export const biggerThan = (scene: Scene, pair: Pair): Pair | undefined =>
  scene.book.parents(pair.key).find((parent) => explains(watchOf(scene, parent.key)));

export function absorbChildren(scene: Scene, pair: Pair, { watch, at }: Moment): void {
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

export function inhibit(
  scene: Scene,
  pair: Pair,
  { watch, by }: { watch: Watch; by: string },
): void {
  scene.standing.watches.put(pair.key, { ...watch, phase: 'inhibited', explainedBy: by });
  scene.standing.agenda.set(pair.key, undefined);
}

/** What was explained has its full time again before it may speak for itself. */
export function releaseChildren(scene: Scene, pair: Pair, { watch, at }: Moment): void {
  for (const child of scene.book.children(pair.key)) {
    if (isExplainedBy(scene, watchOf(scene, child.key), { key: pair.key, alarm: watch.alarm }))
      release(scene, child, at);
  }
}

export function release(scene: Scene, pair: Pair, at: Instant): void {
  rest(scene, pair.key, at);
  pardon(scene, pair, at);
  scene.look(pair, at);
}

/** A silent device could not be heard until now, or nobody was to listen. */
export function pardon({ standing }: Scene, { rule, subject }: Pair, at: Instant): void {
  if (rule.kind !== 'silence') return;
  standing.devices.put(subject, { ...standing.devices.get(subject), pardonedAt: at });
}

export function isExplainedBy(
  scene: Scene,
  watch: Watch,
  bigger: { readonly key: string; readonly alarm: string | undefined },
): boolean {
  if (watch.phase === 'inhibited') return watch.explainedBy === bigger.key;
  const by = watch.phase === 'raised' ? alarmOf(scene, watch)?.explainedBy : undefined;
  return by !== undefined && by === bigger.alarm;
}

/** Ends what a watch says without a word of its being mended: nobody has seen that. */
export function rest(scene: Scene, key: string, at: Instant): void {
  const watch = watchOf(scene, key);
  const alarm = watch.phase === 'raised' ? alarmOf(scene, watch) : undefined;
  if (alarm) scene.standing.alarms.put(alarm.id, cleared(alarm, at));
  scene.standing.watches.put(key, quieted(watch));
}

export function noteWhatIsInside(scene: Scene, pair: Pair, watch: Watch): void {
  const alarm = alarmOf(scene, watch);
  if (!alarm || !isMostOf(pair)) return;
  const more = scene.rules
    .gone(pair)
    .map((lamp) => lamp.lamp)
    .filter((lamp) => !alarm.inside.includes(lamp));
  if (more.length > 0)
    scene.standing.alarms.put(alarm.id, { ...alarm, inside: [...alarm.inside, ...more] });
}
