// Our own serial frame, `$<device>,<seq>,<name>=<number>…*<CRC>`, as gateway/sources/WIRE.md has
// it. The checksum is judged before the grammar: noise is called noise, and what passes it but
// does not parse is a fault of the firmware. A lost line end glues frames together and a cut cable
// cuts one, so each `$` is a new beginning: a damaged frame never takes its neighbour with it.
import { Type } from 'typebox';
import { crc16Hex } from './crc16.ts';
import { defineDecoder, refused } from './decoder.ts';
import type { Decoded, Frame, Measured, Message, Refused, Sample } from './decoder.ts';
import { limitRefusals } from './refusal-limit.ts';
import { quoted, seriesNamed, unknownName } from './series-name.ts';

/** A frame with its `$` and its CR LF. */
const LONGEST_FRAME = 256;
/** Frames that lost their line ends arrive as one line; more than this is noise. */
const MOST_FRAMES = 16;
const HIGHEST_SEQ = 65_535;

const CLOSED = /^([^*]*)\*([0-9A-F]{4})$/;
const BODY = /^([a-z0-9-]{1,32}),(\d{1,5}),(.+)$/;
const FIELD = /^([\w.-]+)=(.+)$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/** What C's printf writes for a float that is none. */
const NO_NUMBER = /^[+-]?(?:nan|inf(?:inity)?)$/i;

const crcOf = (body: string): string => `$${body}*${crc16Hex(body)}`;

const SAMPLES: readonly Sample[] = [
  {
    title: 'a wet bin’s distance and weight',
    line: '$k1,42,wet.distance=412,wet.gross=31.25*6D84',
    gives: {
      readings: [
        { channel: 'wet', quantity: 'distance', value: 412 },
        { channel: 'wet', quantity: 'gross', value: 31.25 },
      ],
    },
  },
  {
    title: 'a lamp',
    line: '$lamp-07,7,on=1,power=28.4,voltage=229.8,leak=1.2*56DE',
    gives: {
      readings: [
        { quantity: 'on', value: 1 },
        { quantity: 'power', value: 28.4 },
        { quantity: 'voltage', value: 229.8 },
        { quantity: 'leak', value: 1.2 },
      ],
    },
  },
  {
    title: 'a water meter with the last seq before it wraps',
    line: '$meter-1,65535,volume=104522*7E2E',
    gives: { readings: [{ quantity: 'volume', value: 104_522 }] },
  },
  {
    title: 'two frames whose line end was lost',
    line: crcOf('k1,1,lid=0') + crcOf('k1,2,lid=1'),
    gives: {
      readings: [
        { quantity: 'lid', value: 0 },
        { quantity: 'lid', value: 1 },
      ],
    },
  },
  {
    title: 'a cut frame and a whole one behind it',
    line: `$k1,1,wet.dist${crcOf('k1,2,temperature=-3.5')}`,
    gives: { readings: [{ quantity: 'temperature', value: -3.5 }], rejected: 'malformed' },
  },
  {
    title: 'a name we do not know beside one that we do',
    line: crcOf('k1,3,smell=4,lid=1'),
    gives: { readings: [{ quantity: 'lid', value: 1 }], rejected: 'unknown-quantity' },
  },
  {
    title: 'a sensor that printed nan',
    line: crcOf('k1,4,temperature=nan,lid=1'),
    gives: { readings: [{ quantity: 'lid', value: 1 }], rejected: 'not-a-number' },
  },
  {
    title: 'one digit turned on the wire',
    line: '$k1,42,wet.distance=413,wet.gross=31.25*6D84',
    gives: { rejected: 'checksum' },
  },
  {
    title: 'a seq past 65535',
    line: crcOf('k1,65536,lid=1'),
    gives: { rejected: 'malformed' },
  },
  {
    title: 'a frame past 256 bytes',
    line: crcOf(`k1,5,lid=1${',lid=1'.repeat(50)}`),
    gives: { rejected: 'too-long' },
  },
  {
    title: 'a wrong baud rate',
    hex: 'f800e0fe1880',
    gives: { rejected: 'not-ascii' },
  },
  { title: 'nothing between two line ends', line: '', gives: { rejected: 'empty' } },
];

export const courtyardLine = defineDecoder({
  name: 'courtyard-line',
  title: 'Courtyard serial frame',
  maker: 'Courtyard',
  datasheet: 'gateway/sources/WIRE.md',
  framing: 'line',
  speaker: 'bytes',
  options: Type.Object({}, { additionalProperties: false }),
  yields: 'any',
  samples: SAMPLES,
  decode,
});

function decode(message: Message): Decoded {
  if (message.bytes.length > LONGEST_FRAME * MOST_FRAMES) {
    return refused('too-long', `${message.bytes.length} bytes on one line`);
  }
  const [before = '', ...pieces] = String.fromCharCode(...message.bytes).split('$');
  if (pieces.length > MOST_FRAMES) {
    return refused('malformed', `${pieces.length} beginnings of a frame on one line`);
  }
  const noise = withoutLineEnd(before);
  if (noise === '' && pieces.length === 0) return refused('empty');
  const found: Decoded[] = noise === '' ? [] : [refused(noiseReason(noise), strayText(noise))];
  found.push(...pieces.map((piece) => frameFrom(withoutLineEnd(piece))));
  return limitRefusals({
    frames: found.flatMap((each) => each.frames),
    refused: found.flatMap((each) => each.refused),
  });
}

const withoutLineEnd = (text: string): string => text.replace(/[\r\n]+$/, '');
const isPrintable = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
/** Room for `$`, CR and LF. */
const isTooLong = (text: string): boolean => text.length > LONGEST_FRAME - 3;
const strayText = (text: string): string => `${quoted(text)} stands outside any frame`;

function noiseReason(text: string): 'too-long' | 'not-ascii' | 'malformed' {
  if (isTooLong(text)) return 'too-long';
  return isPrintable(text) ? 'malformed' : 'not-ascii';
}

/** @param piece what stood between one `$` and the next, or the end of the line */
function frameFrom(piece: string): Decoded {
  if (isTooLong(piece)) return refused('too-long', `a frame of ${piece.length + 3} bytes`);
  if (!isPrintable(piece)) return refused('not-ascii', quoted(piece));
  const [, body, said] = CLOSED.exec(piece) ?? [];
  if (body === undefined) return refused('malformed', `${quoted(piece)} has no *<CRC> at its end`);
  const computed = crc16Hex(body);
  if (said !== computed) return refused('checksum', `says ${said}, its bytes give ${computed}`);
  const [, device, count, fields] = BODY.exec(body) ?? [];
  const seq = Number(count);
  if (device === undefined || fields === undefined || seq > HIGHEST_SEQ) {
    return refused('malformed', `${quoted(body)} is no <device>,<seq>,<name>=<number>`);
  }
  return readFields(fields, { device, seq, imprint: body });
}

function readFields(fields: string, head: Omit<Frame, 'measured'>): Decoded {
  const measured: Measured[] = [];
  const refusals: Refused[] = [];
  const { device, seq } = head as Required<typeof head>;
  for (const field of fields.split(',')) {
    const read = readField(field);
    // A frame that passed its checksum and is still no frame comes from other firmware than ours:
    // none of it can be trusted to mean what it seems to.
    if (read === undefined) {
      const detail = `${quoted(field)} is no <name>=<number>`;
      return { frames: [], refused: [{ reason: 'malformed', detail, device, seq }] };
    }
    if ('reason' in read) refusals.push({ ...read, device, seq });
    else measured.push(read);
  }
  return { frames: measured.length > 0 ? [{ ...head, measured }] : [], refused: refusals };
}

function readField(field: string): Measured | Refused | undefined {
  const [, name, number] = FIELD.exec(field) ?? [];
  if (name === undefined || number === undefined) return undefined;
  if (NO_NUMBER.test(number)) return { reason: 'not-a-number', detail: quoted(field) };
  if (!NUMBER.test(number)) return undefined;
  const series = seriesNamed(name);
  return series === undefined ? unknownName(name) : { ...series, value: Number(number) };
}
