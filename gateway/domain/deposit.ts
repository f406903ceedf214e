// What a bin's scale, its fill sensor or a person's tap says that happened to what stands in it.
// Each event is kept as a Happening of its own kind, under `eventId`, with itself as the body.
// Promise: kg are told once. A deposit that is out again is told by the withdrawal that takes it back,
// and a collection that several tell of has its kg from one of them.
import type { AssetId, DeviceId } from './asset.ts';
import type { Happening } from './happening.ts';
import type { Kilograms } from './quantity.ts';
import type { Instant } from './time.ts';

/** 投放 a step up that stayed · taken out again, not emptied · 清运 emptied */
export const WEIGHED_KINDS = ['deposit', 'withdrawal', 'collection'] as const;
export type WeighedKind = (typeof WEIGHED_KINDS)[number];

/** Who says so; of a collection that several tell of, whose kg it has. */
export const WITNESSES = ['weight', 'fill', 'tap'] as const;
export type Witness = (typeof WITNESSES)[number];

export const EVENT_FLAGS = [
  /** The weight came although the lid, which has a sensor, stayed shut. */
  'no-lid',
  'night',
  'heap',
  'off-hours',
  /** What differs between before and after a time without data: one event, however many there were. */
  'across-gap',
  /** A deposit that was out again within minutes: someone leaned on the bin, or threw the wrong bag. */
  'taken-back',
  /** A rise that only undoes a withdrawal of minutes ago: nobody threw anything in. */
  'put-back',
  /** Another container stands there now. */
  'swapped',
  /** The scale was set to zero under a standing container. */
  're-zeroed',
  /** A platform under several bins said it, and which bin it was is known from the bin itself. */
  'attributed',
  /** The same, and which bin it was is not known: `asset` is the platform. */
  'unattributed',
  /** Recorded at the station's display, which nobody is signed in to. */
  'unverified',
  /** A person took it back within seconds. */
  'undone',
] as const;
export type EventFlag = (typeof EVENT_FLAGS)[number];

export interface WeighedEvent {
  readonly kind: WeighedKind;
  /** The bin; the platform where it is not known which bin. */
  readonly asset: AssetId;
  /** The platform that told of it, where the bin is known from the bin itself. */
  readonly platform?: AssetId;
  /** When the weight, or the fill, began to be what it then stayed. */
  readonly at: Instant;
  /** Always above 0. */
  readonly kg?: Kilograms;
  /** Fill only: how much lower, of the bin's volume. */
  readonly litres?: number;
  /** 0…1 */
  readonly fillBefore?: number;
  readonly fillAfter?: number;
  /** What stands in the container after it, by the same scale. */
  readonly standsKg?: number;
  readonly by: Witness;
  /** Collection: all who tell of it, `by` among them. */
  readonly witnesses?: readonly Witness[];
  readonly estimated?: true;
  readonly device?: DeviceId;
  /** Withdrawal: the moments of the deposits that it takes back, which were told before. */
  readonly takesBack?: readonly Instant[];
  /** Withdrawal: the moment of the deposit that is less by it, because the rest went within minutes. */
  readonly reduces?: Instant;
  /** The same two: what it took beyond what it takes back or off them; below 0 where it took less. */
  readonly beyondKg?: number;
  /** Tap: who. */
  readonly person?: string;
  readonly note?: string;
  readonly flags?: readonly EventFlag[];
}

/** What a scale says; a fall by fill or a tap has no kg. */
export interface WeightEvent extends WeighedEvent {
  readonly kg: Kilograms;
}

/** The same event has the same id, however often it is told again. */
export const eventId = ({
  asset,
  platform = asset,
  at,
}: Pick<WeighedEvent, 'asset' | 'platform' | 'at'>): string => `${platform} ${at}`;

/** Whether it counts as something that somebody did. */
export const isCounted = ({ flags = [] }: Pick<WeighedEvent, 'flags'>): boolean =>
  !flags.some((flag) => flag === 'taken-back' || flag === 'put-back' || flag === 'undone');

/** What it alone adds to, or takes off, its day: what is out again, or never was, adds nothing. */
export function bookedKg({ kg, beyondKg, flags = [] }: WeighedEvent): number {
  return flags.includes('taken-back') || flags.includes('undone') ? 0 : (beyondKg ?? kg ?? 0);
}

export const eventIn = ({ body }: Happening): WeighedEvent => body as unknown as WeighedEvent;
