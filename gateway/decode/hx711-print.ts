// What Arduino sketches print of an HX711 load cell amplifier: no protocol, just words and numbers.
// A number is believed only behind a label that the well-known sketches print; a line that lost its
// beginning has lost its label, and a bare number cut short would be a smaller one that nobody
// doubts, so those are read only where the options say so.
// bogde/HX711 (HX711_full_example, HX711_basic_example), olkal/HX711_ADC (Read_1x_load_cell),
// SparkFun HX711 Calibration; Avia HX711 datasheet, "Output Data": 24 bits, saturating.
import { type Static, Type } from 'typebox';
import { oneWordOf, withOptions } from './card-options.ts';
import type { Decoded, Measured, Sample } from './decoder.ts';
import { defineDecoder, refused } from './decoder.ts';
import { quoted } from './series-name.ts';
import { readLines } from './text-lines.ts';
import { quantityOption, reading, UNITS } from './weighing.ts';

const Options = Type.Object(
  {
    quantity: quantityOption,
    unit: oneWordOf(UNITS, {
      title: 'Unit',
      description: 'what one unit of the sketch’s calibration is, where the line names none',
      default: 'kg',
    }),
    countsPerKg: Type.Optional(
      Type.Number({
        title: 'Counts per kilogram',
        description: 'for sketches that print raw counts; negative where the cell is wired so',
        unit: 'counts/kg',
        minimum: -8_388_608,
        maximum: 8_388_607,
        examples: [21_730],
      }),
    ),
    zeroCounts: Type.Integer({
      title: 'Counts at zero',
      description: 'what it prints with nothing on the cell',
      unit: 'counts',
      minimum: -8_388_608,
      maximum: 8_388_607,
      default: 0,
    }),
    take: oneWordOf(['reading', 'average'], {
      title: 'Of two numbers',
      description: 'which is taken where a line prints one reading and an average of ten',
      default: 'reading',
    }),
    bare: oneWordOf(['refuse', 'weight', 'counts'], {
      title: 'Bare numbers',
      description:
        'what a line of nothing but a number is; the first line after the port was opened may be cut at its beginning',
      default: 'refuse',
    }),
  },
  { additionalProperties: false },
);
type Options = Static<typeof Options>;

type Meaning = 'weight' | 'average' | 'counts' | 'tared counts';

const LABELS: ReadonlyMap<string, Meaning> = new Map([
  ['get units', 'weight'],
  ['one reading', 'weight'],
  ['reading', 'weight'],
  ['weight', 'weight'],
  ['load_cell output val', 'weight'],
  ['average', 'average'],
  ['hx711 reading', 'counts'],
  ['read', 'counts'],
  ['read average', 'counts'],
  ['raw', 'counts'],
  ['get value', 'tared counts'],
]);

const NUMBER = String.raw`-?(?:\d{1,10}(?:\.\d{1,9})?|nan|inf|ovf)`;
/** A word behind a number is its unit, unless it is the next number's label. */
const UNIT = String.raw`(?:[ \t]*([A-Za-z]{1,12})(?!\w)(?![ \t]*[:=]))?`;
const LABELLED = new RegExp(
  String.raw`([A-Za-z][\w ]{0,40}?)[ \t]*[:=][ \t]*(${NUMBER})(?!\w|[.,]\w)${UNIT}`,
  'gi',
);
const BARE = new RegExp(String.raw`^[ \t]*(${NUMBER})${UNIT}[ \t]*$`, 'i');
const FAULT = /timeout|not found|not ready|check .*wiring/i;
const SATURATED = [8_388_607, -8_388_608];

const SAMPLES: readonly Sample[] = [
  {
    title: 'grams',
    line: 'Load_cell output val: 1234.56',
    options: { unit: 'g' },
    gives: { readings: [{ quantity: 'gross', value: 1.23456 }] },
  },
  {
    title: 'one reading and the average of ten',
    line: 'one reading:\t12.3\t| average:\t12.1',
    gives: { readings: [{ quantity: 'gross', value: 12.3 }] },
  },
  {
    title: 'the same, and the average is wanted',
    line: 'one reading:\t12.3\t| average:\t12.1',
    options: { take: 'average' },
    gives: { readings: [{ quantity: 'gross', value: 12.1 }] },
  },
  {
    title: 'a unit on the line goes before the options’',
    line: 'Reading: 2.5 lbs calibration_factor: -7050.00',
    gives: { readings: [{ quantity: 'gross', value: 1.133980925 }] },
  },
  {
    title: 'minus nought',
    line: 'get units: \t\t-0.0',
    gives: { readings: [{ quantity: 'gross', value: 0 }] },
  },
  {
    title: 'raw counts of a calibrated cell',
    line: 'HX711 reading: 348100',
    options: { countsPerKg: 21_730, zeroCounts: 420 },
    gives: { readings: [{ quantity: 'gross', value: 16 }] },
  },
  {
    title: 'a bare number, where the engineer vouches for it',
    line: '12.34',
    options: { bare: 'weight' },
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  { title: 'a bare number', line: '12.34', gives: { rejected: 'malformed' } },
  {
    title: 'raw counts of an unknown cell',
    line: 'read: \t\t-147723',
    gives: { rejected: 'unknown-quantity' },
  },
  {
    title: 'a broken wire: saturated',
    line: 'HX711 reading: 8388607',
    gives: { rejected: 'sensor-fault' },
  },
  { title: 'no amplifier', line: 'HX711 not found.', gives: { rejected: 'sensor-fault' } },
  {
    title: 'no answer from the amplifier',
    line: 'Timeout, check MCU>HX711 wiring and pin designations',
    gives: { rejected: 'sensor-fault' },
  },
  {
    title: 'a division by nought',
    line: 'get units: \t\tnan',
    gives: { rejected: 'not-a-number' },
  },
  {
    title: 'a float that Serial.print gives up on',
    line: 'average:\tovf',
    gives: { rejected: 'not-a-number' },
  },
  { title: 'words at start', line: 'Initializing the scale', gives: { rejected: 'empty' } },
  {
    title: 'a number under another name',
    line: 'Temperature: 23.1',
    gives: { rejected: 'malformed' },
  },
  {
    title: 'a label cut at its beginning',
    line: 'ing:\t12.3\t|',
    gives: { rejected: 'malformed' },
  },
];

export const hx711Print = defineDecoder({
  name: 'hx711-print',
  title: 'HX711 load cells, as Arduino sketches print them',
  maker: 'sketches by bogde, olkal, SparkFun',
  datasheet: 'the sketches’ own prints; Avia Semiconductor HX711, “Output Data”',
  framing: { kind: 'line', end: 'lf' },
  speaker: 'way-in',
  options: Options,
  yields: ['gross', 'net'],
  samples: SAMPLES,
  decode: withOptions(Options, (message, options) =>
    readLines(message, (line) => readPrint(line, options)),
  ),
});

interface Print {
  readonly meaning: Meaning;
  readonly number: string;
  readonly unit: string;
}

function readPrint(line: string, options: Options): Decoded {
  const print = printOf(line, options);
  if (print !== undefined) return readingOf(print, line, options);
  if (FAULT.test(line)) return refused('sensor-fault', quoted(line));
  return /\d/.test(line) && !/^HX711\b[^:=]*$/i.test(line)
    ? refused('malformed', `${quoted(line)} has no number under a name that we know`)
    : refused('empty', `${quoted(line)} is talk`);
}

function printOf(line: string, options: Options): Print | undefined {
  const [, bareNumber, bareUnit = ''] = BARE.exec(line) ?? [];
  if (bareNumber !== undefined && options.bare !== 'refuse') {
    return { meaning: options.bare, number: bareNumber, unit: bareUnit };
  }
  const prints = [...line.matchAll(LABELLED)].flatMap(([, label = '', number = '', unit = '']) => {
    const meaning = LABELS.get(label.trim().toLowerCase());
    return meaning === undefined ? [] : [{ meaning, number, unit }];
  });
  const wanted = options.take === 'average' ? 'average' : 'weight';
  return prints.find(({ meaning }) => meaning === wanted) ?? prints[0];
}

function readingOf({ meaning, number, unit }: Print, line: string, options: Options): Decoded {
  if (/[a-z]/i.test(number)) return refused('not-a-number', quoted(line));
  const { quantity } = options;
  const imprint = line.trim();
  if (meaning === 'weight' || meaning === 'average') {
    return reading({ quantity, number, unit, imprint }, options.unit);
  }
  const counts = Number(number);
  if (SATURATED.includes(counts)) {
    return refused('sensor-fault', `${counts} is the converter’s end: a wire is broken`);
  }
  if (!options.countsPerKg) {
    return refused('unknown-quantity', `${quoted(line)}: raw counts need countsPerKg`);
  }
  const zero = meaning === 'counts' ? options.zeroCounts : 0;
  const value = toTheGram((counts - zero) / options.countsPerKg);
  const measured: Measured = { quantity, value };
  return { frames: [{ measured: [measured], imprint }], refused: [] };
}

/** A cell's counts are no decimals; below a gram they are its noise. Adding 0 turns -0 into 0. */
const toTheGram = (kilograms: number): number => Math.round(kilograms * 1000) / 1000 + 0;
