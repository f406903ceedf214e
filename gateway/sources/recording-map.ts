// The map file that says how someone else's recording is to be read: which column is the time, the
// asset, each quantity and in which unit. Text in, a map ready for use or every mistake at once out.
// Nothing about a recording is guessed: no unit, no zone, no order of day and month.
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { QUANTITIES, isQuantity } from '../domain/quantity.ts';
import type { Quantity } from '../domain/quantity.ts';
import { parseMapFile } from './map-file.ts';
import type { Finding, MapMistake } from './map-file.ts';
import { PATTERN_LETTERS, epochTime, isZone, isoTime, patternTime } from './recording-time.ts';
import type { ReadTime } from './recording-time.ts';
import { conversionOf, unitsOf } from './recording-units.ts';
import type { Convert } from './recording-units.ts';

export const RECORDING_FORMATS = ['csv', 'jsonl', 'geojson'] as const;

export interface RecordingMap {
  readonly format: (typeof RECORDING_FORMATS)[number];
  /** csv only. */
  readonly delimiter: string;
  readonly time: { readonly column: string; readonly read: ReadTime };
  readonly asset: { readonly column: string } | { readonly value: string };
  readonly quantities: readonly MappedQuantity[];
  /** Rows where one of these columns says something else are skipped. */
  readonly only: readonly (readonly [column: string, value: string])[];
}

export interface MappedQuantity {
  readonly quantity: Quantity;
  readonly column: string;
  readonly convert: Convert;
}

export { formatMapMistake } from './map-file.ts';
export type { MapMistake } from './map-file.ts';

export type ParsedMap =
  | { readonly kind: 'map'; readonly map: RecordingMap }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly MapMistake[] };

const closed = { additionalProperties: false } as const;
const Word = Type.String({ minLength: 1 });
const Said = Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] });

const MapFile = Type.Object(
  {
    format: Type.Enum(RECORDING_FORMATS),
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    time: Type.Object(
      {
        column: Word,
        pattern: Type.Optional(Word),
        zone: Type.Optional(Word),
        epoch: Type.Optional(Type.Enum(['s', 'ms'])),
      },
      closed,
    ),
    asset: Type.Object({ column: Type.Optional(Word), value: Type.Optional(Said) }, closed),
    quantities: Type.Record(Type.String(), Type.Object({ column: Word, unit: Word }, closed), {
      minProperties: 1,
    }),
    only: Type.Optional(Type.Record(Type.String(), Said)),
  },
  closed,
);
type MapFile = Static<typeof MapFile>;

export function parseRecordingMap(text: string): ParsedMap {
  const parsed = parseMapFile<MapFile>(text, () => MapFile, meaningOf);
  return parsed.kind === 'file' ? { kind: 'map', map: mapOf(parsed.file) } : parsed;
}

/** What the shape alone cannot say. */
const meaningOf = (file: MapFile): Finding[] => [
  ...meaningOfTime(file.time),
  ...meaningOfQuantities(file.quantities),
  ...((file.asset.column === undefined) === (file.asset.value === undefined)
    ? [{ path: ['asset'], what: 'must say either column or value' }]
    : []),
  ...(file.delimiter !== undefined && file.format !== 'csv'
    ? [{ path: ['delimiter'], what: `has no meaning in ${file.format}` }]
    : []),
];

function meaningOfTime({ pattern, zone, epoch }: MapFile['time']): Finding[] {
  const found: Finding[] = [];
  const say = (key: string, what: string): void => void found.push({ path: ['time', key], what });
  if (epoch !== undefined && pattern !== undefined) say('pattern', 'has no meaning beside epoch');
  if (epoch !== undefined && zone !== undefined) say('zone', 'has no meaning beside epoch');
  if (zone !== undefined && !isZone(zone)) say('zone', `${zone} is no zone; example Asia/Shanghai`);
  if (pattern === undefined || epoch !== undefined) return found;
  if (zone === undefined) say('zone', 'time without a zone; example Asia/Shanghai');
  if (patternTime(pattern, 'UTC') === undefined) {
    say('pattern', `needs year, month and day once each, of ${PATTERN_LETTERS}`);
  }
  return found;
}

function meaningOfQuantities(quantities: MapFile['quantities']): Finding[] {
  return Object.entries(quantities).flatMap(([quantity, { unit }]): Finding[] => {
    if (!isQuantity(quantity)) {
      const known = Object.keys(QUANTITIES).join(', ');
      return [{ path: ['quantities', quantity], what: `no quantity; known: ${known}` }];
    }
    if (conversionOf(quantity, unit)) return [];
    const what = `${quantity} cannot come in ${unit}; known: ${unitsOf(quantity).join(', ')}`;
    return [{ path: ['quantities', quantity, 'unit'], what }];
  });
}

function mapOf({
  format,
  delimiter = ',',
  time,
  asset,
  quantities,
  only = {},
}: MapFile): RecordingMap {
  return {
    format,
    delimiter,
    time: { column: time.column, read: readTimeOf(time) },
    asset: asset.column === undefined ? { value: String(asset.value) } : { column: asset.column },
    quantities: Object.entries(quantities).flatMap(([quantity, { column, unit }]) => {
      const convert = isQuantity(quantity) ? conversionOf(quantity, unit) : undefined;
      return isQuantity(quantity) && convert ? [{ quantity, column, convert }] : [];
    }),
    only: Object.entries(only).map(([column, value]) => [column, String(value)]),
  };
}

function readTimeOf({ pattern, zone, epoch }: MapFile['time']): ReadTime {
  if (epoch !== undefined) return epochTime(epoch);
  const byPattern = pattern && zone ? patternTime(pattern, zone) : undefined;
  return byPattern ?? isoTime(zone);
}
