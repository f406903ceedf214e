// The 18-byte format of A&D's weighing indicators (AD-4325, 4329A, 4402 … 4407), which CAS,
// Selleton, T-Scale and many indicators without a name send as well:
//
//   S T , N T , + 0 0 1 2 . 3 4 k g CR [LF]      state, kind of weight, sign and 7 digits, unit
//
// Out of range is OL on most and LO on the AD-4402 and 4404; its digits are blank, or all nines.
// A&D AD-4404 manual 9.2.6; AD-4406 manual 13.2 (F34, F35); AD-4329A option 02.
import { type Static, Type } from 'typebox';
import { withOptions } from './card-options.ts';
import type { Decoded, Sample } from './decoder.ts';
import { defineDecoder, refused } from './decoder.ts';
import { quoted } from './series-name.ts';
import { readLines } from './text-lines.ts';
import { outOfRange, reading, unitOption, unstableOption } from './weighing.ts';
import { NUMBER } from './weight-unit.ts';

const Options = Type.Object(
  { unit: unitOption, unstable: unstableOption },
  { additionalProperties: false },
);
type Options = Static<typeof Options>;

const LINE = /^\s*(ST|US|OL|LO|HD)\s*[,;]\s*(GS|NT|TR|PT|G|N|T)\s*[,;](.*)$/;
const WEIGHT = new RegExp(String.raw`^\s*(${NUMBER})\s*[,;]?\s*([A-Za-z%]*)\s*$`);
const NO_DIGITS = /^[^\d]*$/;

const SAMPLES: readonly Sample[] = [
  {
    title: 'a stable gross weight',
    line: 'ST,GS,+0012.34kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  {
    title: 'a stable net weight below zero',
    line: 'ST,NT,-0000.05kg',
    gives: { readings: [{ quantity: 'net', value: -0.05 }] },
  },
  {
    title: 'tonnes',
    line: 'ST,GS,+003.260 t',
    gives: { readings: [{ quantity: 'gross', value: 3260 }] },
  },
  {
    title: 'short headers, pounds, a decimal comma',
    line: 'ST,G ,+0012,50lb',
    gives: { readings: [{ quantity: 'gross', value: 5.669904625 }] },
  },
  {
    title: 'whole kilograms',
    line: 'ST,GS,+0012345kg',
    gives: { readings: [{ quantity: 'gross', value: 12_345 }] },
  },
  {
    title: 'a weight on hold',
    line: 'HD,GS,+0012.34kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  { title: 'a weight that still moves', line: 'US,GS,+0012.31kg', gives: { rejected: 'unstable' } },
  {
    title: 'the same where unstable weights are wanted',
    line: 'US,NT,+0012.31kg',
    options: { unstable: 'take' },
    gives: { readings: [{ quantity: 'net', value: 12.31 }] },
  },
  {
    title: 'out of range, digits blank',
    line: 'OL,GS,     .  kg',
    gives: { rejected: 'overload' },
  },
  { title: 'out of range, all nines', line: 'OL,GS,+9999999kg', gives: { rejected: 'overload' } },
  { title: 'out of range below', line: 'OL,GS,-9999999kg', gives: { rejected: 'underload' } },
  {
    title: 'out of range on an AD-4404',
    line: 'LO,NT,        kg',
    gives: { rejected: 'overload' },
  },
  {
    title: 'a tare is nothing on the scale',
    line: 'ST,TR,+0001.20kg',
    gives: { rejected: 'empty' },
  },
  { title: 'a preset tare', line: 'ST,PT,+0001.20kg', gives: { rejected: 'empty' } },
  { title: 'stable, and no digits', line: 'ST,GS,        kg', gives: { rejected: 'not-a-number' } },
  { title: 'pieces', line: 'ST,GS,+0000120PC', gives: { rejected: 'unknown-quantity' } },
  {
    title: 'a line cut at its beginning',
    line: ',GS,+0012.34kg',
    gives: { rejected: 'malformed' },
  },
];

export const andIndicator = defineDecoder({
  name: 'and-indicator',
  title: 'Weighing indicators, A&D 18-byte format',
  maker: 'A&D; CAS, Selleton, T-Scale and others',
  datasheet: 'AD-4404 manual 9.2.6; AD-4406 manual 13.2',
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
  const [, state, kind = '', rest = ''] = LINE.exec(line) ?? [];
  if (state === undefined) return readOther(line);
  if (state === 'OL' || state === 'LO') return outOfRange(rest);
  if (/^[TP]/.test(kind)) return refused('empty', `${quoted(line)} tells a tare`);
  if (state === 'US' && options.unstable === 'refuse') return refused('unstable', quoted(line));
  if (NO_DIGITS.test(rest)) return refused('not-a-number', `${quoted(line)}: its digits are blank`);
  const [, number, unit = ''] = WEIGHT.exec(rest) ?? [];
  if (number === undefined) return refused('malformed', `${quoted(rest)} is no weight and unit`);
  const quantity = kind.startsWith('N') ? 'net' : 'gross';
  return reading({ quantity, number, unit, imprint: line.trim() }, options.unit);
}

/** Commands come back as their own answer; `I` is busy, `?` is unknown (13.3). */
function readOther(line: string): Decoded {
  if (/^I\s*$/.test(line)) return refused('unstable', 'I: busy with another command');
  if (line.startsWith('?'))
    return refused('sensor-fault', 'it does not know the command it was sent');
  if (/^[A-Z]{1,3}\s*$/.test(line)) return refused('empty', `${quoted(line)} answers a command`);
  return refused('malformed', `${quoted(line)} is no <state>,<kind>,<weight><unit>`);
}
