// Readings of one block, gathered into the minutes, hours and days that they lie in. Each reading is
// looked at once, for its minute; hours and days are put together from the minutes, which no border
// of either cuts in two.
import type { SiteDays } from '../domain/day.ts';
import type { FloorTable } from './floors.ts';
import type { Rollup } from './grain.ts';
import type { Bucket } from './rollup-tables.ts';
import { ROLLUPS, bordersOf } from './grain.ts';
import { mergeInto } from './rollup-tables.ts';

/** Column by column: number n of each is one reading. */
export interface Measured {
  readonly series: number[];
  readonly observed: number[];
  readonly value: number[];
}

/** In the order of the tables, so that each page is found, changed and left once. */
export type Buckets = Readonly<Record<Rollup, readonly Bucket[]>>;

type Gathered = Map<number, Bucket>;

export function bucketsOf(
  measured: readonly Measured[],
  floors: FloorTable,
  siteDays: SiteDays,
): Buckets {
  const minutes: Gathered = new Map();
  for (const some of measured) addMinutes(minutes, some);
  const kept = (grain: Rollup, gathered: Gathered): Bucket[] => {
    const { unit } = ROLLUPS[grain];
    return [...gathered]
      .filter(([, { start }]) => start * unit >= floors.of(grain))
      .toSorted(([a], [b]) => a - b)
      .map(([, bucket]) => bucket);
  };
  return {
    minute: kept('minute', minutes),
    hour: kept('hour', coarser(minutes, 'hour', siteDays)),
    day: kept('day', coarser(minutes, 'day', siteDays)),
  };
}

const MINUTE = ROLLUPS.minute.unit;
/** Series and start in one number: both stay far below what a double counts exactly. */
const STARTS = 2 ** 32;

function addMinutes(minutes: Gathered, { series: of, observed, value: values }: Measured): void {
  for (let n = 0; n < of.length; n += 1) {
    const [series, moment, value] = [of[n] as number, observed[n] as number, values[n] as number];
    const start = Math.floor(moment / MINUTE);
    const at = moment - start * MINUTE;
    const bucket = minutes.get(series * STARTS + start);
    if (bucket) addTo(bucket, value, at);
    else {
      const [sum, least, most, last] = [value, value, value, value];
      gather(minutes, { series, start, count: 1, sum, least, most, last, at });
    }
  }
}

/** Of two values of one moment, the one that came later is the last. */
function addTo(bucket: Bucket, value: number, at: number): void {
  bucket.count += 1;
  bucket.sum += value;
  if (value < bucket.least) bucket.least = value;
  if (value > bucket.most) bucket.most = value;
  if (at < bucket.at) return;
  bucket.last = value;
  bucket.at = at;
}

function coarser(minutes: Gathered, grain: 'hour' | 'day', siteDays: SiteDays): Gathered {
  const { unit } = ROLLUPS[grain];
  const { floor } = bordersOf(grain, siteDays);
  const wide: Gathered = new Map();
  for (const minute of minutes.values()) {
    const begins = minute.start * MINUTE;
    const wideBegins = floor(begins);
    gather(wide, { ...minute, start: wideBegins / unit, at: begins + minute.at - wideBegins });
  }
  return wide;
}

function gather(buckets: Gathered, one: Bucket): void {
  const key = one.series * STARTS + one.start;
  const bucket = buckets.get(key);
  if (bucket) mergeInto(bucket, one);
  else buckets.set(key, one);
}
