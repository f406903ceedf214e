// MT-SICS, the command language of Mettler Toledo's balances and terminals: every answer is
// `<command> <status> [<data>]`. Weights come from the S family, whose answers all begin with S;
// tares, acknowledgements and inquiries carry no weight of what lies on the scale.
// Mettler Toledo, Reference Manual MT-SICS Interface Commands (11781363), 2.1.2 and 2.1.3.
import { type Static, Type } from 'typebox';
import { withOptions } from './card-options.ts';
import type { Decoded, Sample } from './decoder.ts';
import { defineDecoder, refused } from './decoder.ts';
import { quoted } from './series-name.ts';
import { readLines } from './text-lines.ts';
import { quantityOption, reading, unitOption, unstableOption } from './weighing.ts';
import { NUMBER } from './weight-unit.ts';

const Options = Type.Object(
  { quantity: quantityOption, unit: unitOption, unstable: unstableOption },
  { additionalProperties: false },
);
type Options = Static<typeof Options>;

const ANSWER = /^(@|[A-Z][A-Z0-9]{0,5})\s+([SDABIL+-])(?:\s+(.*))?$/;
const WEIGHT = new RegExp(String.raw`^(${NUMBER})\s*([A-Za-z%:]*)$`);
/** What answers a question for the weight; older firmware echoes the command instead of S. */
const WEIGHT_COMMANDS = /^S(?:I|R|IR|NR|U|IU|RU|IRU|NRU)?$/;

/** What the scale says of the command that it was sent (2.1.3.2). */
const GENERAL_ERRORS: ReadonlyMap<string, string> = new Map([
  ['ES', 'it does not know the command that it was sent'],
  ['ET', 'what it was sent was damaged on the line: check parity and speed'],
  ['EL', 'it cannot execute the command that it was sent'],
]);

const SAMPLES: readonly Sample[] = [
  {
    title: 'a stable weight',
    line: 'S S      12.34 kg',
    gives: { readings: [{ quantity: 'gross', value: 12.34 }] },
  },
  {
    title: 'grams',
    line: 'S S     183.69 g',
    gives: { readings: [{ quantity: 'gross', value: 0.18369 }] },
  },
  {
    title: 'pounds below zero',
    line: 'S S      -0.50 lb',
    gives: { readings: [{ quantity: 'gross', value: -0.226796185 }] },
  },
  {
    title: 'tonnes of a weighbridge, its tare taken off',
    line: 'S S      18.42 t',
    options: { quantity: 'net' },
    gives: { readings: [{ quantity: 'net', value: 18_420 }] },
  },
  {
    title: 'a weight that still moves',
    line: 'S D      12.31 kg',
    gives: { rejected: 'unstable' },
  },
  {
    title: 'the same where unstable weights are wanted',
    line: 'S D      12.31 kg',
    options: { unstable: 'take' },
    gives: { readings: [{ quantity: 'gross', value: 12.31 }] },
  },
  { title: 'no stable weight in time, or busy', line: 'S I', gives: { rejected: 'unstable' } },
  { title: 'overload', line: 'S +', gives: { rejected: 'overload' } },
  { title: 'underload: the pan is off', line: 'S -', gives: { rejected: 'underload' } },
  { title: 'a broken EEPROM', line: 'S S Error 10b', gives: { rejected: 'sensor-fault' } },
  { title: 'a parameter it cannot take', line: 'S L', gives: { rejected: 'sensor-fault' } },
  { title: 'a command it does not know', line: 'ES', gives: { rejected: 'sensor-fault' } },
  {
    title: 'pieces, not weight',
    line: 'S S         12 PCS',
    gives: { rejected: 'unknown-quantity' },
  },
  { title: 'taring is acknowledged', line: 'T S       2.48 kg', gives: { rejected: 'empty' } },
  { title: 'its serial number', line: 'I4 A "B021002593"', gives: { rejected: 'empty' } },
  { title: 'a line cut at its end', line: 'S S      12.', gives: { rejected: 'unknown-quantity' } },
];

export const mtSics = defineDecoder({
  name: 'mt-sics',
  title: 'MT-SICS balances, platforms and terminals',
  maker: 'Mettler Toledo',
  datasheet: 'Reference Manual MT-SICS Interface Commands (11781363), 2.1.2 and 2.1.3',
  framing: { kind: 'line', end: 'lf' },
  speaker: 'way-in',
  options: Options,
  yields: ['gross', 'net'],
  samples: SAMPLES,
  decode: withOptions(Options, (message, options) =>
    readLines(message, (line) => readAnswer(line.trim(), options)),
  ),
});

function readAnswer(line: string, options: Options): Decoded {
  const error = GENERAL_ERRORS.get(line);
  if (error !== undefined) return refused('sensor-fault', `${line}: ${error}`);
  const [, command, status, data = ''] = ANSWER.exec(line) ?? [];
  if (command === undefined) return refused('malformed', `${quoted(line)} is no MT-SICS answer`);
  switch (status) {
    case '+':
      return refused('overload', quoted(line));
    case '-':
      return refused('underload', quoted(line));
    case 'I':
      return refused('unstable', `${command}: busy, or not stable in time`);
    case 'L':
      return refused('sensor-fault', `${command}: it was sent a wrong parameter`);
    default:
  }
  if (!WEIGHT_COMMANDS.test(command)) {
    return refused('empty', `${quoted(line)} carries no weight on the scale`);
  }
  if (data.startsWith('Error')) return refused('sensor-fault', quoted(data));
  if (status === 'D' && options.unstable === 'refuse') return refused('unstable', quoted(data));
  const [, number, unit = ''] = WEIGHT.exec(data) ?? [];
  if (number === undefined) return refused('malformed', `${quoted(data)} is no weight and unit`);
  return reading({ quantity: options.quantity, number, unit, imprint: line }, options.unit);
}
