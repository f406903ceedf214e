// How a record of the log is written as a point of InfluxDB. Pure: same records in, same text out.
//
// A point's identity is its series (kind and tags) and its nanosecond: the record's millisecond,
// filled up with the sequence of the message it came in. So the quantities of one message share one
// point, two messages in one millisecond stay two, and sending again overwrites itself.
// That holds only while nothing else enters the nanosecond: no clock, no counter of our own.
import type { Asset, AssetId, Compound } from '../domain/asset.ts';
import { QUANTITIES } from '../domain/quantity.ts';
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { Instant } from '../domain/time.ts';
import { isValue, messageOf, type Valued, type ValueTold } from '../domain/values.ts';

export interface Point {
  /** Measurement and tags, escaped. */
  readonly series: string;
  /** Nanoseconds since 1970 as text: a number would round them. */
  readonly stamp: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly value: string;
  /** The records that it came from; of several that fall on one field the last is written. */
  readonly sequences: readonly Sequence[];
}

/** A record that cannot be a point, and why, in words. */
export interface Unfit {
  readonly sequence: Sequence;
  readonly words: string;
}

export interface Batch {
  readonly points: readonly Point[];
  readonly unfit: readonly Unfit[];
}

/** Each asset's series; undefined where its names cannot be written. */
export type SeriesNames = ReadonlyMap<AssetId, string | undefined>;

/**
 * A clock that was never set says 1970 or 2106. InfluxDB takes such a point without a word, and
 * nobody finds it again. This program is not run for longer than ten years after it was made.
 */
const MADE_IN = 2026;
const EARLIEST = Date.UTC(2020, 0, 1);
const LATEST = Date.UTC(MADE_IN + 11, 0, 1);
export const MESSAGES_PER_MS = 1_000_000;

export function seriesNames(compound: Compound): SeriesNames {
  return new Map(
    [...compound.assets.values()].map((asset) => [asset.id, seriesOf(asset, compound.place.id)]),
  );
}

/** Points of everything in `records` that is a believed value, in the order of the log. */
export function pointsOf(records: readonly LogRecord[], names: SeriesNames): Batch {
  const points = new Map<string, { series: string; stamp: string; fields: Map<string, Field> }>();
  const unfit: Unfit[] = [];
  for (const record of records) {
    if (!isValue(record)) continue;
    const series = names.get(record.asset);
    const words = whyUnfit(record, names);
    if (words !== undefined || series === undefined) {
      unfit.push({ sequence: record.sequence, words: words ?? '' });
      continue;
    }
    const stamp = stampOf(record);
    const key = `${series} ${stamp}`;
    const point = points.get(key) ?? { series, stamp, fields: new Map<string, Field>() };
    points.set(key, point);
    const field = fieldOf(record);
    const before = point.fields.get(field.name)?.sequences ?? [];
    point.fields.set(field.name, { ...field, sequences: [...before, ...field.sequences] });
  }
  return {
    points: [...points.values()].map((point) => ({ ...point, fields: [...point.fields.values()] })),
    unfit,
  };
}

export const lineOf = ({ series, fields, stamp }: Point): string =>
  `${series} ${fields.map(({ name, value }) => `${name}=${value}`).join(',')} ${stamp}`;

/** Why a value cannot be in a line; undefined where it can. */
export function whyUnfit(
  told: Pick<ValueTold, 'asset' | 'quantity' | 'value' | 'observedAt'>,
  names: SeriesNames,
): string | undefined {
  const { asset, observedAt, value } = told;
  if (!names.has(asset)) return `asset ${asset} is not in the site file`;
  if (names.get(asset) === undefined)
    return `asset ${JSON.stringify(asset)}: a name that no line can hold`;
  if (!Number.isFinite(value)) return `${told.quantity} is not a finite number`;
  if (isInTime(observedAt)) return undefined;
  return `time outside 2020 to ${MADE_IN + 10}: ${observedAt} ms since 1970`;
}

export const isInTime = (at: Instant): boolean => at >= EARLIEST && at < LATEST;

function stampOf(record: Valued): string {
  const below = String(MESSAGES_PER_MS + (messageOf(record) % MESSAGES_PER_MS)).slice(1);
  return `${Math.trunc(record.observedAt)}${below}`;
}

/** A number without a suffix is a float, whether or not it has a point in it. */
const fieldOf = ({ quantity, value, sequence }: Valued): Field => ({
  name: QUANTITIES[quantity].field,
  value: String(value),
  sequences: [sequence],
});

function seriesOf(asset: Asset, site: string): string | undefined {
  const tags: readonly (readonly [key: string, value: string])[] = [
    ['asset', asset.id],
    ['site', site],
    ['station', 'station' in asset ? asset.station : ''],
    ['stream', 'stream' in asset ? asset.stream : ''],
  ];
  const written = tags.filter(([, value]) => value !== '');
  if (written.some(([, value]) => UNWRITABLE.test(value))) return undefined;
  return [asset.kind, ...written.map(([key, value]) => `${key}=${escapeTag(value)}`)].join(',');
}

const escapeTag = (text: string): string => text.replace(/[, =]/g, '\\$&');

/**
 * A line break ends the line. A backslash stands for itself, doubled it would be stored twice; but
 * at the end, or before what is escaped, servers differ on whether the separator still counts.
 */
const UNWRITABLE = /[\r\n]|\\(?:[, =]|$)/;
