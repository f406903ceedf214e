// How the gateway itself and its place are doing, for the API: the site, its sources and devices,
// and whether it is ready.
import type { Readiness } from '../api/desk.ts';
import type { DeviceView, SiteView, SourceView } from '../api/schemas.ts';
import type { AssetId, Compound, DailySpan, Device, Station } from '../domain/asset.ts';
import { siteDays, type SiteDays } from '../domain/day.ts';
import { lampDuty } from '../domain/lamp.ts';
import type { Standing } from '../domain/standing.ts';
import { sunDay } from '../domain/sun.ts';
import type { Clock } from '../domain/time.ts';
import type { RuleSettings } from '../domain/rule.ts';
import type { WorkSettings } from '../domain/work.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/log.ts';
import type { ClockReport } from './clock/clock-keeping.ts';
import type { FollowState } from './follow.ts';
import type { Tally } from './tally.ts';
import { reportLink } from './residents/label-desk.ts';
import { boardOf } from './residents/post-desk.ts';
import { deviceView, iso, sourceView, type ViewScene } from './views.ts';

export interface ReportParts {
  readonly site: {
    readonly compound: Compound;
    readonly rules: readonly RuleSettings[];
    readonly simulated: boolean;
    readonly work?: Pick<WorkSettings, 'buildings'>;
  };
  readonly version: string;
  readonly clock: Clock;
  readonly store: Pick<Store, 'health'>;
  readonly standing: Standing;
  readonly tally: Tally;
  readonly sources: readonly Source[];
  readonly influx: () => FollowState | undefined;
  readonly clockReport: () => ClockReport;
}

export interface Report {
  readonly scene: ViewScene;
  readonly site: () => SiteView;
  readonly sources: () => SourceView[];
  readonly devices: () => DeviceView[];
  readonly readiness: () => Readiness;
}

export function createReport(parts: ReportParts): Report {
  const { site, clock, standing, tally } = parts;
  const { compound } = site;
  const days = siteDays(compound.place);
  const scene: ViewScene = {
    compound,
    rules: new Map(site.rules.map((rule) => [rule.id, rule])),
    standing,
    shouldBeOn: lampDuty(compound.place),
    deviceOf: deviceByAsset(compound),
  };
  return {
    scene,
    site: () => siteView(parts, days),
    sources: () =>
      parts.sources.map((source) => sourceView(scene, source.health(), tally.source(source.id))),
    devices: () =>
      [...compound.devices.values()].map((device) =>
        deviceView(scene, device, { counts: tally.device(device.id), now: clock.now() }),
      ),
    readiness: () => readinessOf(parts),
  };
}

function deviceByAsset({ devices }: Compound): Map<AssetId, Device> {
  return new Map(
    [...devices.values()].flatMap((device) =>
      [...device.assets.values()].map((asset) => [asset, device] as const),
    ),
  );
}

function siteView(parts: ReportParts, days: SiteDays): SiteView {
  const { site, version, clock, influx } = parts;
  const { place, stations, assets } = site.compound;
  const sun = sunDay(place, clock.now());
  return {
    id: place.id,
    name: place.name,
    zone: place.zone,
    simulated: site.simulated,
    version,
    now: iso(clock.now()),
    ...(sun.kind === 'both' && { sunset: iso(sun.sunset), sunrise: iso(sun.sunrise) }),
    stations: [...stations.values()].map((station) => ({
      ...stationView(station),
      ...besideTheBins(parts, station, days),
    })),
    circuits: [...assets.values()]
      .filter((asset) => asset.kind === 'circuit')
      .map(({ id, name, lamps }) => ({ id, name, lamps: [...lamps] })),
    ...buildingsIn(site),
    ...(place.contact && { contact: place.contact }),
    influx: influx()?.state ?? 'none',
  };
}

function buildingsIn({ work }: ReportParts['site']): Pick<SiteView, 'buildings'> {
  const buildings = [...(work?.buildings.values() ?? [])];
  return buildings.length === 0
    ? {}
    : { buildings: buildings.map(({ id, name }) => ({ id, name })) };
}

function besideTheBins(
  { site: { compound }, standing, clock }: ReportParts,
  { id }: Station,
  days: SiteDays,
): Partial<SiteView['stations'][number]> {
  const link = reportLink(compound.place, id);
  const board = boardOf({ compound, standing }, id, days.at(clock.now()).day);
  return { ...(link !== undefined && { reportAt: link }), ...(board.length > 0 && { board }) };
}

const stationView = ({ id, name, windows }: Station): SiteView['stations'][number] => ({
  id,
  name,
  windows: windows.map((span: DailySpan) => ({
    days: [...span.days],
    from: clockFace(span.fromMinute),
    to: clockFace(span.toMinute),
  })),
});

/** 450 → 07:30 */
const clockFace = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Below this a flood of readings could fill the disk within hours. */
const LOW_DISK_BYTES = 200 * 1024 * 1024;

function readinessOf(parts: ReportParts): Readiness {
  const { store, sources, clockReport } = parts;
  const health = store.health();
  const time = clockReport();
  const influx = parts.influx();
  const down = sources.map((source) => source.health()).filter((source) => source.state !== 'up');
  const brokers = sources.filter((source) => source.kind === 'mqtt-broker');
  const broker =
    brokers.length === 0
      ? 'none'
      : down.some((source) => source.kind === 'mqtt-broker')
        ? 'down'
        : 'ok';
  const disk = health.freeBytes < LOW_DISK_BYTES ? 'low' : 'ok';
  const detail = [
    ...(health.why === undefined ? [] : [`store: ${health.why}`]),
    ...(health.notes ?? []).map((note) => `store: ${note}`),
    ...down.map(
      (source) =>
        `${source.kind} ${source.id} is ${source.state}${source.why === undefined ? '' : `: ${source.why}`}`,
    ),
    ...(influx?.why === undefined ? [] : [`influx is down: ${influx.why}`]),
    ...(disk === 'low' ? [`disk: ${Math.round(health.freeBytes / 1e6)} MB free`] : []),
    ...(time.why === undefined ? [] : [`clock: ${time.why}`]),
  ];
  return {
    ready: health.state === 'ok' && broker !== 'down',
    store: health.state,
    broker,
    disk,
    clock: time.state,
    detail,
  };
}
