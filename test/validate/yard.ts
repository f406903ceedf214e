// A small compound to judge by, and frames heard in it.
import type { Asset, Compound, Device } from '../../gateway/domain/asset.ts';
import type { Kilograms, Millimetres, Watts } from '../../gateway/domain/quantity.ts';
import { instant, minutes } from '../../gateway/domain/time.ts';
import type { Instant } from '../../gateway/domain/time.ts';
import type { Heard, JudgedFrame } from '../../gateway/validate/judge.ts';

const mm = (value: number): Millimetres => value as Millimetres;

const ASSETS: readonly Asset[] = [
  {
    kind: 'bin',
    id: 'k1-wet',
    name: '湿垃圾',
    station: 'k1',
    stream: 'wet',
    position: 1,
    emptyMm: mm(1000),
    fullMm: mm(200),
    blindMm: mm(30),
    toleranceMm: mm(100),
    tareKg: 14.2 as Kilograms,
  },
  {
    kind: 'lamp',
    id: 'lamp-07',
    name: '7号庭院灯',
    circuit: 'c1',
    nominalW: 30 as Watts,
    hours: { by: 'always' },
  },
  { kind: 'meter', id: 'water-main', name: '总表' },
];

const device = (id: string, source: string, assets: Record<string, string>): Device => ({
  id,
  source,
  decoder: 'courtyard-line',
  decoderOptions: {},
  assets: new Map(Object.entries(assets)),
  every: minutes(1),
});

const DEVICES = [
  device('k1', 'bins-line', { wet: 'k1-wet' }),
  device('lamp-07', 'broker', { '': 'lamp-07' }),
  device('meter-1', 'broker', { '': 'water-main' }),
  device('lost', 'broker', { '': 'nowhere' }),
];

export const YARD: Compound = {
  place: {
    id: 'luyuan',
    name: '绿苑小区',
    zone: 'Asia/Shanghai',
    latitude: 31.08,
    longitude: 121.39,
    dayStartsAtMinute: 0,
  },
  stations: new Map(),
  assets: new Map(ASSETS.map((asset) => [asset.id, asset])),
  devices: new Map(DEVICES.map((each) => [each.id, each])),
};

export const NOON = instant(Date.parse('2026-11-02T12:00:00+08:00'));
/** Seconds after noon. */
export const noonPlus = (seconds: number): Instant => instant(NOON + seconds * 1000);

/** A frame of lamp-07, heard at noon, unless it says otherwise. */
export function heard(frame: Partial<JudgedFrame>, rest: Partial<Heard> = {}): Heard {
  return {
    source: 'broker',
    receivedAt: NOON,
    digest: 1,
    ...rest,
    frame: { device: 'lamp-07', measured: [{ quantity: 'lid', value: 1 }], ...frame },
  };
}
