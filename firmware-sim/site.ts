// The hardware that we delivered to the demonstration compound, and how each piece is wired.
// The gateway's own site file names the same pieces; neither is made from the other.

export const STREAMS = ['wet', 'dry', 'recyclable', 'hazardous'] as const;
export type Stream = (typeof STREAMS)[number];

export interface BinHardware {
  readonly id: string;
  readonly station: string;
  readonly stream: Stream;
  /** From the sensor's face to the floor, and to the rubbish of a full bin. */
  readonly emptyMm: number;
  readonly fullMm: number;
  readonly tareKg: number;
  /** What it holds when the rubbish stands at `fullMm`. */
  readonly volumeL: number;
}

export interface LampHardware {
  readonly id: string;
  readonly circuit: string;
  readonly nominalW: number;
  readonly lit: 'by-sun' | 'always';
}

export interface MeterHardware {
  readonly id: string;
  /** What its dial showed at the local midnight that began `dialReadAt`. */
  readonly dialL: number;
  readonly dialReadAt: string;
}

/** How a device speaks: frames on the shared serial line, or JSON by MQTT. */
export type Way = 'line' | 'mqtt';

export type DeviceHardware =
  | {
      readonly id: string;
      readonly way: Way;
      readonly kind: 'bins';
      /** Channel → bin; the empty channel where the device serves one bin alone. */
      readonly channels: Readonly<Record<string, string>>;
      readonly power: 'mains' | 'battery';
    }
  | {
      readonly id: string;
      readonly way: Way;
      readonly kind: 'lamp' | 'meter';
      readonly of: string;
    };

export interface Place {
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly utcOffsetHours: number;
  readonly households: number;
}

export interface Site {
  readonly place: Place;
  readonly bins: readonly BinHardware[];
  readonly lamps: readonly LampHardware[];
  readonly meters: readonly MeterHardware[];
  readonly devices: readonly DeviceHardware[];
}

/** The one serial line of the site, as scenarios name it. */
export const LINE = 'bins-line';

const bin = (id: string, station: string, stream: Stream): BinHardware => ({
  id,
  station,
  stream,
  emptyMm: 1000,
  fullMm: 200,
  tareKg: 14.2,
  volumeL: 240,
});

const courtyardLamps = numbered(1, 6).map((id): LampHardware => ({
  id,
  circuit: 'c1',
  nominalW: 30,
  lit: 'by-sun',
}));
const garageLamps = numbered(21, 26).map((id): LampHardware => ({
  id,
  circuit: 'c2',
  nominalW: 20,
  lit: 'always',
}));

export const DEMO_SITE: Site = {
  place: { id: 'luyuan', latitude: 31.08, longitude: 121.39, utcOffsetHours: 8, households: 500 },
  bins: [
    bin('k1-wet', 'k1', 'wet'),
    bin('k1-dry', 'k1', 'dry'),
    bin('k1-rec', 'k1', 'recyclable'),
    bin('k1-haz', 'k1', 'hazardous'),
    bin('k2-wet', 'k2', 'wet'),
    bin('k2-wet2', 'k2', 'wet'),
    bin('k2-dry', 'k2', 'dry'),
  ],
  lamps: [...courtyardLamps, ...garageLamps],
  meters: [{ id: 'meter-1', dialL: 104_522, dialReadAt: '2026-01-01' }],
  devices: [
    {
      id: 'k1',
      way: 'line',
      kind: 'bins',
      channels: { wet: 'k1-wet', dry: 'k1-dry', rec: 'k1-rec', haz: 'k1-haz' },
      power: 'mains',
    },
    ...['k2-wet', 'k2-wet2', 'k2-dry'].map((id): DeviceHardware => ({
      id,
      way: 'mqtt',
      kind: 'bins',
      channels: { '': id },
      power: 'battery',
    })),
    ...courtyardLamps.map(({ id }): DeviceHardware => ({ id, way: 'mqtt', kind: 'lamp', of: id })),
    ...garageLamps.map(({ id }): DeviceHardware => ({ id, way: 'line', kind: 'lamp', of: id })),
    { id: 'meter-1', way: 'mqtt', kind: 'meter', of: 'meter-1' },
  ],
};

/** `lamp-01` … as painted on the posts. */
function numbered(first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `lamp-${String(first + index).padStart(2, '0')}`,
  );
}
