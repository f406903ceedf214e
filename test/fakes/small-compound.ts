// A small believable compound as the screens would see it one evening: two stations with seven bins,
// twelve lamps on two circuits, one bin over its limit with its ticket, one lamp dark, one device
// silent. Built around any moment, so that a fixture server can show it as of now.
import type {
  AlarmView,
  AssetView,
  DeadLetterView,
  DeviceView,
  LatestView,
  RejectionView,
  SiteView,
  SourceView,
  TicketView,
} from '../../gateway/api/schemas.ts';
import type { Desk, Readiness } from '../../gateway/api/desk.ts';
import { lossesAt, type Lost } from './small-losses.ts';

export interface Contents extends Lost {
  readonly site: SiteView;
  readonly assets: readonly AssetView[];
  readonly alarms: readonly AlarmView[];
  readonly tickets: readonly TicketView[];
  readonly sources: readonly SourceView[];
  readonly devices: readonly DeviceView[];
  readonly rejections: readonly RejectionView[];
  readonly deadLetters: readonly DeadLetterView[];
  readonly readiness: Readiness;
  /** As the site file would write them. */
  readonly rules?: ReturnType<Desk['rules']>;
}

/** 18:30 in Shanghai, in the evening's drop-off window, after sunset. */
const AN_EVENING = Date.parse('2026-11-20T10:30:00Z');
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export function smallCompound(now: number = AN_EVENING): Contents {
  const before = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  return {
    site: siteAt(now),
    assets: [...bins(now), ...lamps(now)],
    alarms: alarmsAt(before),
    tickets: ticketsAt(before),
    sources: sourcesAt(before),
    devices: devicesAt(before),
    rejections: [
      {
        at: before(42),
        source: 'bins-line',
        reason: 'checksum',
        detail: 'CRC 6D84 was expected and 6D85 came',
        rawHex: '246b312c34322c7765742e64697374616e63653d3431322a36443835',
      },
    ],
    ...lossesAt(now),
    deadLetters: [
      {
        follower: 'influx',
        sequence: 1207,
        words:
          'field type conflict: input field "fill_ratio" is type float, already exists as string',
        at: before(90),
      },
    ],
    readiness: {
      ready: true,
      store: 'ok',
      broker: 'ok',
      disk: 'ok',
      clock: 'synchronised',
      detail: [],
    },
  };
}

function siteAt(now: number): SiteView {
  const windows = [
    { days: DAYS, from: '07:00', to: '09:00' },
    { days: DAYS, from: '18:00', to: '20:00' },
  ];
  const lampsOf = (from: number, to: number): string[] =>
    lampNumbers()
      .filter((n) => n >= from && n <= to)
      .map(lampId);
  return {
    id: 'luyuan',
    name: '绿苑小区',
    zone: 'Asia/Shanghai',
    simulated: true,
    version: '0.1.0',
    now: new Date(now).toISOString(),
    sunset: new Date(now - 97 * 60_000).toISOString(),
    sunrise: new Date(now + 715 * 60_000).toISOString(),
    stations: [
      { id: 'k1', name: '1号投放点', windows },
      { id: 'k2', name: '2号投放点', windows },
    ],
    circuits: [
      { id: 'c1', name: '东路灯回路', lamps: lampsOf(1, 6) },
      { id: 'c2', name: '西路灯回路', lamps: lampsOf(7, 12) },
    ],
    influx: 'none',
  };
}

const lampNumbers = (): number[] => Array.from({ length: 12 }, (_, index) => index + 1);
const lampId = (n: number): string => `lamp-${String(n).padStart(2, '0')}`;

function latest(now: number, unit: string, value: number): LatestView {
  const observedAt = new Date(now - 20_000).toISOString();
  return { value, unit, observedAt, ageS: 20, quality: 'good' };
}

function bins(now: number): AssetView[] {
  const rows = [
    ['k1', 'wet', '厨余垃圾桶', 0.93, 'full'],
    ['k1', 'dry', '其他垃圾桶', 0.41, 'normal'],
    ['k1', 'recyclable', '可回收物桶', 0.78, 'near-full'],
    ['k1', 'hazardous', '有害垃圾桶', 0.08, 'normal'],
    ['k2', 'wet', '厨余垃圾桶', 0.55, 'normal'],
    ['k2', 'dry', '其他垃圾桶', 0.62, 'normal'],
    ['k2', 'recyclable', '可回收物桶', 0.2, 'stale'],
  ] as const;
  return rows.map(([station, stream, name, fill, state], index) => ({
    id: `${station}-${stream}`,
    kind: 'bin',
    name,
    station,
    stream,
    position: station === 'k1' ? index + 1 : index - 3,
    state,
    expectedS: 60,
    alarms: state === 'full' ? ['bin-full'] : [],
    latest: {
      fill: latest(now, 'ratio', fill),
      distance: latest(now, 'mm', Math.round(1000 - 800 * fill)),
      net: latest(now, 'kg', Math.round(fill * 600) / 10),
    },
  }));
}

function lamps(now: number): AssetView[] {
  return lampNumbers().map((n) => {
    const dark = n === 7;
    return {
      id: lampId(n),
      kind: 'lamp',
      name: `${n}号庭院灯`,
      circuit: n <= 6 ? 'c1' : 'c2',
      state: dark ? 'fault' : 'normal',
      expectedS: 60,
      shouldBeOn: true,
      alarms: dark ? ['lamp-dark'] : [],
      latest: {
        on: latest(now, '0/1', 1),
        power: latest(now, 'W', dark ? 0.4 : 28 + n / 10),
        voltage: latest(now, 'V', 229.8),
      },
    };
  });
}

type Before = (minutes: number) => string;

function alarmsAt(before: Before): AlarmView[] {
  return [
    {
      id: 'alarm-1',
      rule: 'bin-full',
      asset: 'k1-wet',
      severity: 'medium',
      state: 'active-unacknowledged',
      quantity: 'fill',
      value: 0.93,
      text: '满溢度 > 90 %，持续 10 分钟；降到 70 % 解除',
      raisedAt: before(25),
      ticket: 'ticket-1',
      inside: [],
      limit: 0.9,
      holdForS: 600,
      condition: { kind: 'threshold', side: 'above', clearAt: 0.7 },
    },
    {
      id: 'alarm-2',
      rule: 'lamp-dark',
      asset: 'lamp-07',
      severity: 'low',
      state: 'active-acknowledged',
      quantity: 'power',
      value: 0.4,
      text: 'draws less than 3 W while it should be lit, for 5 min',
      raisedAt: before(80),
      acknowledgedBy: 'local',
      ticket: 'ticket-2',
      inside: [],
      limit: 3,
      holdForS: 300,
    },
    {
      id: 'alarm-3',
      rule: 'bin-full',
      asset: 'k2-dry',
      severity: 'medium',
      state: 'normal',
      quantity: 'fill',
      value: 0.91,
      text: 'fill above 90 % for 10 min; clears below 70 %',
      raisedAt: before(1500),
      clearedAt: before(1380),
      acknowledgedBy: 'local',
      inside: [],
      limit: 0.9,
      holdForS: 600,
    },
  ];
}

function ticketsAt(before: Before): TicketView[] {
  const raised = { by: 'bin-full', role: 'sensor', action: 'raise', from: 'none', to: 'raised' };
  const common: Pick<TicketView, 'route' | 'raisedBy' | 'returns' | 'photos'> = {
    route: 'short',
    raisedBy: 'sensor',
    returns: 0,
    photos: [],
  };
  return [
    {
      ...common,
      id: 'ticket-1',
      number: 1,
      category: 'bin-full',
      severity: 'medium',
      asset: 'k1-wet',
      place: '1号投放点 厨余垃圾桶',
      title: '1号投放点 厨余垃圾桶 桶满',
      state: 'raised',
      team: 'cleaners',
      raisedAt: before(25),
      dueAt: before(-95),
      version: 1,
      alarms: ['alarm-1'],
      history: [{ ...raised, at: before(25) }],
      actions: ['answer', 'decline', 'merge', 'assign', 'take', 'comment'],
    },
    {
      ...common,
      id: 'ticket-2',
      number: 2,
      category: 'lamp',
      severity: 'low',
      asset: 'lamp-07',
      place: '7号庭院灯',
      title: '7号庭院灯 路灯故障',
      route: 'full',
      state: 'answered',
      team: 'engineers',
      assignee: '王师傅',
      raisedAt: before(80),
      version: 2,
      alarms: ['alarm-2'],
      history: [
        { ...raised, by: 'lamp-dark', at: before(80) },
        {
          at: before(70),
          by: 'local',
          role: 'engineer',
          action: 'answer',
          from: 'raised',
          to: 'answered',
        },
      ],
      actions: ['assign', 'take', 'wait', 'rectify', 'comment'],
    },
  ];
}

function sourcesAt(before: Before): SourceView[] {
  const counts = { heard: 4210, stored: 4200, acknowledged: 4209, skippedBytes: 0, lost: 0 };
  return [
    {
      ...counts,
      id: 'bins-line',
      kind: 'serial',
      state: 'up',
      since: before(600),
      rejected: { checksum: 9, duplicate: 1 },
    },
    { ...counts, id: 'broker', kind: 'mqtt-broker', state: 'up', since: before(600), rejected: {} },
  ];
}

function devicesAt(before: Before): DeviceView[] {
  const device = (id: string, source: string, state: DeviceView['state']): DeviceView => ({
    id,
    source,
    state,
    lastHeardAt: before(state === 'silent' ? 35 : 0),
    expectedS: 60,
    heard: 600,
    stored: 599,
    rejected: { checksum: 1 },
  });
  return [
    device('k1', 'bins-line', 'up'),
    device('k2', 'bins-line', 'silent'),
    ...lampNumbers().map((n) => device(lampId(n), 'broker', 'up')),
  ];
}
