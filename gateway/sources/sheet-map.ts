// The map file of a tonnage sheet or a weigh log: which column is the time, which ones hold weights,
// of what and in which unit. Text in, a map ready for use or every mistake at once out.
//
//   streams: one column per stream         tonnage sheets     month │ wet t │ dry t
//   stream + weight: one load per row      weigh logs         time │ what │ kg
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { STREAMS, type Stream } from '../domain/asset.ts';
import { BASES, type Basis } from '../domain/ledger.ts';
import { parseMapFile, type Finding, type MapMistake } from './map-file.ts';
import { PATTERN_LETTERS, isZone, namesPart, patternShape } from './recording-time.ts';
import type { Convert } from './recording-units.ts';
import type { DecimalSign } from './sheet-number.ts';
import type { SheetTime } from './sheet-period.ts';
import { weightUnit, weightUnits } from './sheet-units.ts';

const SHEET_FORMATS = ['csv', 'xlsx', 'jsonl'] as const;
const SHEET_ENCODINGS = ['utf-8', 'utf-16le', 'gb18030', 'windows-1252'] as const;

export interface SheetMap {
  /** By the file's first bytes where absent. */
  readonly format?: (typeof SHEET_FORMATS)[number];
  readonly delimiter: string;
  readonly encoding?: (typeof SHEET_ENCODINGS)[number];
  /** xlsx: the sheet's name; the first where absent. */
  readonly sheet?: string;
  /** The line that names the columns, from 1; those before it are titles. */
  readonly headerRow: number;
  /** Shown by the column itself where absent. */
  readonly decimal?: DecimalSign;
  readonly source: string;
  readonly time: SheetTime & { readonly column: string };
  readonly span: 'day' | 'month';
  readonly basis: Basis;
  readonly weights: readonly SheetWeight[];
  readonly station?: Chosen;
  /** Columns whose cells tell one row from another; without them the row's place among its like. */
  readonly key?: readonly string[];
  readonly only: readonly (readonly [column: string, value: string])[];
}

export interface SheetWeight {
  readonly column: string;
  readonly unit: string;
  readonly convert: Convert;
  readonly stream: Chosen;
}

/** One for all rows, or as a column says: by its own words, or by those that the map gives for them. */
export type Chosen =
  | { readonly value: string }
  | { readonly column: string; readonly values: ReadonlyMap<string, string> };

export type ParsedSheetMap =
  | { readonly kind: 'map'; readonly map: SheetMap }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly MapMistake[] };

const closed = { additionalProperties: false } as const;
const Word = Type.String({ minLength: 1 });
const Said = Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] });
const ChosenIn = Type.Object(
  {
    column: Type.Optional(Word),
    value: Type.Optional(Said),
    values: Type.Optional(Type.Record(Type.String(), Word)),
  },
  closed,
);
const StreamWord = Type.Enum(STREAMS);
const Column = { column: Word, unit: Word };

const KEYS = {
  format: Type.Optional(Type.Enum(SHEET_FORMATS)),
  delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
  encoding: Type.Optional(Type.Enum(SHEET_ENCODINGS)),
  sheet: Type.Optional(Word),
  headerRow: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  decimal: Type.Optional(Type.Enum(['.', ','])),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  time: Type.Object(
    {
      column: Word,
      pattern: Type.Optional(Word),
      zone: Type.Optional(Word),
      epoch: Type.Optional(Type.Enum(['s', 'ms'])),
    },
    closed,
  ),
  period: Type.Enum(['day', 'month']),
  basis: Type.Enum(BASES),
  stream: Type.Optional(ChosenIn),
  weight: Type.Optional(Type.Object(Column, closed)),
  station: Type.Optional(ChosenIn),
  key: Type.Optional(Type.Array(Word, { minItems: 1 })),
  only: Type.Optional(Type.Record(Type.String(), Said)),
};
/** `streams` may be a list, or a mapping whose keys are streams or say theirs. */
const ListedStreams = Type.Array(Type.Object({ ...Column, stream: StreamWord }, closed), {
  minItems: 1,
});
const NamedStreams = Type.Record(
  Type.String(),
  Type.Object({ ...Column, stream: Type.Optional(StreamWord) }, closed),
  { minProperties: 1 },
);
const WithList = Type.Object({ ...KEYS, streams: Type.Optional(ListedStreams) }, closed);
const WithNames = Type.Object({ ...KEYS, streams: Type.Optional(NamedStreams) }, closed);
type SheetFile = Static<typeof WithList> | Static<typeof WithNames>;
type NamedStream = Static<typeof NamedStreams>[string];

export function parseSheetMap(text: string): ParsedSheetMap {
  const parsed = parseMapFile<SheetFile>(text, shapeFor, meaningOf);
  return parsed.kind === 'file' ? { kind: 'map', map: mapOf(parsed.file) } : parsed;
}

const shapeFor = (file: unknown) => {
  const isNamed = typeof file === 'object' && file !== null && 'streams' in file;
  return isNamed && Array.isArray(file.streams) ? WithList : WithNames;
};

/** What the shape alone cannot say. */
const meaningOf = (file: SheetFile): Finding[] => [
  ...meaningOfTime(file),
  ...meaningOfWeights(file),
  ...meaningOfChosen('station', file.station),
];

function meaningOfTime({ time: { pattern, zone, epoch }, period }: SheetFile): Finding[] {
  const found: Finding[] = [];
  const say = (key: string, what: string): void => void found.push({ path: ['time', key], what });
  if (epoch !== undefined && pattern !== undefined) say('pattern', 'has no meaning beside epoch');
  if (zone !== undefined && !isZone(zone)) say('zone', `${zone} is no zone; example Asia/Shanghai`);
  if (pattern === undefined || epoch !== undefined) return found;
  const shape = patternShape(pattern);
  if (!shape || !namesPart(shape, 'year') || !namesPart(shape, 'month')) {
    say('pattern', `needs year and month once each, of ${PATTERN_LETTERS}`);
    return found;
  }
  if (period === 'day' && !namesPart(shape, 'day')) {
    say('pattern', 'names no day: a month is never spread over days; say period: month');
  }
  if (namesPart(shape, 'hour') && zone === undefined) {
    say('zone', 'time without a zone; example Asia/Shanghai');
  }
  return found;
}

function meaningOfWeights({ streams, stream, weight }: SheetFile): Finding[] {
  if (streams && (stream || weight)) {
    const path = [stream ? 'stream' : 'weight'];
    return [{ path, what: 'has no meaning beside streams' }];
  }
  if (!streams && !(stream && weight)) {
    return [
      { path: [], what: 'needs streams (a column each), or stream and weight (a load a row)' },
    ];
  }
  if (!streams) {
    return [
      ...meaningOfUnit(['weight', 'unit'], weight?.unit),
      ...meaningOfChosen('stream', stream),
    ];
  }
  const columns = Object.values(streams).map(({ column }: NamedStream) => column);
  return Object.entries(streams).flatMap(([name, one]: [string, NamedStream], index) => [
    ...meaningOfUnit(['streams', name, 'unit'], one.unit),
    ...(columns.indexOf(one.column) < index
      ? [{ path: ['streams', name, 'column'], what: `${one.column} would be counted twice` }]
      : []),
    ...(isStream(one.stream ?? name) ? [] : [noStream(['streams', name], name)]),
  ]);
}

function meaningOfUnit(path: readonly string[], unit = ''): Finding[] {
  if (weightUnit(unit)) return [];
  const known = weightUnits().join(', ');
  const isVague = /^tons?$/i.test(unit.trim());
  const what = isVague
    ? `${unit} may be 907, 1000 or 1016 kg: say short t, t or long t`
    : `no weight comes in ${unit}; known: ${known}`;
  return [{ path, what }];
}

function meaningOfChosen(key: 'stream' | 'station', chosen: SheetFile['stream']): Finding[] {
  if (!chosen) return [];
  if ((chosen.column === undefined) === (chosen.value === undefined)) {
    return [{ path: [key], what: 'must say either column or value' }];
  }
  if (key === 'station') return [];
  const own = chosen.value === undefined ? [] : [[['value'], String(chosen.value)] as const];
  const given = Object.entries(chosen.values ?? {}).map(
    ([said, word]) => [['values', said], word] as const,
  );
  return [...own, ...given]
    .filter(([, word]) => !isStream(word))
    .map(([path, word]) => noStream([key, ...path], word));
}

const isStream = (word: string): word is Stream => STREAMS.some((stream) => stream === word);
const noStream = (path: readonly string[], word: string): Finding => ({
  path,
  what: `${word} is no stream; known: ${STREAMS.join(', ')}`,
});

/** What a map that names no source says: sheets of one shape are then one source. */
const UNNAMED = 'sheet';

function mapOf(file: SheetFile): SheetMap {
  const { time, period, streams, stream, weight, station, only = {}, ...rest } = file;
  const { delimiter = ',', headerRow = 1, source = UNNAMED, ...plain } = rest;
  return {
    ...plain,
    delimiter,
    headerRow,
    source,
    time,
    span: period,
    weights: streams ? columnsOf(streams) : weight && stream ? [loadOf(weight, stream)] : [],
    ...(station && { station: chosenOf(station) }),
    only: Object.entries(only).map(([column, value]) => [column, String(value)]),
  };
}

const columnsOf = (streams: NonNullable<SheetFile['streams']>): SheetWeight[] =>
  Object.entries(streams).map(([name, one]: [string, NamedStream]) =>
    weightOf(one, { value: one.stream ?? name }),
  );

const loadOf = (
  weight: NonNullable<SheetFile['weight']>,
  stream: NonNullable<SheetFile['stream']>,
) => weightOf(weight, chosenOf(stream));

/** `meaningOf` has refused every unit that has no conversion. */
const weightOf = ({ column, unit }: NamedStream, stream: Chosen): SheetWeight => ({
  column,
  unit,
  convert: weightUnit(unit) ?? ((value) => value),
  stream,
});

const chosenOf = ({ column, value, values = {} }: NonNullable<SheetFile['stream']>): Chosen =>
  column === undefined
    ? { value: String(value) }
    : { column, values: new Map(Object.entries(values)) };
