// The four-byte frame of a family of waterproof ultrasonic sensors: FF, distance high, distance
// low, low byte of the sum of the three. FF may be data or checksum too, so a reader that joins in
// mid-frame finds its way by the checksum alone (byte-frames.ts). A small distance means that it
// hears itself, 0 that it hears nothing; newer ones say FFFD for no object and FFFE for another
// sensor that disturbs them.
// DFRobot SEN0311 (A02YYUW), "UART Output Form"; SEN0754, 1.1, for the two codes.
import { type Static, Type } from 'typebox';
import { type ByteFraming, nextFrame } from './byte-frames.ts';
import { oneWordOf, withOptions } from './card-options.ts';
import type { Decoded, Message, Sample } from './decoder.ts';
import { defineDecoder, refused } from './decoder.ts';
import { limitRefusals } from './refusal-limit.ts';

const Options = Type.Object(
  {
    unit: oneWordOf(['mm', 'cm'], {
      title: 'Unit',
      description: 'the unit of its number; cm for the SEN0627',
      default: 'mm',
    }),
    nearestMm: Type.Integer({
      title: 'Nearest',
      description: 'nearer than this the sensor hears itself; A01NYUB and ME007YS 280',
      unit: 'mm',
      minimum: 0,
      maximum: 1000,
      default: 30,
    }),
    farthestMm: Type.Integer({
      title: 'Farthest',
      description: 'farther than this it cannot see; A01NYUB 7500',
      unit: 'mm',
      minimum: 1000,
      maximum: 20_000,
      default: 4500,
    }),
  },
  { additionalProperties: false },
);
type Options = Static<typeof Options>;

const FRAMING: ByteFraming = {
  kind: 'bytes',
  length: 4,
  start: 0xff,
  isWhole: ([start = 0, high = 0, low = 0, sum]) => ((start + high + low) & 0xff) === sum,
};

const NO_OBJECT = 0xfffd;
const DISTURBED = 0xfffe;
/** More than a second of frames handed on as one message; longer is no message. */
const LONGEST_MESSAGE = 256;

const SAMPLES: readonly Sample[] = [
  {
    title: 'the datasheet’s own',
    hex: 'ff07a1a7',
    gives: { readings: [{ quantity: 'distance', value: 1953 }] },
  },
  {
    title: 'a low byte of FF',
    hex: 'ff00fffe',
    gives: { readings: [{ quantity: 'distance', value: 255 }] },
  },
  {
    title: 'a low byte and a checksum of FF',
    hex: 'ff01ffff',
    gives: { readings: [{ quantity: 'distance', value: 511 }] },
  },
  {
    title: 'centimetres of a SEN0627',
    hex: 'ff012121',
    options: { unit: 'cm' },
    gives: { readings: [{ quantity: 'distance', value: 2890 }] },
  },
  {
    title: 'the nearest it can see',
    hex: 'ff001e1d',
    gives: { readings: [{ quantity: 'distance', value: 30 }] },
  },
  {
    title: 'joined in mid-frame',
    hex: '07a1a7ff07a1a7',
    gives: { readings: [{ quantity: 'distance', value: 1953 }], rejected: 'malformed' },
  },
  { title: 'nothing heard', hex: 'ff0000ff', gives: { rejected: 'no-echo' } },
  { title: 'its own blind zone', hex: 'ff001413', gives: { rejected: 'no-echo' } },
  { title: 'no object', hex: 'fffffdfb', gives: { rejected: 'no-echo' } },
  { title: 'another sensor disturbs it', hex: 'fffffefc', gives: { rejected: 'sensor-fault' } },
  { title: 'beyond its reach', hex: 'ff1f405e', gives: { rejected: 'out-of-range' } },
  { title: 'one bit turned', hex: 'ff07a1a8', gives: { rejected: 'checksum' } },
  { title: 'half a frame', hex: 'ff07', gives: { rejected: 'malformed' } },
];

export const a02yyuw = defineDecoder({
  name: 'a02yyuw',
  title: 'A02YYUW and its family, ultrasonic distance over UART',
  maker: 'DFRobot; DYP, ME007YS, JSN-SR04T in its serial modes',
  datasheet: 'DFRobot SEN0311, “UART Output Form”; SEN0754, 1.1',
  framing: FRAMING,
  speaker: 'way-in',
  options: Options,
  yields: ['distance'],
  samples: SAMPLES,
  decode: withOptions(Options, decode),
});

/** Usually one frame; a recording may hold several, with noise between them. */
function decode({ bytes }: Message, options: Options): Decoded {
  if (bytes.length === 0) return refused('empty');
  if (bytes.length > LONGEST_MESSAGE) return refused('too-long', `${bytes.length} bytes`);
  const found: Decoded[] = [];
  let stray: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const front = nextFrame(bytes.subarray(at), FRAMING);
    if (typeof front === 'string') {
      stray.push(bytes[at] ?? 0);
      at += 1;
      continue;
    }
    found.push(...strayed(stray), readFrame(front, options));
    stray = [];
    at += FRAMING.length;
  }
  found.push(...strayed(stray));
  return limitRefusals({
    frames: found.flatMap((each) => each.frames),
    refused: found.flatMap((each) => each.refused),
  });
}

/** A whole frame's length that begins as one is a frame with a bad checksum; the rest is noise. */
function strayed(bytes: readonly number[]): Decoded[] {
  if (bytes.length === 0) return [];
  const start = bytes.indexOf(FRAMING.start);
  const isCandidate = start !== -1 && bytes.length - start >= FRAMING.length;
  return [
    refused(isCandidate ? 'checksum' : 'malformed', `${hexOf(bytes.slice(0, 16))} is no frame`),
  ];
}

const hexOf = (bytes: readonly number[]): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

function readFrame(frame: Uint8Array, options: Options): Decoded {
  const [, high = 0, low = 0] = frame;
  const said = high * 256 + low;
  if (said === NO_OBJECT) return refused('no-echo', 'FFFD: no object');
  if (said === DISTURBED) return refused('sensor-fault', 'FFFE: another sensor disturbs it');
  const value = options.unit === 'cm' ? said * 10 : said;
  if (value < options.nearestMm) return refused('no-echo', `${value} mm: in its blind zone`);
  if (value > options.farthestMm) return refused('out-of-range', `${value} mm: beyond its reach`);
  const imprint = String.fromCharCode(...frame);
  return { frames: [{ measured: [{ quantity: 'distance', value }], imprint }], refused: [] };
}
