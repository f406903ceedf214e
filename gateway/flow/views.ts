// How things stand, as the API shows it: domain values into JSON, with units, ages and UTC times.
import type {
  AlarmView,
  AssetView,
  ConditionView,
  DeviceView,
  LatestView,
  SourceView,
  TicketView,
} from '../api/schemas.ts';
import { isActive, SEVERITIES, type Alarm } from '../domain/alarm.ts';
import type { Asset, Compound, Device, Lamp } from '../domain/asset.ts';
import { QUANTITIES, type Quantity } from '../domain/quantity.ts';
import type { RuleSettings } from '../domain/rule.ts';
import { STALE_AFTER, type Latest, type Standing } from '../domain/standing.ts';
import type { Role, Ticket } from '../domain/ticket.ts';
import { between, type Duration, type Instant } from '../domain/time.ts';
import type { SourceHealth } from '../sources/source.ts';
import { actionsFor } from '../tickets/transitions.ts';
import { deviceLosses, sourceLosses } from './loss-views.ts';
import type { Counts } from './tally.ts';

const LATE_AFTER = 2;

export const iso = (moment: Instant): string => new Date(moment).toISOString();

export interface ViewScene {
  readonly compound: Compound;
  readonly rules: ReadonlyMap<string, RuleSettings>;
  readonly standing: Standing;
  readonly shouldBeOn: (lamp: Lamp, at: Instant) => boolean;
  readonly deviceOf: ReadonlyMap<string, Device>;
}

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
  const alarms: Alarm[] = [];
  for (const [, alarm] of scene.standing.alarms.all()) {
    const isAbout = alarm.asset === asset.id || alarm.inside.includes(asset.id);
    if (isAbout && isActive(alarm)) alarms.push(alarm);
  }
  return {
    id: asset.id,
    kind: asset.kind,
    name: asset.name,
    ...placeOf(asset),
    state: stateOf({
      latest,
      alarms,
      marks: fillMarks(scene, asset.id),
      every,
      now,
      link: deviceLink(scene, device),
    }),
    expectedS: every / 1000,
    limits: limitsOf(scene, asset),
    ...(asset.kind === 'lamp' && { shouldBeOn: scene.shouldBeOn(asset, now) }),
    alarms: alarms.map((alarm) => alarm.rule),
    latest: Object.fromEntries(
      latest.map(([quantity, value]) => [quantity, latestView(quantity, value, { every, now })]),
    ),
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
/** The rules of a scene never change; an asset is shown some times a second. */
const knownLimits = new WeakMap<ViewScene['rules'], Map<string, Limits>>();

function limitsOf({ rules }: ViewScene, asset: Asset): Limits {
  const known = knownLimits.get(rules) ?? new Map<string, Limits>();
  knownLimits.set(rules, known);
  const limits = known.get(asset.id) ?? limitsBy(rules, asset);
  known.set(asset.id, limits);
  return limits;
}

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
function fillMarks({ rules }: ViewScene, asset: string): FillMarks {
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
  const { raisedAt, clearedAt, shelvedUntil, shelvedAt: _, inside, ...rest } = alarm;
  return {
    ...rest,
    raisedAt: iso(raisedAt),
    ...(clearedAt !== undefined && { clearedAt: iso(clearedAt) }),
    ...(shelvedUntil !== undefined && { shelvedUntil: iso(shelvedUntil) }),
    inside: [...inside],
    ...(rule?.kind === 'threshold' && { limit: rule.limit }),
    ...(rule && { holdForS: rule.holdFor / 1000, condition: conditionOf(rule) }),
  };
}

function conditionOf(rule: RuleSettings): ConditionView {
  const { kind } = rule;
  switch (kind) {
    case 'threshold':
      return { kind, side: rule.side, clearAt: rule.clearAt };
    case 'silence':
      return { kind, forS: rule.silentFor / 1000 };
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

export function ticketView(ticket: Ticket, role: Role): TicketView {
  const { raisedAt, dueAt, alarms, photos, history, ...rest } = ticket;
  return {
    ...rest,
    raisedAt: iso(raisedAt),
    ...(dueAt !== undefined && { dueAt: iso(dueAt) }),
    alarms: [...alarms],
    photos: [...photos],
    history: history.map(({ at, key: _key, ...step }) => ({ at: iso(at), ...step })),
    actions: actionsFor(ticket, role),
  };
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
