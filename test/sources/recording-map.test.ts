import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { formatMapMistake, parseRecordingMap } from '../../gateway/sources/recording-map.ts';
import type { RecordingMap } from '../../gateway/sources/recording-map.ts';
import { epochTime, isoTime, patternTime } from '../../gateway/sources/recording-time.ts';
import type { ReadTime } from '../../gateway/sources/recording-time.ts';
import { conversionOf, unitsOf } from '../../gateway/sources/recording-units.ts';

const mistakes = (text: string): string[] => {
  const parsed = parseRecordingMap(text);
  if (parsed.kind === 'map') return [];
  return parsed.mistakes.map((mistake) => formatMapMistake('map.yaml', mistake));
};
const mapOf = (text: string): RecordingMap => {
  const parsed = parseRecordingMap(text);
  if (parsed.kind === 'map') return parsed.map;
  throw new Error(JSON.stringify(parsed.mistakes));
};

const GOOD = `
format: csv
delimiter: ";"
time: { column: timesTamp, pattern: "yyyy-MM-dd HH:mm:ss", zone: Australia/Sydney }
asset: { column: binId }
quantities:
  fill: { column: currentFillLevel, unit: "%" }
only: { "Lid Status": CLOSED, door: 0 }
`;

describe('a map file', () => {
  it('says how a recording is to be read', () => {
    const map = mapOf(GOOD);
    expect(map).toMatchObject({
      format: 'csv',
      delimiter: ';',
      time: { column: 'timesTamp' },
      asset: { column: 'binId' },
      quantities: [{ quantity: 'fill', column: 'currentFillLevel' }],
      only: [
        ['Lid Status', 'CLOSED'],
        ['door', '0'],
      ],
    });
    expect(map.quantities[0]?.convert(57)).toBe(0.57);
  });

  it('tells all its mistakes at once, each with its place', () => {
    const text = `format: xml
time: { column: t, patern: "yyyy" }
asset: {}
quantities:
  fill: { column: a }
extra: 1
`;
    expect(mistakes(text)).toEqual([
      'map.yaml:1:9 format: must be one of csv, jsonl, geojson',
      'map.yaml:2:28 time.patern: not a key of a map file here',
      'map.yaml:5:9 quantities.fill.unit: missing',
      'map.yaml:6:8 extra: not a key of a map file here',
    ]);
  });

  it.each([
    [
      'no zone with a pattern',
      GOOD.replace(', zone: Australia/Sydney', ''),
      'time.zone: time without a zone',
    ],
    [
      'a zone that is none',
      GOOD.replace('Australia/Sydney', 'Mars/Olympus'),
      'time.zone: Mars/Olympus is no zone',
    ],
    ['a pattern with a strange letter', GOOD.replace('HH:mm', 'hh:mm'), 'time.pattern: needs year'],
    ['a pattern with two months', GOOD.replace('dd HH:mm', 'dd HH:MM'), 'time.pattern: needs year'],
    [
      'a pattern beside an epoch',
      GOOD.replace('zone: Australia/Sydney', 'epoch: s'),
      'time.pattern: has no meaning',
    ],
    [
      'an asset twice',
      GOOD.replace('column: binId', 'column: binId, value: a'),
      'asset: must say either',
    ],
    ['an asset not at all', GOOD.replace('column: binId', ''), 'asset: must say either'],
    [
      'a quantity that nobody measures',
      GOOD.replace('fill:', 'fulness:'),
      'quantities.fulness: no quantity',
    ],
    [
      'a unit of something else',
      GOOD.replace('"%"', 'kg'),
      'quantities.fill.unit: fill cannot come in kg',
    ],
    ['a delimiter in JSON', GOOD.replace('csv', 'jsonl'), 'delimiter: has no meaning in jsonl'],
    ['a delimiter of two', GOOD.replace('";"', '";;"'), 'delimiter: must not have more than 1'],
    [
      'no quantity',
      GOOD.replace(/quantities:\n.*\n/, 'quantities: {}\n'),
      'quantities: must not have fewer than 1',
    ],
    ['a list in only', GOOD.replace('CLOSED', '[a]'), 'only.Lid Status: must be'],
    ['broken YAML', 'format: [csv', 'file: '],
    ['an empty file', '', 'file: must be object'],
    ['a list', '- a', 'file: must be object'],
  ])('%s is a mistake', (_title, text, expected) => {
    const told = mistakes(text);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(expected);
    expect(told[0]).toMatch(/^map\.yaml:\d+:\d+ /);
  });
});

const at = (read: ReadTime, text: string): string => {
  const reading = read(text);
  return reading.kind === 'read' ? new Date(reading.at).toISOString() : reading.kind;
};

describe('a time', () => {
  it.each([
    ['2021-08-21T18:09:30Z', undefined, '2021-08-21T18:09:30.000Z'],
    ['2021-08-21T18:09:30.123456+10:00', undefined, '2021-08-21T08:09:30.123Z'],
    ['2021-08-21 18:09:30+1000', 'Asia/Shanghai', '2021-08-21T08:09:30.000Z'],
    ['2021-08-21T18:09', 'Australia/Melbourne', '2021-08-21T08:09:00.000Z'],
    ['2021-08-21', 'Asia/Shanghai', '2021-08-20T16:00:00.000Z'],
    ['2021-08-21T18:09', undefined, 'no-zone'],
    ['2021-08-21', undefined, 'no-zone'],
    ['2021-02-30T00:00:00Z', undefined, 'unreadable'],
    ['2021-08-21T25:00', 'UTC', 'unreadable'],
    ['yesterday', 'UTC', 'unreadable'],
    ['', 'UTC', 'unreadable'],
  ])('in ISO 8601, %s read in %s, is %s', (text, zone, expected) => {
    expect(at(isoTime(zone), text)).toBe(expected);
  });

  it.each([
    ['1636860998', 's', '2021-11-14T03:36:38.000Z'],
    ['1636860998.448', 's', '2021-11-14T03:36:38.448Z'],
    ['1636860998448', 'ms', '2021-11-14T03:36:38.448Z'],
    ['1e9', 's', 'unreadable'],
    ['', 's', 'unreadable'],
    ['soon', 'ms', 'unreadable'],
  ] as const)('as an epoch, %s in %s, is %s', (text, unit, expected) => {
    expect(at(epochTime(unit), text)).toBe(expected);
  });

  it.each([
    ['yyyy-MM-dd HH:mm:ss', '2021-09-22 00:00:04', '2021-09-21T14:00:04.000Z'],
    ['d/M/yyyy H:mm', '3/10/2021 9:05', '2021-10-02T22:05:00.000Z'],
    ['dd.MM.yyyy', '22.09.2021', '2021-09-21T14:00:00.000Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS", '2021-09-22T00:00:04.250', '2021-09-21T14:00:04.250Z'],
    ['yyyyMMdd', '20210922', '2021-09-21T14:00:00.000Z'],
    ['dd.MM.yyyy', '22x09x2021', 'unreadable'],
    ['yyyy-MM-dd', '2021-13-01', 'unreadable'],
    ['yyyy-MM-dd', '2021-09-22 00:00', 'unreadable'],
  ])('by the pattern %s, %s in Sydney is %s', (pattern, text, expected) => {
    const read = patternTime(pattern, 'Australia/Sydney');
    expect(read && at(read, text)).toBe(expected);
  });

  it('that summer time skips is read as if the clock had stayed, one that it repeats as the first', () => {
    const sydney = patternTime('yyyy-MM-dd HH:mm', 'Australia/Sydney');
    expect(sydney && at(sydney, '2021-10-03 02:30')).toBe('2021-10-02T16:30:00.000Z');
    expect(sydney && at(sydney, '2021-04-04 02:30')).toBe('2021-04-03T15:30:00.000Z');
  });
});

describe('a unit', () => {
  it.each<[number, Quantity, string, number]>([
    [57, 'fill', '%', 0.57],
    [8, 'fill', '/10', 0.8],
    [0.4, 'fill', 'ratio', 0.4],
    [13, 'distance', 'cm', 130],
    [1.25, 'distance', 'm', 1250],
    [412, 'distance', 'mm', 412],
    [31_250, 'gross', 'g', 31.25],
    [2, 'net', 't', 2000],
    [10_000, 'net', 'lb', 4535.9237],
    [3600, 'battery', 'mV', 3.6],
    [95, 'batteryLevel', '%', 0.95],
    [212, 'temperature', '°F', 100],
    [-40, 'temperature', '°F', -40],
    [1500, 'energy', 'Wh', 1.5],
    [1.2, 'power', 'kW', 1200],
    [0.03, 'leak', 'A', 30],
    [1.5, 'volume', 'm³', 1500],
    [2, 'flow', 'L/min', 120],
  ])('%d of %s in %s is %d of ours', (value, quantity, unit, ours) => {
    expect(conversionOf(quantity, unit)?.(value)).toBeCloseTo(ours, 9);
  });

  it('that nobody wrote down is none', () => {
    for (const quantity of Object.keys(QUANTITIES) as Quantity[]) {
      expect(conversionOf(quantity, 'constructor')).toBeUndefined();
      expect(conversionOf(quantity, '')).toBeUndefined();
      for (const unit of unitsOf(quantity)) expect(conversionOf(quantity, unit)).toBeDefined();
    }
  });
});
