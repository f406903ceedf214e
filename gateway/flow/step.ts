// The fold: one past, one record, one future. Everything that the gateway knows comes through here.
//
//   record ─▶ what fell due before it ─▶ put ─▶ project ─▶ rules ─▶ tickets
//
// Pure but for the Standing that it is given: no clock, no timer, no I/O, so that replaying the same
// log gives the same alarms and tickets, and a month passes in a second.
import type { Alarm } from '../domain/alarm.ts';
import type { Compound, SourceId } from '../domain/asset.ts';
import type {
  CommandEntry,
  DerivedEntry,
  LinkEntry,
  LogRecord,
  ReadingEntry,
  Recorded,
} from '../domain/record.ts';
import type { Reading } from '../domain/reading.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { lagAfter, tellsHistory } from '../domain/lag.ts';
import { STALE_AFTER, type Latest, type Standing } from '../domain/standing.ts';
import { between, instant, minutes, type Instant } from '../domain/time.ts';
import { project } from '../project/index.ts';
import { createWeighing, type Weighing } from '../project/weighing.ts';
import { acknowledged, shelved, unshelved } from '../rules/alarm-book.ts';
import { createWatching, type Watching } from '../rules/watching.ts';
import { createTicketing, type Ticketing } from './ticketing.ts';

export interface Step {
  /** Folds one record in and returns what was derived from it. */
  fold(record: LogRecord): DerivedEntry[];
}

export interface StepSite {
  readonly compound: Compound;
  readonly sources: readonly SourceId[];
  readonly rules: readonly RuleSettings[];
}

/** What the functions below share. */
interface Scene {
  readonly site: StepSite;
  readonly standing: Standing;
  readonly watching: Watching;
  readonly weighing: Weighing;
  readonly ticketing: Ticketing;
}

const SHELF = 'shelf ';

/** Goes on from a saved standing as if there had been no break: what it waited for, it waits for. */
export function createStep(site: StepSite, standing: Standing): Step {
  const scene: Scene = {
    site,
    standing,
    watching: createWatching(site, site.rules, standing),
    weighing: createWeighing(site.compound, standing),
    ticketing: createTicketing(site.compound, standing),
  };
  scene.watching.arm();
  armShelves(standing);
  return { fold: (record) => fold(scene, record) };
}

function fold(scene: Scene, record: LogRecord): DerivedEntry[] {
  if (record.kind === 'derived') return [];
  const at = record.receivedAt;
  const isStart = record.kind === 'gateway' && record.event === 'started';
  // While the gateway was off nothing was seen, so nothing may fall due for those hours.
  if (!isStart) passTime(scene, at);
  let derived: DerivedEntry[] = [];
  if (record.kind === 'reading') derived = hear(scene, record);
  else if (record.kind === 'link') changeLink(scene, record);
  else if (record.kind === 'command') obey(scene, record);
  else if (isStart) start(scene, at);
  scene.ticketing.follow(scene.watching.takeEvents(), at);
  scene.standing.putGateway({ lastAt: at });
  return derived;
}

/** Lets everything happen that fell due up to `now`, each at its own instant. */
function passTime({ standing, watching, ticketing }: Scene, now: Instant): void {
  for (let due = standing.agenda.take(now); due; due = standing.agenda.take(now)) {
    if (due.key.startsWith(SHELF)) endShelf(standing, due.key.slice(SHELF.length));
    else watching.due(due.key, due.at);
    ticketing.follow(watching.takeEvents(), due.at);
  }
}

function armShelves(standing: Standing): void {
  for (const [id, alarm] of standing.alarms.all())
    standing.agenda.set(SHELF + id, alarm.shelvedUntil);
}

function endShelf(standing: Standing, id: string): void {
  const alarm = standing.alarms.get(id);
  const back = alarm && unshelved(alarm);
  if (back) standing.alarms.put(id, back);
}

function hear(scene: Scene, record: Recorded<ReadingEntry>): DerivedEntry[] {
  const { standing, watching } = scene;
  const at = record.receivedAt;
  const { laggingSince, ...device } = standing.devices.get(record.device) ?? {};
  const lag = lagAfter(laggingSince === undefined ? device : { ...device, laggingSince }, record);
  // Whoever speaks is there, whatever its last will said in between.
  standing.devices.put(record.device, { ...device, heardAt: at, link: 'up', ...lag });
  watching.heardDevice(record.device, at);
  const derived = derive(scene, record);
  // The ledger is a book of days: history belongs in it as much as news does.
  for (const { quantity, value } of [record, ...derived]) {
    scene.weighing.hear({ ...record, quantity, value });
  }
  // History is kept in the books alone: how things stand now, it does not know.
  if (tellsHistory(lag)) return derived;
  for (const { quantity, value } of [record, ...derived]) {
    putLatest(scene, { ...record, quantity, value });
    if (!record.doubt) watching.heardReading(record.asset, quantity, at);
  }
  return derived;
}

function derive({ site }: Scene, record: Recorded<ReadingEntry>): DerivedEntry[] {
  const asset = site.compound.assets.get(record.asset);
  if (!asset) return [];
  const { observedAt, receivedAt } = record;
  const origin = record.sequence - record.part;
  return project(asset, record).map((derived) => ({
    kind: 'derived',
    asset: record.asset,
    ...derived,
    observedAt,
    receivedAt,
    origin,
  }));
}

/** A doubted value is shown only where nothing believed has been heard yet. */
function putLatest(scene: Scene, reading: Reading): void {
  const { asset, quantity, value, observedAt, receivedAt, doubt } = reading;
  const latest = scene.standing.assets.get(asset)?.latest ?? {};
  const before = latest[quantity];
  if (doubt && before && !before.doubt) return;
  const changedAt = before && isRepeated(scene, before, reading) ? before.changedAt : receivedAt;
  const next = { value, observedAt, receivedAt, changedAt, ...(doubt && { doubt }) };
  scene.standing.assets.put(asset, { latest: { ...latest, [quantity]: next } });
}

/** The same again, and without a silence in which it could have moved there and back. */
function isRepeated({ site }: Scene, before: Latest, reading: Reading): boolean {
  const every = site.compound.devices.get(reading.device)?.every ?? minutes(1);
  return (
    before.value === reading.value &&
    between(before.receivedAt, reading.receivedAt) <= STALE_AFTER * every
  );
}

function obey({ standing, ticketing }: Scene, record: Recorded<CommandEntry>): void {
  if (record.on === 'ticket') {
    if (record.id === undefined) ticketing.open(record);
    else ticketing.step(record);
    return;
  }
  const alarm = standing.alarms.get(record.id ?? '');
  const next = alarm && afterCommand(alarm, record);
  if (!next) return;
  standing.alarms.put(next.id, next);
  standing.agenda.set(SHELF + next.id, next.shelvedUntil);
}

function afterCommand(alarm: Alarm, { action, by, body }: CommandEntry): Alarm | undefined {
  switch (action) {
    case 'acknowledge':
      return acknowledged(alarm, by);
    case 'shelve':
      return shelved(alarm, String(body['reason']), instant(Number(body['until'])));
    case 'unshelve':
      return unshelved(alarm);
    default:
      return undefined;
  }
}

function changeLink({ standing, watching }: Scene, record: Recorded<LinkEntry>): void {
  const { state, receivedAt: at } = record;
  if (record.of === 'device') {
    standing.devices.put(record.id, {
      ...standing.devices.get(record.id),
      link: state,
      linkAt: at,
    });
    return;
  }
  const why = record.why === undefined ? {} : { why: record.why };
  standing.sources.put(record.id, { state, since: at, ...why });
  watching.heardSource(record.id, at);
}

function start({ standing, watching }: Scene, at: Instant): void {
  standing.putGateway({ startedAt: at });
  watching.lookAtAll(at);
}
