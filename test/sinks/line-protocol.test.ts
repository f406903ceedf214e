import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../gateway/domain/record.ts';
import { instant } from '../../gateway/domain/time.ts';
import { valuesOf } from '../../gateway/domain/values.ts';
import { createLines } from '../../gateway/sinks/line-bytes.ts';
import { lineOf, pointsOf, seriesNames } from '../../gateway/sinks/line-protocol.ts';
import { NOON, aSecondLater, bin, compoundOf, derivedOf, kiosk, readingOf } from './kiosk.ts';

const lines = (records: readonly LogRecord[], compound = kiosk): string[] =>
  pointsOf(records, seriesNames(compound)).points.map(lineOf);

const unfit = (records: readonly LogRecord[], compound = kiosk): string[] =>
  pointsOf(records, seriesNames(compound)).unfit.map(({ words }) => words);

describe('a record as a line', () => {
  it('names kind, tags in the order of their keys, field with its unit, and nanosecond', () => {
    expect(lines([readingOf(42)])).toEqual([
      'bin,asset=k1-wet,site=luyuan,station=k1,stream=wet fill_ratio=0.5 1793592000000000042',
    ]);
  });

  it('leaves out the tags that an asset has not', () => {
    expect(lines([readingOf(3, { asset: 'lamp-07', quantity: 'power', value: 28.4 })])).toEqual([
      'lamp,asset=lamp-07,site=luyuan power_w=28.4 1793592000000000003',
    ]);
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-12.5, '-12.5'],
    [104_522, '104522'],
    [1e-7, '1e-7'],
    [1e21, '1e+21'],
  ])('writes %s as the float %s', (value, text) => {
    expect(lines([readingOf(1, { value })])[0]).toContain(` fill_ratio=${text} `);
  });

  it('keeps the quantities of one message in one point, and what was derived from it', () => {
    expect(
      lines([
        readingOf(10, { quantity: 'distance', value: 412 }),
        readingOf(11, { quantity: 'gross', value: 31.25, part: 1 }),
        derivedOf(14, { origin: 10, value: 0.735 }),
      ]),
    ).toEqual([
      'bin,asset=k1-wet,site=luyuan,station=k1,stream=wet ' +
        'distance_mm=412,gross_kg=31.25,fill_ratio=0.735 1793592000000000010',
    ]);
  });

  it('keeps two messages of one millisecond two points', () => {
    expect(lines([readingOf(10), readingOf(11)])).toHaveLength(2);
  });

  it('gives the same point whichever batch a record comes in', () => {
    const [first, second] = [readingOf(10), readingOf(11, { quantity: 'gross', part: 1 })];
    const stampOf = (line: string | undefined) => line?.split(' ').at(-1);
    expect(stampOf(lines([second])[0])).toBe(stampOf(lines([first, second])[0]));
  });

  it('lets the later of two values of one field stand, for both records', () => {
    const batch = pointsOf([readingOf(10), derivedOf(12, { origin: 10 })], seriesNames(kiosk));
    expect(batch.points[0]?.fields).toEqual([
      { name: 'fill_ratio', value: '0.5', sequences: [10, 12] },
    ]);
  });

  it('holds a late reading at its own moment, like any other', () => {
    expect(lines([readingOf(1, { doubt: 'late' })])).toEqual(lines([readingOf(1)]));
  });

  it('leaves out what is no measurement and what is no value', () => {
    expect(
      pointsOf(
        [
          readingOf(1, { doubt: 'jump' }),
          readingOf(4, { doubt: 'bad-echo' }),
          { kind: 'tick', receivedAt: NOON, sequence: 2 },
          { kind: 'gateway', event: 'started', receivedAt: NOON, sequence: 3 },
        ],
        seriesNames(kiosk),
      ),
    ).toEqual({ points: [], unfit: [] });
  });
});

describe('a record that cannot be a line', () => {
  it('is told when its asset left the site file', () => {
    expect(unfit([readingOf(1, { asset: 'k9' })])).toEqual(['asset k9 is not in the site file']);
  });

  it.each(['a\nb', 'a\r', 'ab\\', 'a\\,b', 'a\\ b', 'a\\=b'])(
    'is told when its name would break the line: %j',
    (id) => {
      const broken = compoundOf(bin(id));
      expect(unfit([readingOf(1, { asset: id })], broken)).toHaveLength(1);
      expect(lines([readingOf(1, { asset: id })], broken)).toEqual([]);
    },
  );

  it.each([NaN, Infinity, -Infinity])('is told when its value is %s', (value) => {
    expect(unfit([readingOf(1, { value })])).toEqual(['fill is not a finite number']);
  });

  it.each([
    ['1970-01-01T00:00:00Z', false],
    ['2019-12-31T23:59:59.999Z', false],
    ['2020-01-01T00:00:00Z', true],
    ['2036-12-31T23:59:59.999Z', true],
    ['2037-01-01T00:00:00Z', false],
  ])('observed at %s: sent %s', (at, sent) => {
    const record = readingOf(1, { observedAt: instant(Date.parse(at)) });
    expect(lines([record])).toHaveLength(sent ? 1 : 0);
    expect(unfit([record])).toHaveLength(sent ? 0 : 1);
  });
});

describe('whatever the names and numbers', () => {
  // Ids of the site file are tamer; names that come from elsewhere may not be.
  const name = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter(isWritable);
  const awkward = fc.array(fc.constantFrom('a', '\\', ',', ' ', '='), { minLength: 1 });
  const names = fc.oneof(name, awkward.map((parts) => parts.join('')).filter(isWritable));
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });

  it('a line read back gives what was written', () => {
    fc.assert(
      fc.property(names, names, number, fc.nat(2 ** 40), (id, station, value, sequence) => {
        const compound = compoundOf(bin(id, { station }));
        const [line = ''] = lines([readingOf(sequence, { asset: id, value })], compound);
        const read = readLine(line);
        expect(read.measurement).toBe('bin');
        expect(read.tags).toEqual({ asset: id, site: 'luyuan', station, stream: 'wet' });
        expect(read.fields).toEqual({ fill_ratio: value === 0 ? 0 : value });
        expect(read.stamp).toBe(BigInt(NOON) * 1_000_000n + (BigInt(sequence) % 1_000_000n));
      }),
    );
  });

  it('points differ exactly where asset, moment or message differ', () => {
    const record = fc.record({
      sequence: fc.integer({ min: 1, max: 20 }),
      asset: fc.constantFrom('k1-wet', 'k1-dry'),
      observedAt: fc.constantFrom(NOON, aSecondLater),
    });
    const places = fc.uniqueArray(record, { selector: ({ sequence }) => sequence });
    fc.assert(
      fc.property(places, (changes) => {
        const written = lines(changes.map((change) => readingOf(change.sequence, change)));
        expect(new Set(written).size).toBe(changes.length);
      }),
    );
  });

  it('bytes at once keep a message in one line, and no field in it twice', () => {
    const records = [
      readingOf(10, { quantity: 'on', value: 1 }),
      readingOf(11, { quantity: 'gross', value: 31.25, part: 1 }),
      readingOf(12, { asset: 'gone', part: 2 }),
      readingOf(13, { quantity: 'net', value: 20, part: 3 }),
      derivedOf(14, { quantity: 'gross', value: 31, origin: 10 }),
      readingOf(15, { asset: 'lamp-07', quantity: 'power', value: 28.4 }),
    ];
    const { bytes } = createLines(seriesNames(kiosk))(valuesOf(records));
    const bin = 'bin,asset=k1-wet,site=luyuan,station=k1,stream=wet';
    expect(Buffer.from(bytes).toString().split('\n')).toEqual([
      `${bin} on=1,gross_kg=31.25,net_kg=20 1793592000000000010`,
      `${bin} gross_kg=31 1793592000000000010`,
      'lamp,asset=lamp-07,site=luyuan power_w=28.4 1793592000000000015',
    ]);
  });

  it('bytes at once say what the points say, field by field, and refuses the same', () => {
    const record = fc
      .record({
        step: fc.integer({ min: 1, max: 3 }),
        part: fc.integer({ min: 0, max: 2 }),
        kind: fc.constantFrom('reading' as const, 'reading' as const, 'derived' as const),
        asset: fc.constantFrom('k1-wet', 'k1-wet', 'k1-dry', 'lamp-07', 'gone'),
        quantity: fc.constantFrom('fill' as const, 'gross' as const, 'on' as const),
        value: fc.constantFrom(1, 2.5, -0, Number.NaN),
        observedAt: fc.constantFrom(NOON, NOON, aSecondLater, instant(0)),
        doubt: fc.constantFrom(undefined, undefined, 'jump' as const, 'late' as const),
      })
      .map(({ doubt, ...rest }) => ({ ...rest, ...(doubt && { doubt }) }));
    fc.assert(
      fc.property(fc.array(record), (changes) => {
        // No message begins before the log does.
        let sequence = 2;
        const records = changes.map(({ step, kind, part, doubt, ...change }): LogRecord => {
          sequence += step;
          if (kind === 'derived')
            return derivedOf(sequence, { ...change, origin: sequence - part });
          return readingOf(sequence, { ...change, part, ...(doubt && { doubt }) });
        });
        const names = seriesNames(kiosk);
        const { bytes, unfit } = createLines(names)(valuesOf(records));
        const text = Buffer.from(bytes).toString();
        const { points, unfit: refused } = pointsOf(records, names);
        expect(fieldsIn(text === '' ? [] : text.split('\n'))).toEqual(fieldsIn(points.map(lineOf)));
        expect(unfit).toEqual(refused);
      }),
    );
  });
});

/** As a server keeps them: the later of two values of one field of one point stands. */
function fieldsIn(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [series, fields = '', stamp] = line.split(' ');
      return fields.split(',').map((field) => {
        const [name, value = ''] = field.split('=');
        return [`${series} ${stamp} ${name}`, value];
      });
    }),
  );
}

function isWritable(text: string): boolean {
  return !/[\r\n]|\\$|\\[, =]/.test(text);
}

/** A reader of our own: three parts at bare spaces, tags at bare commas, a backslash guards one of these. */
function readLine(line: string) {
  const [series = '', fields = '', stamp = ''] = splitBare(line, ' ');
  const [measurement, ...tags] = splitBare(series, ',');
  const pairs = tags.map((tag) => splitBare(tag, '=').map(unescape));
  return {
    measurement,
    tags: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])),
    fields: Object.fromEntries(
      splitBare(fields, ',').map((field) => {
        const [key = '', value = ''] = field.split('=');
        return [key, Number(value)];
      }),
    ),
    stamp: BigInt(stamp),
  };
}

const unescape = (text: string): string => text.replace(/\\([, =])/g, '$1');

function splitBare(text: string, separator: string): string[] {
  const parts = [''];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    const isGuarded = text.charAt(index - 1) === '\\';
    if (letter === separator && !isGuarded) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}
