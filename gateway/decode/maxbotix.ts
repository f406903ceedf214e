// MaxSonar ultrasonic sensors on RS-232 or TTL: `R`, digits, CR, and no line feed. How many digits
// there are tells the unit: four are millimetres (HR and HRXL types), three are centimetres (XL) or
// inches (LV-EZ). The greatest number of each type means that nothing came back: a wall out of
// reach, a sensor that looks into fog, never an empty bin. The least (300 or 500 mm) means "so near
// or nearer", which is what a bin full to the brim says: it is kept, the bin's blindMm judges it.
// MaxBotix HRXL-MaxSonar-WR PD11500, XL-MaxSonar-WR PD11838 and LV-MaxSonar-EZ, "Pin 5: serial".
import { type Static, Type } from 'typebox';
import { oneWordOf, withOptions } from './card-options.ts';
import type { Decoded, Sample } from './decoder.ts';
import { defineDecoder, refused } from './decoder.ts';
import { quoted } from './series-name.ts';
import { readLines } from './text-lines.ts';

const Options = Type.Object(
  {
    unit: Type.Optional(
      oneWordOf(['mm', 'cm', 'inch'], {
        title: 'Unit',
        description:
          'the unit of its digits; where absent, four digits are mm and three are cm; LV-EZ types say inches, ten-metre XL types four digits of cm',
        examples: ['inch'],
      }),
    ),
    farthest: Type.Optional(
      Type.Integer({
        title: 'Farthest',
        description:
          'what it prints where nothing comes back, as printed; where absent, each type’s own: 5000 and 9999 mm, 765 and 1068 cm, 254 and 255 inches',
        minimum: 1,
        maximum: 9999,
        examples: [9999],
      }),
    ),
  },
  { additionalProperties: false },
);
type Options = Static<typeof Options>;

type Unit = 'mm' | 'cm' | 'inch';

/** An inch is 25.4 mm by definition; tenths keep the product whole. */
const TENTHS_OF_MM: Readonly<Record<Unit, number>> = { mm: 10, cm: 100, inch: 254 };
/** 5 m and 10 m HRXL types; XL-MaxSonar 7.65 m and 10.68 m; LV-EZ. */
const NO_TARGET: Readonly<Record<Unit, readonly number[]>> = {
  mm: [5000, 9999],
  cm: [765, 1068],
  inch: [254, 255],
};

const RANGE = /^R(\d{3,4})\s*$/;
/** At power-up it tells its name, part number, maker and firmware, a line each. */
const BANNER = /[A-Za-z]{4}|^PN:/;

const SAMPLES: readonly Sample[] = [
  {
    title: 'millimetres',
    line: 'R1234',
    gives: { readings: [{ quantity: 'distance', value: 1234 }] },
  },
  {
    title: 'the same from a USB type, which puts a space before the CR',
    line: 'R0480 \r',
    gives: { readings: [{ quantity: 'distance', value: 480 }] },
  },
  {
    title: 'three digits are centimetres',
    line: 'R123',
    gives: { readings: [{ quantity: 'distance', value: 1230 }] },
  },
  {
    title: 'inches',
    line: 'R045',
    options: { unit: 'inch' },
    gives: { readings: [{ quantity: 'distance', value: 1143 }] },
  },
  {
    title: 'so near or nearer',
    line: 'R0300',
    gives: { readings: [{ quantity: 'distance', value: 300 }] },
  },
  {
    title: 'a ten-metre type at half its reach',
    line: 'R5000',
    options: { farthest: 9999 },
    gives: { readings: [{ quantity: 'distance', value: 5000 }] },
  },
  { title: 'nothing in five metres', line: 'R5000', gives: { rejected: 'no-echo' } },
  { title: 'nothing in ten metres', line: 'R9999', gives: { rejected: 'no-echo' } },
  { title: 'nothing in 7.65 metres', line: 'R765', gives: { rejected: 'no-echo' } },
  { title: 'what no distance can be', line: 'R0000', gives: { rejected: 'no-echo' } },
  { title: 'its name at power-up', line: 'HRXL-MaxSonar-WRL', gives: { rejected: 'empty' } },
  { title: 'its firmware at power-up', line: 'RoHS 1.8b090  0713', gives: { rejected: 'empty' } },
  { title: 'a line cut at its beginning', line: '234', gives: { rejected: 'malformed' } },
  { title: 'a line cut at its end', line: 'R12', gives: { rejected: 'malformed' } },
  { title: 'an inverted line', hex: '2bc006b3591e', gives: { rejected: 'not-ascii' } },
];

export const maxbotix = defineDecoder({
  name: 'maxbotix',
  title: 'MaxSonar ultrasonic distance sensors, serial output',
  maker: 'MaxBotix',
  datasheet: 'HRXL-MaxSonar-WR PD11500, “Pin 5: serial”; LV-MaxSonar-EZ; tx-output on maxbotix.com',
  framing: { kind: 'line', end: 'cr' },
  speaker: 'way-in',
  options: Options,
  yields: ['distance'],
  samples: SAMPLES,
  decode: withOptions(Options, (message, options) =>
    readLines(message, (line) => readRange(line, options)),
  ),
});

function readRange(line: string, options: Options): Decoded {
  const [, digits] = RANGE.exec(line) ?? [];
  if (digits === undefined) return noRange(line);
  const unit = options.unit ?? (digits.length === 4 ? 'mm' : 'cm');
  const count = Number(digits);
  if (count === 0 || isNoTarget(count, unit, options.farthest)) {
    return refused('no-echo', `${digits} ${unit} stands for no target`);
  }
  const value = (count * TENTHS_OF_MM[unit]) / 10;
  const imprint = line.trim();
  return { frames: [{ measured: [{ quantity: 'distance', value }], imprint }], refused: [] };
}

const isNoTarget = (count: number, unit: Unit, farthest: number | undefined): boolean =>
  farthest === undefined ? NO_TARGET[unit].includes(count) : count >= farthest;

const noRange = (line: string): Decoded =>
  BANNER.test(line)
    ? refused('empty', `${quoted(line)} is said at power-up`)
    : refused('malformed', `${quoted(line)} is no R and digits`);
