// The fold: one past, one record, one future. Everything that the gateway knows comes through here.
//
//   record ─▶ what fell due before it ─▶ put ─▶ project ─▶ rules ─▶ tickets
//
// Pure but for the Standing that it is given: no clock, no timer, no I/O, so that replaying the same
// log gives the same alarms and tickets, and a month passes in a second.
import type { Compound, SourceId } from '../domain/asset.ts';
import type {
  ClockEntry,
  DerivedEntry,
  GatewayEntry,
  LinkEntry,
  LogRecord,
  ReadingEntry,
  Recorded,
} from '../domain/record.ts';
import type { AuditEntry } from '../domain/audit.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Channel, Notice } from '../domain/notice.ts';
import type { NoticeSettings } from '../domain/reader.ts';
import type { Reading } from '../domain/reading.ts';
import type { Patrol } from '../domain/patrol.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { asItStands } from '../domain/container.ts';
import { lagAfter, tellsHistory, type Lag } from '../domain/lag.ts';
import { hearLatest } from '../domain/latest.ts';
import type { DeviceStanding, Standing } from '../domain/standing.ts';
import { moved, type Instant } from '../domain/time.ts';
import type { WorkSettings } from '../domain/work.ts';
import { project } from '../project/index.ts';
import { createFilling, type Filling } from '../project/filling.ts';
import { createLossLedger, type LossLedger } from '../project/loss-ledger.ts';
import { createWeighing, type Weighing } from '../project/weighing.ts';
import { createWatching, type Watching } from '../rules/watching.ts';
import { createAuditing } from './evidence/auditing.ts';
import { beginRun, noteRestamped, setClock } from './clock/clock-fold.ts';
import { createWitness } from './evidence/evidence-scene.ts';
import { letFallDue } from './fall-due.ts';
import { createNoticing } from './outbox/noticing.ts';
import { obey } from './obey.ts';
import { createTelling, type Telling } from './letters/telling.ts';
import { createPosting, type Posting } from './residents/post-fold.ts';
import { createReporting, type Reporting } from './residents/report-fold.ts';
import { createRounds, type Rounds } from './patrols/round-fold.ts';
import { createSeriesBook, type Series, type SeriesBook, type Speaker } from './series.ts';
import { createTicketing, type Ticketing } from './tickets/ticketing.ts';

export interface Step {
  /** Folds one record in and returns what was derived from it. */
  fold(record: LogRecord): DerivedEntry[];
  /** What is to be told outside of all that was folded since the last call. */
  takeNotices(): Notice[];
  /** What goes into the audit chain, likewise. */
  takeAudit(): AuditEntry[];
  /** What was frozen of alarms as they tripped, likewise. */
  takeEvidence(): Evidence[];
}

export interface StepSite {
  readonly compound: Compound;
  readonly sources: readonly SourceId[];
  readonly rules: readonly RuleSettings[];
  /** How work is done here; the defaults where absent. */
  readonly work?: WorkSettings;
  /** The routes that people walk. */
  readonly patrols?: ReadonlyMap<string, Patrol>;
  /** Who is told outside of alarms. */
  readonly channels?: readonly Channel[];
  /** Who hears of work, and when. */
  readonly notices?: NoticeSettings;
}

/** What the functions below share. */
interface Scene {
  readonly site: StepSite;
  readonly standing: Standing;
  readonly watching: Watching;
  readonly weighing: Weighing;
  readonly filling: Filling;
  readonly losses: LossLedger;
  readonly ticketing: Ticketing;
  readonly reporting: Reporting;
  readonly posting: Posting;
  readonly rounds: Rounds;
  readonly telling: Telling;
  readonly series: SeriesBook;
}

/** Goes on from a saved standing as if there had been no break: what it waited for, it waits for. */
export function createStep(site: StepSite, given: Standing): Step {
  const noticing = createNoticing(site, given);
  const telling = createTelling(site, noticing.standing);
  const witness = createWitness(site, telling.standing);
  const auditing = createAuditing(witness.standing);
  const reporting = createReporting(site, auditing.standing);
  const { standing } = reporting;
  const ticketing = createTicketing(site, standing);
  const watching = createWatching(site, site.rules, standing);
  const scene: Scene = {
    site,
    standing,
    watching,
    weighing: createWeighing(site.compound, standing),
    filling: createFilling(site, standing),
    losses: createLossLedger(site.compound, standing),
    posting: createPosting(site.compound, standing),
    ticketing,
    reporting,
    rounds: createRounds(site, standing, ticketing),
    telling,
    series: createSeriesBook(site.compound, watching),
  };
  watching.arm();
  scene.ticketing.arm();
  scene.rounds.arm();
  scene.reporting.arm();
  scene.posting.arm();
  telling.arm();
  return {
    fold(record) {
      auditing.begin(record);
      const derived = fold(scene, record);
      auditing.end();
      return derived;
    },
    takeNotices: () => [...noticing.take(), ...telling.take()],
    takeAudit: auditing.take,
    takeEvidence: witness.take,
  };
}

function fold(scene: Scene, record: LogRecord): DerivedEntry[] {
  if (record.kind === 'derived') return NOTHING;
  if (record.kind === 'reading' && record.doubt === 'restamped') return rewrite(scene, record);
  if (record.kind === 'clock') return turnClock(scene, record);
  const at = record.receivedAt;
  const isStart = record.kind === 'gateway' && record.event === 'started';
  // While the gateway was off nothing was seen, so nothing may fall due for those hours.
  if (!isStart) passTime(scene, blindBefore(record));
  scene.losses.fold(record);
  let derived = NOTHING;
  if (record.kind === 'reading') derived = hear(scene, record);
  else if (record.kind === 'link') changeLink(scene, record);
  else if (record.kind === 'command') obey(scene, record);
  else if (record.kind === 'gateway') startOrWake(scene, record);
  const events = scene.watching.takeEvents();
  if (events.length > 0) scene.ticketing.follow(events, at);
  scene.telling.follow(at);
  scene.telling.write(at);
  // The numbers of a message, and often more than one message, have the same moment.
  if (scene.standing.gateway().lastAt !== at) scene.standing.putGateway({ lastAt: at });
  return derived;
}

/** Lets everything happen that fell due up to `now`, each at its own instant. */
function passTime(scene: Scene, now: Instant): void {
  const { standing, watching, ticketing, losses, rounds, posting, reporting } = scene;
  letFallDue(standing.agenda, now, (key, at) => {
    if (scene.telling.due(key)) return;
    const isSeen =
      losses.due(key, at) ||
      ticketing.due(key, at) ||
      reporting.due(key, at) ||
      rounds.due(key, at) ||
      posting.due(key, at);
    if (!isSeen) watching.due(key, at);
    ticketing.follow(watching.takeEvents(), at);
    scene.telling.follow(at);
  });
}

function hear(scene: Scene, heard: Recorded<ReadingEntry>): DerivedEntry[] {
  const { watching, ticketing } = scene;
  const isUndated = heard.doubt === 'unsynchronised';
  const record = isUndated ? believed(heard) : heard;
  const series = scene.series.of(record);
  const { speaker, isBooked } = series;
  const at = record.receivedAt;
  const lag = noteSpeaker(scene.standing, speaker, heard);
  if (speaker.touched.length > 0) watching.heardDevice(speaker.touched, at);
  const derived = isBooked ? derive(scene, record) : NOTHING;
  // The ledger is a book of days: history belongs in it as much as news does. What has no moment yet
  // has no day either.
  if (isBooked && !isUndated) hearBooks(scene, record, derived);
  // History is kept in the books alone: how things stand now, it does not know.
  if (tellsHistory(lag)) return derived;
  hearNews(scene, series, record);
  for (const one of derived) {
    const reading = asRead(record, one);
    hearNews(scene, scene.series.of(reading), reading);
  }
  ticketing.heard(record.asset, at);
  // What follows from it is written when it is written again.
  return isUndated ? NOTHING : derived;
}

/** A reading, and what was derived from it. */
function hearBooks(
  { weighing, filling }: Scene,
  record: Reading,
  derived: readonly DerivedEntry[],
): void {
  weighing.hear(record);
  filling.hear(record);
  for (const one of derived) {
    const reading = asRead(record, one);
    weighing.hear(reading);
    filling.hear(reading);
  }
}

function hearNews({ standing, watching }: Scene, series: Series, reading: Reading): void {
  hearLatest(standing.assets, series, reading);
  if (reading.doubt || series.touched.length === 0) return;
  watching.heardReading(series.touched, reading.receivedAt);
}

const NEW_DEVICE: DeviceStanding = {};

/** Whoever speaks is there, whatever its last will said in between. Says how late it is. */
function noteSpeaker({ devices }: Standing, speaker: Speaker, heard: ReadingEntry): Lag {
  const slot = (speaker.slot ??= devices.slot(speaker.id));
  const before = slot?.value ?? NEW_DEVICE;
  const lag = heard.doubt === 'unsynchronised' ? usualLag(before) : lagAfter(before, heard);
  const at = heard.receivedAt;
  // All numbers of a message say the same of their device.
  const isSaid =
    before.heardAt === at &&
    before.link === 'up' &&
    before.lag === lag.lag &&
    before.laggingSince === lag.laggingSince;
  if (isSaid) return lag;
  // To leave a key out takes 60 ns longer than a copy, a message's whole fold 1 µs: only where it is there.
  const device = tellsHistory(before) ? withoutHistory(before) : before;
  const after = { ...device, heardAt: at, link: 'up' as const, ...lag };
  if (slot) devices.fill(slot, after);
  else devices.put(speaker.id, after);
  return lag;
}

function withoutHistory(before: DeviceStanding): DeviceStanding {
  const { laggingSince: _, ...device } = before;
  return device;
}

/** A wrong clock cannot say how late anybody is. */
const usualLag = ({ lag }: Lag): Lag => (lag === undefined ? {} : { lag });

const asRead = (record: Reading, { quantity, value }: DerivedEntry): Reading => ({
  ...record,
  quantity,
  value,
});

/** For most readings nothing follows. Never added to. */
const NOTHING: DerivedEntry[] = [];

function derive({ site, standing }: Scene, record: Recorded<ReadingEntry>): DerivedEntry[] {
  const named = site.compound.assets.get(record.asset);
  if (!named) return [];
  const asset = asItStands(named, standing.containers.get(record.asset));
  const { observedAt, receivedAt } = record;
  const origin = record.sequence - record.part;
  const derived = project(asset, record);
  if (derived.length === 0) return NOTHING;
  return derived.map((derived) => ({
    kind: 'derived',
    asset: record.asset,
    ...derived,
    observedAt,
    receivedAt,
    origin,
  }));
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
  const before = standing.sources.get(record.id);
  standing.sources.put(record.id, { state, since: at, ...why });
  watching.heardSource(record.id, at);
  // Our clock was set back in between: whoever waits for its devices waits from the new moment.
  if (before && at < before.since) watching.arm();
}

/** Nothing was heard while it stood still, so that time is as if the gateway had been off. */
function startOrWake({ standing, watching }: Scene, record: Recorded<GatewayEntry>): void {
  const at = record.receivedAt;
  if (record.event === 'stopped') return;
  if (record.event === 'started') beginRun(standing, record);
  else standing.putGateway({ wokeAt: at, lastAt: blindBefore(record) });
  watching.lookAtAll(at);
}

const blindBefore = (record: LogRecord): Instant =>
  moved(record.receivedAt, record.kind === 'gateway' ? -(record.blindMs ?? 0) : 0);

/** What fell due before the clock was put right did so by the clock of then. */
function turnClock(scene: Scene, record: Recorded<ClockEntry>): DerivedEntry[] {
  const { standing, watching } = scene;
  if (record.through !== undefined) {
    noteRestamped(standing, record.through);
    return NOTHING;
  }
  passTime(scene, moved(record.receivedAt, -record.stepMs));
  scene.losses.fold(record);
  setClock(standing, record);
  watching.arm();
  scene.ticketing.arm();
  scene.rounds.arm();
  scene.reporting.arm();
  scene.telling.arm();
  return NOTHING;
}

/** Its rules have judged it when it came; now that its moment is known, the books may have it. */
function rewrite(scene: Scene, record: Recorded<ReadingEntry>): DerivedEntry[] {
  const derived = derive(scene, believed(record));
  hearBooks(scene, { ...record, doubt: 'late' }, derived);
  return derived;
}

function believed(doubted: Recorded<ReadingEntry>): Recorded<ReadingEntry> {
  const { doubt: _, ...record } = doubted;
  return record;
}
