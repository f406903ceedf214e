// Tells the screens and whoever else watches: everything as it stands when one begins to watch, then
// whole small snapshots of whatever a record, or time alone, has changed.
//
//   changed ─┬─ alarm, ticket ─▶ all, at once
//            └─ mere readings ─▶ pace: gathered ─▶ told as often as its watchers want, or more rarely
import type { LiveEvent, SiteView, SourceView } from '../api/schemas.ts';
import { assetsInAlarm } from '../domain/alarms-about.ts';
import type { Touched } from '../domain/standing.ts';
import { isOpen, type Role } from '../domain/ticket.ts';
import { milliseconds, type Cancel, type Clock, type Duration } from '../domain/time.ts';
import { createPassing } from './passing.ts';
import { createPace, type Listener, type Pace } from './pace.ts';
import { alarmView, assetView, isShown, ticketView, type ViewScene } from './views.ts';

export interface LiveParts {
  readonly scene: ViewScene;
  readonly clock: Clock;
  readonly site: () => SiteView;
  readonly sources: () => SourceView[];
  /** Milliseconds since some moment, for measuring what a telling costs; the machine's where absent. */
  readonly stopwatch?: () => number;
}

export interface Live {
  /** `every`: how often mere readings are wanted; as a screen wants them where absent. */
  watch(listener: Listener, every?: Duration): () => void;
  /** The fold has gone on: tells everyone what it touched. */
  changed(): void;
  /** How many are told. */
  watchers(): number;
  start(): void;
  stop(): void;
}

/** Who stands at a screen until accounts exist. */
const VIEWER: Role = 'engineer';
/** Told at once. In a flood they come with every batch, so nothing else is gathered on their way. */
const NEWS = ['alarm', 'ticket'] as const;
/** Rest after looking at what time alone has changed, as a multiple of the work before it. */
const LOOK_REST = 10;
/** A screen's readings are gathered this long. */
const GATHER = milliseconds(200);

export function createLive(parts: LiveParts): Live {
  const { clock, scene, stopwatch = () => performance.now() } = parts;
  const passing = createPassing(parts);
  const paces = new Map<Duration, Pace>();
  const gathering = {
    take: () => share(scene.standing.takeTouched()),
    eventsFor: (touched: readonly Touched[]) => eventsFor(parts, touched),
  };
  const paceOf = (every: Duration): Pace => {
    const pace = paces.get(every) ?? createPace({ ...gathering, every, clock, stopwatch });
    paces.set(every, pace);
    return pace;
  };
  const share = (touched: readonly Touched[]): void => {
    for (const pace of paces.values()) pace.gather(touched);
  };
  const watchers = (): number =>
    [...paces.values()].reduce((sum, pace) => sum + pace.watchers(), 0);
  const tell = (event: LiveEvent): void => {
    for (const pace of paces.values()) pace.tell(event);
  };
  let next: Cancel | undefined;
  const lookAgain = (): void => {
    const begun = stopwatch();
    if (watchers() > 0) passing.look().forEach(tell);
    const worked = stopwatch() - begun;
    next = clock.after(milliseconds(Math.max(passing.every, worked * LOOK_REST)), lookAgain);
  };
  paceOf(GATHER);
  return {
    watch(listener, every = GATHER) {
      const leave = paceOf(every).watch(listener);
      everything(parts).forEach((event) => listener(event));
      return leave;
    },
    changed() {
      for (const pace of paces.values()) pace.begin();
      if (!scene.standing.hasNews()) return;
      const news = scene.standing.takeTouched(NEWS);
      if (news.length > 0 && watchers() > 0) eventsFor(parts, news).forEach(tell);
    },
    watchers,
    start: lookAgain,
    stop() {
      next?.();
      for (const pace of paces.values()) pace.stop();
    },
  };
}

function everything(parts: LiveParts): LiveEvent[] {
  const { scene, clock, site, sources } = parts;
  const assets = [...scene.compound.assets.values()].filter(isShown);
  return [
    { kind: 'site', data: site() },
    ...assets.map((asset): LiveEvent => ({
      kind: 'asset',
      data: assetView(scene, asset, clock.now()),
    })),
    ...[...scene.standing.alarms.all()].map(([, alarm]): LiveEvent => ({
      kind: 'alarm',
      data: alarmView(scene, alarm),
    })),
    ...[...scene.standing.tickets.all()]
      .filter(([, ticket]) => isOpen(ticket))
      .map(([, ticket]): LiveEvent => ({
        kind: 'ticket',
        data: ticketView(ticket, { role: VIEWER }),
      })),
    ...sources().map((data): LiveEvent => ({ kind: 'source', data })),
  ];
}

function eventsFor(parts: LiveParts, touched: readonly Touched[]): LiveEvent[] {
  const { scene, clock } = parts;
  const assets = new Set<string>();
  const events: LiveEvent[] = [];
  for (const { kind, id } of touched) {
    if (kind === 'asset') assets.add(id);
    else if (kind === 'device') assetsOf(scene, id).forEach((asset) => assets.add(asset));
    else if (kind === 'ticket') events.push(...ticketEvent(scene, id));
    else if (kind === 'alarm') {
      const alarm = scene.standing.alarms.get(id);
      if (!alarm) continue;
      events.push({ kind: 'alarm', data: alarmView(scene, alarm) });
      for (const asset of assetsInAlarm(alarm)) assets.add(asset);
    }
  }
  if (touched.some(({ kind }) => kind === 'source')) {
    for (const data of parts.sources()) events.push({ kind: 'source', data });
    for (const id of scene.compound.assets.keys()) assets.add(id);
  }
  for (const id of assets) {
    const asset = scene.compound.assets.get(id);
    if (asset && isShown(asset))
      events.push({ kind: 'asset', data: assetView(scene, asset, clock.now()) });
  }
  return events;
}

const assetsOf = (scene: ViewScene, device: string): string[] => [
  ...(scene.compound.devices.get(device)?.assets.values() ?? []),
];

function ticketEvent({ standing }: ViewScene, id: string): LiveEvent[] {
  const ticket = standing.tickets.get(id);
  return ticket ? [{ kind: 'ticket', data: ticketView(ticket, { role: VIEWER }) }] : [];
}
