// What people and time make of alarms between their being raised and their being over: acknowledged,
// shelved, taken out, kept quiet while somebody is at work. Whether it may be is the table's to say
// (alarm-states.ts); here it is waited for, and what must be told again is told.
import { isActive, type Alarm } from '../domain/alarm.ts';
import { isUnderWay } from '../domain/maintenance.ts';
import type { CommandEntry } from '../domain/record.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { instant, type Instant } from '../domain/time.ts';
import {
  acknowledged,
  putBack,
  reAlarmed,
  shelfEnded,
  shelved,
  suppressed,
  takenOut,
  unsuppressed,
} from './alarm-book.ts';
import { MAINTENANCE, workOnSubject } from './maintenance.ts';
import { inhibit, pardon, releaseChildren } from './one-cause.ts';
import { keyOf, type Pair } from './rule-book.ts';
import { alarmOf, say, watchOf, type Scene } from './watch-scene.ts';
import { quieted } from './watch.ts';

const SHELF = 'shelf ';
const RE_ALARM = 're-alarm ';
const WORK = `${MAINTENANCE} `;
const KEYS_KEPT = 8;

export function obeyOnAlarm(scene: Scene, command: CommandEntry): void {
  const alarm = scene.standing.alarms.get(command.id ?? '');
  const next = alarm && afterCommand(scene, alarm, command);
  if (!next) return;
  const { key, receivedAt } = command;
  const keys = key === undefined ? alarm.keys : [...(alarm.keys ?? []), key].slice(-KEYS_KEPT);
  settle(scene, {
    before: alarm,
    after: keys === undefined ? next : { ...next, keys },
    at: receivedAt,
  });
}

function afterCommand(scene: Scene, alarm: Alarm, command: CommandEntry): Alarm | undefined {
  const { action, by, body, receivedAt: at } = command;
  const reason = String(body['reason']);
  const until = body['until'] === undefined ? {} : { until: instant(Number(body['until'])) };
  switch (action) {
    case 'acknowledge':
      return acknowledged(alarm, { by, at, reAlarmAfter: ruleOf(scene, alarm)?.reAlarmAfter });
    case 'shelve':
      // What is over has nothing to be silent about, unless it is on its shelf already.
      return isActive(alarm) || alarm.state === 'shelved'
        ? shelved(alarm, { reason, at, ...until })
        : undefined;
    case 'unshelve':
      return shelfEnded('unshelve', alarm);
    case 'take-out':
      return takenOut(alarm, { by, at, reason });
    case 'put-back':
      return putBack(alarm);
    default:
      return undefined;
  }
}

const ruleOf = ({ book }: Scene, { rule, asset }: Alarm): RuleSettings | undefined =>
  book.pairs.get(keyOf(rule, asset))?.rule;

interface Change {
  readonly before: Alarm;
  readonly after: Alarm;
  readonly at: Instant;
}

/** Puts what became of an alarm, waits for what it waits for, and says what must be heard of it. */
function settle(scene: Scene, change: Change): void {
  const { before, after, at } = change;
  const rule = ruleOf(scene, after);
  if (isActive(before) && !isActive(after)) say(scene, { kind: 'cleared', alarm: after });
  else if (rule && asksAgain(change))
    say(scene, { kind: 're-alarm', alarm: { ...after, askedAt: at }, rule });
  else scene.standing.alarms.put(after.id, after);
  arm(scene, after);
}

const asksAgain = ({ before, after }: Change): boolean =>
  after.state === 'active-unacknowledged' && before.state !== 'active-unacknowledged';

function arm({ standing }: Scene, alarm: Alarm): void {
  standing.agenda.set(SHELF + alarm.id, alarm.shelvedUntil);
  const isWaiting = alarm.state === 'active-acknowledged';
  standing.agenda.set(RE_ALARM + alarm.id, isWaiting ? alarm.reAlarmAt : undefined);
}

export function armAlarms(scene: Scene): void {
  const { standing } = scene;
  for (const [, alarm] of standing.alarms.all()) arm(scene, alarm);
  for (const [asset, work] of standing.maintenance.all())
    standing.agenda.set(WORK + asset, isUnderWay(work) ? work.until : undefined);
}

/** Whether this key of the agenda was an alarm's or a work's, which then has been seen to. */
export function keepDue(scene: Scene, key: string, at: Instant): boolean {
  if (key.startsWith(WORK)) endWork(scene, key.slice(WORK.length), at);
  else if (key.startsWith(SHELF))
    happen(scene, {
      id: key.slice(SHELF.length),
      at,
      what: (alarm) => shelfEnded('shelf-over', alarm),
    });
  else if (key.startsWith(RE_ALARM))
    happen(scene, { id: key.slice(RE_ALARM.length), at, what: reAlarmed });
  else return false;
  return true;
}

interface Due {
  readonly id: string;
  readonly at: Instant;
  readonly what: (alarm: Alarm) => Alarm | undefined;
}

function happen(scene: Scene, { id, at, what }: Due): void {
  const before = scene.standing.alarms.get(id);
  const after = before && what(before);
  if (after) settle(scene, { before, after, at });
}

export function obeyOnAsset(scene: Scene, command: CommandEntry): void {
  const { id = '', action, by, body, receivedAt: since } = command;
  if (action === 'maintain') {
    const until = body['until'] === undefined ? {} : { until: instant(Number(body['until'])) };
    const work = { asset: id, reason: String(body['reason']), by, since, ...until };
    scene.standing.maintenance.put(id, work);
    scene.standing.agenda.set(WORK + id, work.until);
    review(scene, since);
  } else if (action === 'release') endWork(scene, id, since);
}

function endWork(scene: Scene, asset: string, due: Instant): void {
  const { standing } = scene;
  const work = standing.maintenance.get(asset);
  if (!work || !isUnderWay(work)) return;
  const { startedAt, wokeAt = startedAt } = standing.gateway();
  // While the gateway was off nothing was seen, so nothing may be held against anybody.
  const at = instant(Math.max(due, startedAt, wokeAt));
  standing.maintenance.put(asset, { ...work, endedAt: at });
  standing.agenda.set(WORK + asset, undefined);
  review(scene, at);
}

/** Lets every pair be as the work under way wants it. */
export function review(scene: Scene, at: Instant): void {
  for (const pair of scene.book.pairs.values()) {
    const reason = workOnSubject(scene.standing, scene.compound, pair);
    if (reason === undefined) speakAgain(scene, pair, at);
    else fallSilent(scene, pair, { reason, at });
  }
}

interface Work {
  readonly reason: string;
  readonly at: Instant;
}

function fallSilent(scene: Scene, pair: Pair, work: Work): void {
  const watch = watchOf(scene, pair.key);
  if (watch.phase === 'holding') inhibit(scene, pair, { watch, by: MAINTENANCE });
  const alarm = alarmOf(scene, watch);
  if (!alarm || alarm.suppressedReason !== undefined) return;
  const after = suppressed(alarm, work.reason);
  if (after) settle(scene, { before: alarm, after, at: work.at });
}

/** What stood before stands again; what began meanwhile has its full hold from now. */
function speakAgain(scene: Scene, pair: Pair, at: Instant): void {
  const watch = watchOf(scene, pair.key);
  const alarm = alarmOf(scene, watch);
  const back = alarm?.suppressedReason === undefined ? undefined : unsuppressed(alarm);
  if (alarm && back) settle(scene, { before: alarm, after: back, at });
  if (watch.phase !== 'inhibited' || watch.explainedBy !== MAINTENANCE) return;
  scene.standing.watches.put(pair.key, { ...quieted(watch), freshFrom: at });
  pardon(scene, pair, at);
  releaseChildren(scene, pair, { watch, at });
  scene.look(pair, at);
}
