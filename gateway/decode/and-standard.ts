// The standard format of A&D's balances and platform scales, and its kin that the same menu offers
// (5if type: DP, KF, MT, NU, CSV). A header says how far the digits may be believed: an overload
// still carries nines, and in KF it is the missing unit alone that says that a weight is unstable.
// `t` is the tola on these balances and the tonne on everyone's indicators: it is refused.
// A&D GX-A/GF-A and FX-i instruction manuals, "Data output format"; HV-G/HW-G manual, 16.1.
import { type Static, Type } from 'typebox';
import { withOptions } from './card-options.ts';
import type { Decoded, Sample } from './decoder.ts';
import { defineDecoder, refused } from './decoder.ts';
import { quoted } from './series-name.ts';
import { readLines } from './text-lines.ts';
import { outOfRange, quantityOption, reading, unitOption, unstableOption } from './weighing.ts';
import { DIGITS, NUMBER } from './weight-unit.ts';

const Options = Type.Object(
  { quantity: quantityOption, unit: unitOption, unstable: unstableOption },
  { additionalProperties: false },
);
type Options = Static<typeof Options>;

/** In CSV an id, a date and a time may stand before the header; their clock has no zone. */
const HEADED = /(?:^|[,;])\s*(ST|US|OL|QT|WT|HD|SD|SI|S)(?![A-Za-z])\s*[,;]?\s*(.*)$/;
const WEIGHT = new RegExp(String.raw`^(${NUMBER})\s*[,;]?\s*([A-Za-z%]*)\s*$`);
/** KF pads the place of its unit with spaces, NU ends behind its digits; only zero has no sign. */
const HEADLESS = new RegExp(String.raw`^\s*([+-]\s*${DIGITS}|0+(?:[.,]0*)?)(\s*)([A-Za-z%]*)\s*$`);
const OUT_OF_RANGE = /^[+-]?\s*E\b/;

const SAMPLES: readonly Sample[] = [
  {
    title: 'a stable weight',
    line: 'ST,+00012.34 kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  {
    title: 'grams below zero',
    line: 'ST,-00183.69  g',
    gives: { readings: [{ quantity: 'gross', value: -0.18369 }] },
  },
  {
    title: 'format 2 of HV-WP and HW-WP, pounds',
    line: 'ST ,+002.40lb',
    gives: { readings: [{ quantity: 'gross', value: 1.088621688 }] },
  },
  {
    title: 'CSV with a decimal comma',
    line: 'ST;+0012,345; kg',
    gives: { readings: [{ quantity: 'gross', value: 12.345 }] },
  },
  {
    title: 'CSV with id, date and time of its own clock',
    line: 'LAB-0007, 2026/11/02, 18:00:00, ST,+0000.2500, kg',
    gives: { readings: [{ quantity: 'gross', value: 0.25 }] },
  },
  {
    title: 'DP, spaces for zeros',
    line: 'WT     +12.34 kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  {
    title: 'KF, stable',
    line: '+    12.34 kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  {
    title: 'KF, unstable: the unit is blank',
    line: '+    12.34   ',
    gives: { rejected: 'unstable' },
  },
  {
    title: 'NU, with the unit from the options',
    line: '+00012.34',
    options: { unit: 'kg' },
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  {
    title: 'NU, and nobody says in what unit',
    line: '+00012.34',
    gives: { rejected: 'unknown-quantity' },
  },
  {
    title: 'MT style',
    line: 'S       12.34 kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  { title: 'MT style, overload', line: 'SI+', gives: { rejected: 'overload' } },
  { title: 'an unstable weight', line: 'US,+00012.31 kg', gives: { rejected: 'unstable' } },
  {
    title: 'overload with digits all the same',
    line: 'OL,+9999999E+19',
    gives: { rejected: 'overload' },
  },
  { title: 'overload with nines', line: 'OL,+999999.9 kg', gives: { rejected: 'overload' } },
  { title: 'underload', line: 'OL,-9999999E+19', gives: { rejected: 'underload' } },
  { title: 'pieces', line: 'QT,+00000012 PC', gives: { rejected: 'unknown-quantity' } },
  { title: 'per cent', line: 'ST,+000098.7  %', gives: { rejected: 'unknown-quantity' } },
  { title: 'tolas, or tonnes?', line: 'ST,+00012.34  t', gives: { rejected: 'unknown-quantity' } },
  { title: 'zeroing failed: unstable', line: 'EC,E11', gives: { rejected: 'unstable' } },
  { title: 'a command it does not know', line: 'EC,E01', gives: { rejected: 'sensor-fault' } },
  { title: 'the command comes back as its answer', line: 'Z', gives: { rejected: 'empty' } },
];

export const andStandard = defineDecoder({
  name: 'and-standard',
  title: 'A&D balances and platform scales, standard format',
  maker: 'A&D',
  datasheet: 'GX-A and FX-i instruction manuals, “Data output format”; HV-G and HW-G, 16.1',
  framing: { kind: 'line', end: 'cr' },
  speaker: 'way-in',
  options: Options,
  yields: ['gross', 'net'],
  samples: SAMPLES,
  decode: withOptions(Options, (message, options) =>
    readLines(message, (line) => readWeight(line, options)),
  ),
});

function readWeight(line: string, options: Options): Decoded {
  const [, header, rest = ''] = HEADED.exec(line) ?? [];
  if (header === undefined) return readOther(line, options);
  if (header === 'OL' || header === 'SI' || OUT_OF_RANGE.test(rest)) return outOfRange(rest);
  if (header === 'QT') return refused('unknown-quantity', `${quoted(line)} counts pieces`);
  const isUnstable = header === 'US' || header === 'SD';
  if (isUnstable && options.unstable === 'refuse') return refused('unstable', quoted(line));
  const [, number, unit = ''] = WEIGHT.exec(rest) ?? [];
  if (number === undefined) return refused('malformed', `${quoted(rest)} is no weight and unit`);
  return readingOf({ number, unit }, line, options);
}

function readOther(line: string, options: Options): Decoded {
  const [, code] = /^EC,E(\d\d)\s*$/.exec(line) ?? [];
  if (code === '11') return refused('unstable', 'EC,E11: not stable in time');
  if (code !== undefined) return refused('sensor-fault', `EC,E${code}: it refuses a command`);
  if (OUT_OF_RANGE.test(line.trimStart())) return outOfRange(line);
  if (line.startsWith('?'))
    return refused('sensor-fault', 'it does not know the command it was sent');
  if (/^[A-Z]{1,4}\s*$/.test(line)) return refused('empty', `${quoted(line)} answers a command`);
  return readHeadless(line, options);
}

function readHeadless(line: string, options: Options): Decoded {
  const [, number, blanks, unit = ''] = HEADLESS.exec(line) ?? [];
  if (number === undefined) return refused('malformed', `${quoted(line)} is none of its formats`);
  const isUnstable = unit === '' && blanks !== '';
  if (isUnstable && options.unstable === 'refuse') {
    return refused('unstable', `${quoted(line)}: the unit is blank`);
  }
  return readingOf({ number, unit }, line, options);
}

function readingOf(
  { number, unit }: { readonly number: string; readonly unit: string },
  line: string,
  options: Options,
): Decoded {
  if (unit.toLowerCase() === 't') {
    return refused('unknown-quantity', '"t" is the tola on some of these scales, else the tonne');
  }
  const { quantity } = options;
  return reading({ quantity, number, unit, imprint: line.trim() }, options.unit);
}
