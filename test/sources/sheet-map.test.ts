import { describe, expect, it } from 'vitest';
import { parseSheetMap } from '../../gateway/sources/sheet-map.ts';
import { weightUnit } from '../../gateway/sources/sheet-units.ts';

const HEAD = 'time: { column: month, pattern: yyyy-MM }\nperiod: month\nbasis: collected\n';
const ONE = 'streams: { wet: { column: kg, unit: kg } }\n';

const mistakesIn = (text: string): string[] => {
  const parsed = parseSheetMap(text);
  return parsed.kind === 'map'
    ? []
    : parsed.mistakes.map(({ line, path, what }) => `${line} ${path}: ${what}`);
};

describe('the map of a sheet', () => {
  it('names its columns as a mapping, as a list, or a load per row', () => {
    const listed =
      'streams:\n  - { stream: wet, column: a, unit: t }\n  - { stream: wet, column: b, unit: t }\n';
    const loads =
      'stream: { column: what, values: { 湿: wet } }\nweight: { column: kg, unit: kg }\n';
    for (const text of [ONE, listed, loads]) expect(mistakesIn(HEAD + text)).toEqual([]);
  });

  it.each([
    ['', '1 file: needs streams (a column each), or stream and weight (a load a row)'],
    [`${ONE}stream: { value: wet }\n`, '5 stream: has no meaning beside streams'],
    [
      'streams: { wet: { column: a, unit: tons } }',
      '4 streams.wet.unit: tons may be 907, 1000 or 1016 kg: say short t, t or long t',
    ],
    [
      'streams: { food: { column: a, unit: kg } }',
      '4 streams.food: food is no stream; known: wet, dry, recyclable, hazardous',
    ],
    [
      'streams: { wet: { column: a, unit: kg }, dry: { column: a, unit: kg } }',
      '4 streams.dry.column: a would be counted twice',
    ],
    [
      'stream: { column: a, values: { X: foo } }\nweight: { column: b, unit: kg }',
      '4 stream.values.X: foo is no stream; known: wet, dry, recyclable, hazardous',
    ],
    [`${ONE}station: { column: a, value: b }`, '5 station: must say either column or value'],
    [`${ONE}delimeter: ";"`, '5 delimeter: not a key of a map file here'],
  ])('%j is a mistake, said at its line', (text, mistake) => {
    expect(mistakesIn(HEAD + text)).toEqual([mistake]);
  });

  it.each([
    [
      'period: day\ntime: { column: m, pattern: yyyy-MM }',
      'time.pattern: names no day: a month is never spread over days; say period: month',
    ],
    [
      'period: day\ntime: { column: m, pattern: "yyyy-MM-dd HH:mm" }',
      'time.zone: time without a zone; example Asia/Shanghai',
    ],
    [
      'period: day\ntime: { column: m, zone: Mars }',
      'time.zone: Mars is no zone; example Asia/Shanghai',
    ],
    ['period: week\ntime: { column: m }', 'period: must be one of day, month'],
  ])('%j is a mistake', (text, mistake) => {
    const [first = ''] = mistakesIn(`basis: collected\n${ONE}${text}\n`);
    expect(first.replace(/^\d+ /, '')).toBe(mistake);
  });
});

it.each([
  ['kg', 1],
  ['公斤', 1],
  ['斤', 0.5],
  ['g', 0.001],
  ['t', 1000],
  ['吨', 1000],
  ['lb', 0.45359237],
  ['Pounds', 0.45359237],
  ['short t', 907.18474],
  ['short tons', 907.18474],
  ['short-ton', 907.18474],
  ['long t', 1016.0469088],
])('a %s is %d kg', (unit, kg) => expect(weightUnit(unit)?.(1)).toBe(kg));
