// The small compound with what the screens must also be able to show: a station of eight bins, a
// circuit that went dark with its lamps, an alarm without a ticket, and a series that rises past its
// limit with a hole in it.
import type { Desk } from '../../gateway/api/desk.ts';
import type { AlarmView, AssetView, SeriesView, SiteView } from '../../gateway/api/schemas.ts';
import type { HandDesk } from '../fakes/hand-desk.ts';
import { smallCompound, type Contents } from '../fakes/small-compound.ts';

const LIMITS = { fill: 0.9 };

export function compoundAt(now: number): Contents {
  const small = smallCompound(now);
  const before = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  const bins = small.assets.filter((asset) => asset.kind === 'bin');
  const assets = small.assets.map((asset) =>
    asset.kind === 'bin' ? { ...asset, limits: LIMITS } : asset,
  );
  return {
    ...small,
    site: siteWithMore(small.site, now),
    assets: [...assets, ...eightBins(bins), meter(now)],
    alarms: [...small.alarms, deadCircuit(before), lostLine(before)],
    sources: small.sources.map((source) =>
      source.id === 'bins-line'
        ? { ...source, state: 'down', since: before(4), why: 'the port is gone' }
        : source,
    ),
  };
}

function siteWithMore(site: SiteView, now: number): SiteView {
  const day = new Date(now).toISOString().slice(0, 10);
  const [first] = site.stations;
  return {
    ...site,
    sunset: `${day}T08:53:00.000Z`,
    sunrise: `${day}T22:25:00.000Z`,
    stations: [...site.stations, { id: 'k3', name: '3号投放点', windows: first?.windows ?? [] }],
  };
}

function eightBins(bins: readonly AssetView[]): AssetView[] {
  const states = [
    'full',
    'normal',
    'near-full',
    'normal',
    'offline',
    'fault',
    'normal',
    'normal',
  ] as const;
  return states.map((state, index) => {
    const like = bins[index % 4];
    if (!like) throw new Error('the small compound has four bins at its first station');
    const position = index + 1;
    return {
      ...like,
      id: `k3-${position}`,
      station: 'k3',
      position,
      state,
      alarms: [],
      limits: LIMITS,
      latest: index === 7 ? {} : like.latest,
    };
  });
}

const meter = (now: number): AssetView => ({
  id: 'water-main',
  kind: 'meter',
  name: '总表',
  state: 'normal',
  expectedS: 300,
  alarms: [],
  latest: {
    volume: {
      value: 104_522,
      unit: 'L',
      observedAt: new Date(now - 700_000).toISOString(),
      ageS: 700,
      quality: 'good',
    },
  },
});

type Before = (minutes: number) => string;

const deadCircuit = (before: Before): AlarmView => ({
  id: 'alarm-c1',
  rule: 'circuit-down',
  asset: 'c1',
  severity: 'high',
  state: 'active-unacknowledged',
  text: '回路 80 % 以上的灯应亮未亮，持续 2 分钟',
  raisedAt: before(12),
  inside: ['lamp-03', 'lamp-01', 'lamp-02', 'lamp-04', 'lamp-05', 'lamp-06'],
  holdForS: 120,
});

const lostLine = (before: Before): AlarmView => ({
  id: 'alarm-line',
  rule: 'bins-line-down',
  asset: 'bins-line',
  severity: 'medium',
  state: 'active-unacknowledged',
  text: '串口断开，持续 30 秒',
  raisedAt: before(3),
  inside: [],
});

/** Fill that climbs past 90 % a while before the trip, with twenty minutes unheard. */
export function withRisingFill(desk: HandDesk): Desk {
  return {
    ...desk,
    async series(query) {
      const { from, to, stepS = 60 } = query;
      const hole = { from: from + 50 * 60_000, to: from + 70 * 60_000 };
      const points: SeriesView['points'] = [];
      for (let at = from; at < to; at += stepS * 1000) {
        if (at > hole.from && at < hole.to) continue;
        const mean = Math.min(0.94, 0.35 + ((at - from) / 7_000_000) * 0.56);
        points.push([at, mean - 0.015, mean, mean + 0.015, 1]);
      }
      return { ok: true, value: { unit: 'ratio', stepS, points } };
    },
  };
}
