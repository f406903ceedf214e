// What one quantity of one asset last said: the memory that order and jump are judged by.
// Bounded by the site: one trace per asset and quantity, and both lists are finite. The newest numbers
// of all stand in one buffer, those of one device mostly side by side: they change with every reading,
// and with a thousand devices each object on the way to them would have to come from far away.
import type { AssetId } from '../domain/asset.ts';
import type { Quantity } from '../domain/quantity.ts';
import { instant, moved, type Instant } from '../domain/time.ts';

export interface Point {
  readonly value: number;
  readonly observedAt: Instant;
  /** Whose clock dated it; the device's where nothing is said. */
  readonly by?: 'device' | 'receipt';
}

export interface Trace {
  /** The newest reading that was accepted without doubt. */
  readonly believed: Point;
  /** A jump that the next reading may bear out. */
  readonly suspect?: Point;
}

/** When a value was observed, and by whose clock. */
export type Dated = Required<Pick<Point, 'observedAt' | 'by'>>;

/** Where a trace is kept: the same for one asset's quantity as long as the gateway runs. */
export type TracePlace = number;

export interface Traces {
  placeOf(asset: AssetId, quantity: Quantity): TracePlace;
  /** When what is believed was observed; undefined where nothing is yet. */
  believedAt(place: TracePlace): Instant | undefined;
  of(place: TracePlace): Trace | undefined;
  /** A reading is believed; whatever was suspected before it is forgotten. */
  believe(place: TracePlace, value: number, dated: Dated): void;
  /** Nothing where nothing is believed yet. */
  suspect(place: TracePlace, value: number, dated: Dated): void;
  /** Our own clock was put right by so much; what devices dated themselves has nothing to do with it. */
  move(byMs: number): void;
}

export function createTraces(): Traces {
  const places = new Map<AssetId, Map<Quantity, TracePlace>>();
  const newest = createNewest();
  const suspects = new Map<TracePlace, Point>();
  return {
    placeOf(asset, quantity) {
      const ofAsset = madeOnce(places, asset, () => new Map<Quantity, TracePlace>());
      return madeOnce(ofAsset, quantity, () => newest.open());
    },
    believedAt: newest.momentOf,
    of(place) {
      const believed = newest.pointOf(place);
      const suspect = suspects.get(place);
      return believed && { believed, ...(suspect && { suspect }) };
    },
    believe(place, value, dated) {
      newest.put(place, value, dated);
      if (suspects.size > 0) suspects.delete(place);
    },
    suspect(place, value, { observedAt, by }) {
      if (newest.momentOf(place) !== undefined) suspects.set(place, { value, observedAt, by });
    },
    move(byMs) {
      newest.move(byMs);
      for (const [place, point] of suspects)
        if (point.by === 'receipt')
          suspects.set(place, { ...point, observedAt: moved(point.observedAt, byMs) });
    },
  };
}

/** Of each place a value, its moment (NaN where nothing is believed) and whose clock dated it. */
const [VALUE, MOMENT, CLOCK, NUMBERS] = [0, 1, 2, 3];
const [DEVICES, OURS] = [0, 1];
const FEWEST = 64;

function createNewest() {
  let numbers = new Float64Array(FEWEST * NUMBERS).fill(NaN);
  let used = 0;

  const momentOf = (place: TracePlace): Instant | undefined => {
    const moment = numbers[place * NUMBERS + MOMENT] as number;
    return Number.isNaN(moment) ? undefined : instant(moment);
  };

  return {
    momentOf,
    open(): TracePlace {
      if (used * NUMBERS === numbers.length) {
        const before = numbers;
        numbers = new Float64Array(2 * before.length).fill(NaN);
        numbers.set(before);
      }
      return used++;
    },
    pointOf(place: TracePlace): Point | undefined {
      const observedAt = momentOf(place);
      if (observedAt === undefined) return undefined;
      const at = place * NUMBERS;
      const by = numbers[at + CLOCK] === OURS ? 'receipt' : 'device';
      return { value: numbers[at + VALUE] as number, observedAt, by };
    },
    put(place: TracePlace, value: number, { observedAt, by }: Dated): void {
      const at = place * NUMBERS;
      numbers[at + VALUE] = value;
      numbers[at + MOMENT] = observedAt;
      numbers[at + CLOCK] = by === 'receipt' ? OURS : DEVICES;
    },
    move(byMs: number): void {
      for (let at = 0; at < numbers.length; at += NUMBERS)
        if (numbers[at + CLOCK] === OURS)
          numbers[at + MOMENT] = (numbers[at + MOMENT] as number) + byMs;
    },
  };
}

function madeOnce<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
