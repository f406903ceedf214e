// The things of a compound that readings are about, as the site file names them.
// Shapes only; what is computed from them lives beside its noun (bin.ts, scale.ts, lamp.ts).
import type { Kilograms, Litres, Millimetres, Watts } from './quantity.ts';
import type { Duration } from './time.ts';

export type AssetId = string;
export type DeviceId = string;
export type SourceId = string;

export const STREAMS = ['wet', 'dry', 'recyclable', 'hazardous'] as const;
export type Stream = (typeof STREAMS)[number];

export const ASSET_KINDS = ['bin', 'scale', 'lamp', 'meter', 'circuit'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** Minutes of the local day; `to` before `from` reaches over midnight. */
export interface DailySpan {
  readonly days: readonly Weekday[];
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** Hours in which a station takes rubbish; `season` as in rules' hours. */
export interface DropOffWindow extends DailySpan {
  /** First and last day of each year, as 06-01; `to` before `from` reaches over the new year. */
  readonly season?: { readonly from: string; readonly to: string };
  /** On public holidays as on weekdays where absent. */
  readonly holidays?: 'as-weekdays' | 'only' | 'never';
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

interface Named {
  readonly id: AssetId;
  /** As people call it; shown on screens. */
  readonly name: string;
  /** The building that it stands in or at; a bin's is its station's, a lamp's its circuit's. */
  readonly building?: string;
}

export interface Bin extends Named {
  readonly kind: 'bin';
  readonly station: string;
  readonly stream: Stream;
  /** The number painted on the bin's place. */
  readonly position: number;
  readonly volumeL?: Litres;
  /** The sensor's face to the floor of an empty bin. */
  readonly emptyMm?: Millimetres;
  /** The sensor's face to the rubbish when the bin counts as full. */
  readonly fullMm?: Millimetres;
  /** Echoes nearer than this come from the sensor's own blind zone. */
  readonly blindMm: Millimetres;
  /** How far past the floor an echo may come from before it is a bad one. */
  readonly toleranceMm: Millimetres;
  readonly tareKg?: Kilograms;
}

export interface Scale extends Named {
  readonly kind: 'scale';
  readonly station: string;
  readonly tareKg?: Kilograms;
}

/** When a lamp should be lit: by the sun at the site, by its own timetable, or always. */
export type LampHours =
  | {
      readonly by: 'sun';
      /** Minutes after sunset (before it where negative) and after sunrise. */
      readonly onOffsetMin: number;
      readonly offOffsetMin: number;
    }
  | { readonly by: 'timetable'; readonly spans: readonly DailySpan[] }
  | { readonly by: 'always' };

export interface Lamp extends Named {
  readonly kind: 'lamp';
  readonly circuit: AssetId;
  readonly nominalW: Watts;
  readonly hours: LampHours;
}

export interface Circuit extends Named {
  readonly kind: 'circuit';
  readonly lamps: readonly AssetId[];
}

export interface WaterMeter extends Named {
  readonly kind: 'meter';
}

export type Asset = Bin | Scale | Lamp | Circuit | WaterMeter;

export interface Station {
  readonly id: string;
  readonly name: string;
  readonly building?: string;
  /** The drop-off windows, in the site's zone. */
  readonly windows: readonly DropOffWindow[];
}

/** The hardware that reports on one or more assets. */
export interface Device {
  readonly id: DeviceId;
  readonly source: SourceId;
  /** A decoder's name; the source's own where the site file says nothing. */
  readonly decoder: string;
  readonly decoderOptions: Readonly<Record<string, unknown>>;
  /** Which channel speaks of which asset; the empty channel is the device as a whole. */
  readonly assets: ReadonlyMap<string, AssetId>;
  /** The interval at which a healthy one reports. */
  readonly every: Duration;
  readonly topic?: string;
  readonly secret?: string;
}

export interface Place {
  readonly id: string;
  readonly name: string;
  /** IANA zone, as Asia/Shanghai; all local days and hours are counted in it. */
  readonly zone: string;
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
  /** Minute of the local day at which a new day's ledger begins. */
  readonly dayStartsAtMinute: number;
  /** Days that the site adds to the calendar's public holidays, or takes from them. */
  readonly holidays?: { readonly add: readonly string[]; readonly remove: readonly string[] };
  readonly publicUrl?: string;
  /** How heavy a litre of each stream is, as it lies in a bin: makes kilograms of a level. */
  readonly densityKgPerL?: Readonly<Partial<Record<Stream, number>>>;
  /** The way to a person for whom there is no internet. */
  readonly contact?: { readonly phone: string; readonly name?: string };
}

/** Everything that can be pointed at, by id: what the stages need to know of a site. */
export interface Compound {
  readonly place: Place;
  readonly stations: ReadonlyMap<string, Station>;
  readonly assets: ReadonlyMap<AssetId, Asset>;
  readonly devices: ReadonlyMap<DeviceId, Device>;
}
