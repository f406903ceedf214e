// How things stand, as the API shows it: domain values into JSON, with units, ages and UTC times.
import type {
  AlarmView,
  AssetView,
  MaintenanceView,
  ConditionView,
  DeviceView,
  LatestView,
  SourceView,
} from '../api/schemas.ts';
import { SEVERITIES, type Alarm } from '../domain/alarm.ts';
import type { Asset, Compound, Device, Lamp } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { STALE_AFTER, type Latest, type Standing } from '../domain/standing.ts';
import { between, type Duration, type Instant } from '../domain/time.ts';
import type { SourceHealth } from '../sources/source.ts';
import { fillingView, serviceView } from './weights/filling-view.ts';
import { deviceLosses, sourceLosses } from './losses/loss-views.ts';
import type { Counts } from './tally.ts';

const LATE_AFTER = 2;

export { ticketView } from './tickets/ticket-view.ts';

let last = { moment: Number.NaN, text: '' };
/** What a device says comes in one message: its values were mostly observed in one moment. */
export function iso(moment: Instant): string {
  if (moment !== last.moment) last = { moment, text: new Date(moment).toISOString() };
  return last.text;
}

export interface ViewScene {
  readonly compound: Compound;
  readonly rules: ReadonlyMap<string, RuleSettings>;
  readonly standing: Standing;
  readonly shouldBeOn: (lamp: Lamp, at: Instant) => boolean;
  readonly deviceOf: ReadonlyMap<string, Device>;
}

/** Circuits have no face of their own. */
export type Shown = Exclude<Asset, { kind: 'circuit' }>;
export const isShown = (asset: Asset): asset is Shown => asset.kind !== 'circuit';

export function assetView(
  scene: ViewScene,
  asset: Exclude<Asset, { kind: 'circuit' }>,
  now: Instant,
): AssetView {
  const device = scene.deviceOf.get(asset.id);
  const every = device?.every ?? (60_000 as Duration);
  const latest = Object.entries(scene.standing.assets.get(asset.id)?.latest ?? {}) as [
    Quantity,
    Latest,
  ][];
  const alarms = scene.standing.alarmsAbout(asset.id);
  return {
    id: asset.id,
    kind: asset.kind,
    name: asset.name,
    ...placeOf(asset),
    state: stateOf({
      latest,
      alarms,
      marks: fillMarks(scene.rules, asset),
      every,
      now,
      link: deviceLink(scene, device),
    }),
    expectedS: every / 1000,
    limits: limitsOf(scene.rules, asset),
    ...(asset.kind === 'lamp' && { shouldBeOn: scene.shouldBeOn(asset, now) }),
    alarms: alarms.map((alarm) => alarm.rule),
    latest: Object.fromEntries(
      latest.map(([quantity, value]) => [quantity, latestView(quantity, value, { every, now })]),
    ),
    ...(asset.kind === 'bin' && fillingView(scene, asset, now)),
    ...serviceView(scene.standing, asset.id),
  };
}

function placeOf(asset: Asset): Partial<AssetView> {
  switch (asset.kind) {
    case 'bin':
      return { station: asset.station, stream: asset.stream, position: asset.position };
    case 'scale':
      return { station: asset.station };
    case 'lamp':
      return { circuit: asset.circuit };
    case 'circuit':
    case 'meter':
      return {};
  }
}

interface Condition {
  readonly latest: readonly [Quantity, Latest][];
  readonly alarms: readonly Alarm[];
  readonly marks: FillMarks;
  readonly every: Duration;
  readonly now: Instant;
  readonly link: 'up' | 'down' | undefined;
}

/** The worst thing that holds: what cannot be known outweighs what was last known. */
function stateOf({ latest, alarms, marks, every, now, link }: Condition): AssetView['state'] {
  if (link === 'down') return 'offline';
  if (latest.length === 0) return 'unknown';
  const newest = Math.max(...latest.map(([, value]) => value.receivedAt)) as Instant;
  if (between(newest, now) > STALE_AFTER * every) return 'stale';
  if (alarms.some((alarm) => !marks.rules.has(alarm.rule))) return 'fault';
  const fill = latest.find(([quantity]) => quantity === 'fill')?.[1].value ?? 0;
  const isFullAlarm = alarms.some((alarm) => alarm.rule === marks.fullRule);
  if (fill > marks.full || isFullAlarm) return 'full';
  return fill > marks.near || alarms.length > 0 ? 'near-full' : 'normal';
}

type Limits = Record<string, number>;
type ByRules<T> = (rules: ViewScene['rules'], asset: Asset) => T;

/** The rules of a scene never change; an asset is shown some times a second. */
function remembered<T>(by: ByRules<T>): ByRules<T> {
  const known = new WeakMap<ViewScene['rules'], Map<string, T>>();
  return (rules, asset) => {
    const ofAssets = known.get(rules) ?? new Map<string, T>();
    known.set(rules, ofAssets);
    const what = ofAssets.get(asset.id) ?? by(rules, asset);
    ofAssets.set(asset.id, what);
    return what;
  };
}

const limitsOf = remembered(limitsBy);
const fillMarks = remembered(marksBy);

/** Where a rule trips, by quantity; of several the gravest. */
function limitsBy(rules: ViewScene['rules'], asset: Asset): Limits {
  const limits: Record<string, number> = {};
  for (const rule of [...rules.values()].toSorted(byGravity)) {
    if (rule.kind !== 'threshold' || rule.on !== asset.kind) continue;
    if (!rule.only || rule.only.includes(asset.id)) limits[rule.quantity] = rule.limit;
  }
  return limits;
}

const byGravity = (a: RuleSettings, b: RuleSettings): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

interface FillMarks {
  readonly near: number;
  readonly full: number;
  readonly fullRule?: string;
  /** The rules whose alarms say how full it is; any other says that something is wrong. */
  readonly rules: ReadonlySet<string>;
}

/** What counts as full here is what the site's own rules say: the gravest one, and any below it. */
function marksBy(rules: ViewScene['rules'], { id: asset }: Asset): FillMarks {
  const limits = [...rules.values()]
    .filter(
      (rule) => rule.kind === 'threshold' && rule.quantity === 'fill' && rule.side === 'above',
    )
    .filter((rule) => !rule.only || rule.only.includes(asset))
    .map((rule) => ({ id: rule.id, limit: 'limit' in rule ? rule.limit : 1 }))
    .sort((a, b) => b.limit - a.limit);
  const ids = new Set(limits.map((rule) => rule.id));
  const [full] = limits;
  if (!full) return { near: DEFAULT_NEAR, full: Infinity, rules: ids };
  const near = limits.find((rule) => rule.limit < full.limit)?.limit ?? DEFAULT_NEAR;
  return { near, full: full.limit, fullRule: full.id, rules: ids };
}

const DEFAULT_NEAR = 0.75;

function latestView(
  quantity: Quantity,
  latest: Latest,
  at: { every: Duration; now: Instant },
): LatestView {
  const age = between(latest.observedAt, at.now);
  const isStale = age > STALE_AFTER * at.every;
  return {
    value: latest.value,
    unit: QUANTITIES[quantity].unit,
    observedAt: iso(latest.observedAt),
    ageS: Math.round(age / 100) / 10,
    quality: isStale ? 'stale' : latest.doubt ? 'doubted' : 'good',
    ...(latest.doubt && { doubt: latest.doubt }),
  };
}

/** A device is cut off when its own last will says so, or when its whole line is lost. */
function deviceLink(
  { standing }: ViewScene,
  device: Device | undefined,
): 'up' | 'down' | undefined {
  if (!device) return undefined;
  if (standing.sources.get(device.source)?.state === 'down') return 'down';
  return standing.devices.get(device.id)?.link;
}

export function alarmView(scene: ViewScene, alarm: Alarm): AlarmView {
  const rule = scene.rules.get(alarm.rule);
  const { inside, raisedAt, keys: _keys, severities: _had, untold: _told, ...rest } = alarm;
  const { askedAt: _asked, acknowledgedAs: _as, ...facts } = rest;
  return {
    ...withMoments(facts),
    raisedAt: iso(raisedAt),
    inside: [...inside],
    ...(rule?.kind === 'threshold' && { limit: rule.limit }),
    ...(rule && { holdForS: rule.holdFor / 1000, condition: conditionOf(rule) }),
  };
}

const ALARM_MOMENTS = [
  'clearedAt',
  'acknowledgedAt',
  'reAlarmAt',
  'returnedAt',
  'shelvedAt',
  'shelvedUntil',
  'takenOutAt',
] as const;
type AlarmMoment = (typeof ALARM_MOMENTS)[number];

function withMoments<T extends Partial<Record<AlarmMoment, Instant>>>(
  facts: T,
): Omit<T, AlarmMoment> & Partial<Record<AlarmMoment, string>> {
  const said = ALARM_MOMENTS.flatMap((name) => {
    const moment = facts[name];
    return moment === undefined ? [] : [[name, iso(moment)] as const];
  });
  // Object.fromEntries forgets its keys; each is one of the names above.
  const moments = Object.fromEntries(said) as Partial<Record<AlarmMoment, string>>;
  return { ...(facts as Omit<T, AlarmMoment>), ...moments };
}

export function maintenanceView({ since, until, endedAt, ...work }: Maintenance): MaintenanceView {
  return {
    ...work,
    since: iso(since),
    ...(until !== undefined && { until: iso(until) }),
    ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
  };
}

function conditionOf(rule: RuleSettings): ConditionView {
  const { kind } = rule;
  switch (kind) {
    case 'threshold':
      return { kind, side: rule.side, clearAt: rule.clearAt };
    case 'outside':
      return { kind, band: [rule.least, rule.most, rule.clearLeast, rule.clearMost] };
    case 'rate':
      return { kind, side: rule.side, limit: rule.by, withinS: rule.within / 1000 };
    case 'noise':
      return { kind, limit: rule.moreThan, withinS: rule.within / 1000 };
    case 'off-hours':
      return { kind, limit: rule.moreThanKg };
    case 'meaning':
      return { kind, meaning: rule.meaning };
    case 'disagree': {
      const { asset, quantity } = rule.other;
      const whose = asset === undefined ? {} : { withAsset: asset };
      return { kind, limit: rule.moreThan, with: quantity, ...whose };
    }
    case 'repeat':
      return { kind, limit: rule.moreThan, withinS: rule.within / 1000, of: rule.of };
    case 'silence':
      return rule.silentFor === 'learned' ? { kind } : { kind, forS: rule.silentFor / 1000 };
    case 'stuck':
      return { kind, forS: rule.unchangedFor / 1000 };
    case 'lamp':
      return { kind, should: rule.should };
    case 'most-of':
      return { kind, share: rule.share };
    case 'link':
      return { kind };
  }
}

export function sourceView(scene: ViewScene, health: SourceHealth, counts: Counts): SourceView {
  const standing = scene.standing.sources.get(health.id);
  const why = health.why ?? standing?.why;
  return {
    id: health.id,
    kind: health.kind,
    state: health.state,
    ...(standing && { since: iso(standing.since) }),
    ...(health.state === 'down' && why !== undefined && { why }),
    heard: Math.max(health.heard, counts.heard),
    stored: counts.stored,
    acknowledged: counts.acknowledged,
    rejected: Object.fromEntries(counts.rejected),
    ...sourceLosses(counts),
    skippedBytes: health.skippedBytes,
    ...(health.dropped !== undefined && { dropped: health.dropped }),
    ...(health.asked !== undefined && { asked: health.asked }),
    ...(health.turnedAway && { turnedAway: { ...health.turnedAway } }),
    ...(health.notes?.length && { notes: [...health.notes] }),
    lost: health.lost,
  };
}

export function deviceView(
  scene: ViewScene,
  device: Device,
  { counts, now }: { counts: Counts; now: Instant },
): DeviceView {
  const { heardAt } = scene.standing.devices.get(device.id) ?? {};
  return {
    id: device.id,
    source: device.source,
    state: deviceState(scene, device, now),
    ...(heardAt !== undefined && { lastHeardAt: iso(heardAt) }),
    expectedS: device.every / 1000,
    heard: counts.heard,
    stored: counts.stored,
    rejected: Object.fromEntries(counts.rejected),
    ...deviceLosses(scene.standing, device, { counts, now }),
  };
}

function deviceState(scene: ViewScene, device: Device, now: Instant): DeviceView['state'] {
  const { heardAt } = scene.standing.devices.get(device.id) ?? {};
  if (deviceLink(scene, device) === 'down') return 'offline';
  if (heardAt === undefined) return 'unknown';
  const silence = between(heardAt, now);
  if (silence > STALE_AFTER * device.every) return 'silent';
  return silence > LATE_AFTER * device.every ? 'late' : 'up';
}
