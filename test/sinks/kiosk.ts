// A small compound and its records, for tests of what leaves the gateway.
import type { Asset, AssetId, Bin, Compound } from '../../gateway/domain/asset.ts';
import { milliseconds, instant } from '../../gateway/domain/time.ts';
import type { Millimetres, Watts } from '../../gateway/domain/quantity.ts';
import type { DerivedEntry, ReadingEntry, Recorded } from '../../gateway/domain/record.ts';

export const NOON = instant(Date.parse('2026-11-02T04:00:00Z'));

export const bin = (id: string, changes: Partial<Bin> = {}): Bin => ({
  kind: 'bin',
  id,
  name: id,
  station: 'k1',
  stream: 'wet',
  position: 1,
  blindMm: 30 as Millimetres,
  toleranceMm: 100 as Millimetres,
  ...changes,
});

export const lamp: Asset = {
  kind: 'lamp',
  id: 'lamp-07',
  name: '7号庭院灯',
  circuit: 'c1',
  nominalW: 30 as Watts,
  hours: { by: 'always' },
};

export const compoundOf = (...assets: Asset[]): Compound => ({
  place: {
    id: 'luyuan',
    name: '绿苑小区',
    zone: 'Asia/Shanghai',
    latitude: 31.08,
    longitude: 121.39,
    dayStartsAtMinute: 0,
  },
  stations: new Map(),
  assets: new Map<AssetId, Asset>(assets.map((asset) => [asset.id, asset])),
  devices: new Map(),
});

export const kiosk = compoundOf(bin('k1-wet'), bin('k1-dry', { stream: 'dry' }), lamp);

export const readingOf = (
  sequence: number,
  changes: Partial<Recorded<ReadingEntry>> = {},
): Recorded<ReadingEntry> => ({
  kind: 'reading',
  sequence,
  part: 0,
  device: 'k1',
  asset: 'k1-wet',
  quantity: 'fill',
  value: 0.5,
  observedAt: NOON,
  receivedAt: NOON,
  digest: 7,
  ...changes,
});

export const derivedOf = (
  sequence: number,
  changes: Partial<Recorded<DerivedEntry>> = {},
): Recorded<DerivedEntry> => ({
  kind: 'derived',
  sequence,
  origin: sequence - 1,
  asset: 'k1-wet',
  quantity: 'fill',
  value: 0.5,
  observedAt: NOON,
  receivedAt: NOON,
  ...changes,
});

export const aSecondLater = instant(NOON + milliseconds(1000));
