// The smallest compound in which everything can go wrong: one station with a bin and a scale, a
// circuit of four lamps, a meter, two lines. And the rules that watch it, each span a round number.
import type { Asset, Bin, Compound, Device, Lamp } from '../../gateway/domain/asset.ts';
import type { Kilograms, Millimetres, Watts } from '../../gateway/domain/quantity.ts';
import type {
  LampRule,
  LinkRule,
  MostOfRule,
  RuleSettings,
  SilenceRule,
  StuckRule,
  ThresholdRule,
} from '../../gateway/domain/rule.ts';
import {
  hours,
  instant,
  milliseconds,
  minutes,
  type Duration,
  type Instant,
} from '../../gateway/domain/time.ts';
import type { StepSite } from '../../gateway/flow/step.ts';

/** That moment of one day in Shanghai: `clock('10:00')`, `clock('09:59:59.999')`. */
export const clock = (time: string): Instant =>
  instant(Date.parse(`2026-11-02T${time.length === 5 ? `${time}:00` : time}+08:00`));

export const BIN = {
  kind: 'bin',
  id: 'k1-wet',
  name: '湿垃圾桶',
  station: 'k1',
  stream: 'wet',
  position: 1,
  emptyMm: 1000 as Millimetres,
  fullMm: 200 as Millimetres,
  blindMm: 30 as Millimetres,
  toleranceMm: 100 as Millimetres,
  tareKg: 14.2 as Kilograms,
} as const satisfies Bin;

export const LAMPS = ['lamp-1', 'lamp-2', 'lamp-3', 'lamp-4'] as const;

export const LAMP = {
  kind: 'lamp',
  id: 'lamp-1',
  name: '庭院灯',
  circuit: 'c1',
  nominalW: 30 as Watts,
  hours: { by: 'always' },
} as const satisfies Lamp;

const ASSETS: readonly Asset[] = [
  BIN,
  { kind: 'scale', id: 'k1-scale', name: '台秤', station: 'k1' },
  { kind: 'circuit', id: 'c1', name: '东路灯回路', lamps: LAMPS },
  ...LAMPS.map((id) => ({ ...LAMP, id, name: `${id.slice(-1)}号庭院灯` })),
  { kind: 'meter', id: 'water-main', name: '总表' },
];

export const device = (id: string, source: string, assets: Record<string, string>): Device => ({
  id,
  source,
  decoder: 'courtyard-line',
  decoderOptions: {},
  assets: new Map(Object.entries(assets)),
  every: minutes(1),
});

const DEVICES = [
  device('k1', 'bins-line', { wet: 'k1-wet', scale: 'k1-scale' }),
  ...LAMPS.map((id) => device(id, 'lights-line', { '': id })),
  device('meter-1', 'lights-line', { '': 'water-main' }),
];

export const COMPOUND: Compound = {
  place: {
    id: 'luyuan',
    name: '绿苑小区',
    zone: 'Asia/Shanghai',
    latitude: 31.08,
    longitude: 121.39,
    dayStartsAtMinute: 0,
  },
  stations: new Map([['k1', { id: 'k1', name: '1号投放点', windows: [] }]]),
  assets: new Map(ASSETS.map((asset) => [asset.id, asset])),
  devices: new Map(DEVICES.map((each) => [each.id, each])),
};

export const BIN_FULL: ThresholdRule = {
  id: 'bin-full',
  kind: 'threshold',
  on: 'bin',
  quantity: 'fill',
  side: 'above',
  limit: 0.9,
  clearAt: 0.7,
  holdFor: minutes(10),
  severity: 'medium',
  ticket: { category: 'bin-full', team: 'cleaners' },
};

/** Danger to life waits for nothing. */
export const LEAK: ThresholdRule = {
  ...BIN_FULL,
  id: 'leak',
  on: 'lamp',
  quantity: 'leak',
  limit: 30,
  clearAt: 20,
  holdFor: milliseconds(0),
  severity: 'high',
  ticket: { category: 'electricity', team: 'engineers' },
};

export const LAMP_OUT: LampRule = {
  id: 'lamp-out',
  kind: 'lamp',
  on: 'lamp',
  should: 'on',
  litFrom: 0.3,
  holdFor: minutes(10),
  severity: 'medium',
  ticket: { category: 'lamp', team: 'engineers' },
};

export const LAMP_BY_DAY: LampRule = {
  ...LAMP_OUT,
  id: 'lamp-by-day',
  should: 'off',
  severity: 'low',
};

export const CIRCUIT_DOWN: MostOfRule = {
  id: 'circuit-down',
  kind: 'most-of',
  on: 'circuit',
  of: 'lamp-out',
  share: 0.5,
  holdFor: minutes(1),
  severity: 'high',
  ticket: { category: 'electricity', team: 'engineers' },
};

export const SILENT: SilenceRule & { readonly silentFor: Duration } = {
  id: 'silent',
  kind: 'silence',
  on: 'device',
  silentFor: minutes(10),
  holdFor: milliseconds(0),
  severity: 'low',
  ticket: { category: 'sensor', team: 'engineers' },
};

export const LINE_LOST: LinkRule = {
  id: 'line-lost',
  kind: 'link',
  on: 'source',
  holdFor: minutes(1),
  severity: 'high',
  ticket: { category: 'gateway', team: 'engineers' },
};

export const STUCK: StuckRule = {
  id: 'stuck',
  kind: 'stuck',
  on: 'bin',
  quantity: 'distance',
  unchangedFor: hours(1),
  holdFor: milliseconds(0),
  severity: 'low',
  ticket: { category: 'sensor', team: 'engineers' },
};

export const RULES: readonly RuleSettings[] = [
  BIN_FULL,
  LEAK,
  LAMP_OUT,
  LAMP_BY_DAY,
  CIRCUIT_DOWN,
  SILENT,
  LINE_LOST,
  STUCK,
];

export const SMALL_SITE: StepSite = {
  compound: COMPOUND,
  sources: ['bins-line', 'lights-line'],
  rules: RULES,
};
