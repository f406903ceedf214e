// Our own JSON over MQTT and HTTP: one object of the frame's names, or an array of such objects as
// a backlog, oldest first. What is wrong with one field or element is refused alone; everything
// beside it is kept. A seq or a time that is none costs the seq or the time, never the readings:
// they are then taken once more at worst (no seq), or dated by their receipt (no time).
import { Type } from 'typebox';
import { digestOfText } from '../domain/digest.ts';
import { QUANTITIES } from '../domain/quantity.ts';
import type { Instant } from '../domain/time.ts';
import { defineDecoder, refused } from './decoder.ts';
import type { Decoded, Frame, Measured, Message, Refused, Sample } from './decoder.ts';
import { momentOf } from './device-clock.ts';
import { parseGuarded } from './json-guard.ts';
import { readPlain } from './plain-json.ts';
import { limitRefusals } from './refusal-limit.ts';
import { quoted, seriesNamed, unknownName } from './series-name.ts';

/** An object in an array is two deep; the two beyond are for a sender's own extras. */
const LIMITS = { bytes: 65_536, depth: 4 };
const MOST_ELEMENTS = 500;
const MOST_FIELDS = 64;
const HIGHEST_SEQ = 65_535;
const PLAIN = {
  bytes: LIMITS.bytes,
  elements: MOST_ELEMENTS,
  fields: MOST_FIELDS,
  seq: HIGHEST_SEQ,
};

const SAMPLES: readonly Sample[] = [
  {
    title: 'a lamp with its own clock',
    topic: 'courtyard/luyuan/lamp-07/telemetry',
    payload: '{"seq":7,"at":"2026-11-02T18:00:00+08:00","on":true,"power":28.4}',
    gives: {
      readings: [
        { quantity: 'on', value: 1, observedAt: '2026-11-02T10:00:00.000Z' },
        { quantity: 'power', value: 28.4, observedAt: '2026-11-02T10:00:00.000Z' },
      ],
    },
  },
  {
    title: 'a kiosk with two bins and no clock',
    payload: '{"seq":42,"wet.distance":412,"dry.distance":873}',
    gives: {
      readings: [
        { channel: 'wet', quantity: 'distance', value: 412 },
        { channel: 'dry', quantity: 'distance', value: 873 },
      ],
    },
  },
  {
    title: 'a backlog with one bad element',
    payload: '[{"at":1793613600000,"volume":104522},17,{"at":1793613660000,"volume":104530}]',
    gives: {
      readings: [
        { quantity: 'volume', value: 104_522, observedAt: '2026-11-02T10:00:00.000Z' },
        { quantity: 'volume', value: 104_530, observedAt: '2026-11-02T10:01:00.000Z' },
      ],
      rejected: 'malformed',
    },
  },
  {
    title: 'a time without a zone',
    payload: '{"at":"2026-11-02 18:00","lid":false}',
    gives: { readings: [{ quantity: 'lid', value: 0 }], rejected: 'bad-time' },
  },
  {
    title: 'a seq that cannot be one',
    payload: '{"seq":70000,"lid":1}',
    gives: { readings: [{ quantity: 'lid', value: 1 }], rejected: 'malformed' },
  },
  {
    title: 'a number in quotes',
    payload: '{"power":"28.4"}',
    gives: { rejected: 'not-a-number' },
  },
  {
    title: 'a name of the language, not of ours',
    payload: '{"__proto__":1}',
    gives: { rejected: 'unknown-quantity' },
  },
  { title: 'a bare number', payload: '28.4', gives: { rejected: 'malformed' } },
  { title: 'no JSON', payload: 'power=28.4', gives: { rejected: 'not-json' } },
  { title: 'brackets for ever', payload: '['.repeat(200), gives: { rejected: 'too-deep' } },
  {
    title: 'more than 64 kB',
    payload: `{"power":28.4}${' '.repeat(LIMITS.bytes)}`,
    gives: { rejected: 'too-large' },
  },
  { title: 'an object that says nothing', payload: '{"seq":8}', gives: { rejected: 'empty' } },
];

export const courtyardJson = defineDecoder({
  name: 'courtyard-json',
  title: 'Courtyard JSON',
  maker: 'Courtyard',
  datasheet: 'gateway/sources/WIRE.md',
  framing: 'message',
  speaker: 'way-in',
  options: Type.Object({}, { additionalProperties: false }),
  yields: 'any',
  samples: SAMPLES,
  decode,
});

function decode(message: Message): Decoded {
  const frames = readPlain(message.bytes, PLAIN);
  return frames === undefined ? decodeAny(message) : { frames, refused: NOTHING };
}

const NOTHING: readonly Refused[] = [];

function decodeAny(message: Message): Decoded {
  const parsed = parseGuarded(message.bytes, LIMITS);
  if (!parsed.ok) return refused(parsed.reason, parsed.detail);
  if (!Array.isArray(parsed.value)) return limitRefusals(readElement(parsed.value));
  const elements: readonly unknown[] = parsed.value;
  if (elements.length === 0) return refused('empty', 'a backlog of nothing');
  const read = elements.slice(0, MOST_ELEMENTS).map(readElement);
  return limitRefusals({
    frames: read.flatMap((each) => each.frames),
    refused: [...tooMany(elements.length), ...read.flatMap((each) => each.refused)],
  });
}

function tooMany(elements: number): Refused[] {
  if (elements <= MOST_ELEMENTS) return [];
  const left = elements - MOST_ELEMENTS;
  return [{ reason: 'too-large', detail: `${left} elements past the first ${MOST_ELEMENTS}` }];
}

function readElement(element: unknown): Decoded {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return refused('malformed', `${quoted(JSON.stringify(element))} is no object`);
  }
  const said = element as Readonly<Record<string, unknown>>;
  const head = readHead(said['seq'], said['at']);
  const { measured, refusals } = readFields(said);
  // Written anew, so that an element is the same frame alone and in a backlog sent again.
  const imprint = digestOfText(JSON.stringify(element));
  const wrong = [...head.refused, ...refusals];
  return {
    frames: measured.length > 0 ? [{ ...head.frame, measured, imprint }] : [],
    refused: wrong.length === 0 ? wrong : wrong.map((each) => ({ ...each, ...seqOf(head.frame) })),
  };
}

/** This runs for every message that there is: one walk, and nothing made that is not handed on. */
function readFields(said: Readonly<Record<string, unknown>>) {
  const measured: Measured[] = [];
  const refusals: Refused[] = [];
  let fields = 0;
  for (const name of Object.keys(said)) {
    if (name === 'seq' || name === 'at') continue;
    fields += 1;
    if (fields > MOST_FIELDS) continue;
    const read = readField(name, said[name]);
    if ('reason' in read) refusals.push(read);
    else measured.push(read);
  }
  if (fields === 0) refusals.push({ reason: 'empty', detail: 'names no quantity' });
  if (fields > MOST_FIELDS) {
    const left = fields - MOST_FIELDS;
    refusals.push({ reason: 'too-large', detail: `${left} fields past the first ${MOST_FIELDS}` });
  }
  return { measured, refusals };
}

interface Head {
  readonly frame: Pick<Frame, 'seq' | 'observedAt'>;
  readonly refused: Refused[];
}

function readHead(seq: unknown, at: unknown): Head {
  const refusals: Refused[] = [];
  const observedAt = momentOf(at);
  if (at !== undefined && observedAt === undefined) {
    const detail = `at: ${quoted(JSON.stringify(at))} is no ISO 8601 with zone, no epoch ms`;
    refusals.push({ reason: 'bad-time', detail });
  }
  if (seq !== undefined && !isSeq(seq)) {
    const detail = `seq: ${quoted(JSON.stringify(seq))} is no whole number 0…${HIGHEST_SEQ}`;
    refusals.push({ reason: 'malformed', detail });
  }
  const frame: { seq?: number; observedAt?: Instant } = {};
  if (isSeq(seq)) frame.seq = seq;
  if (observedAt !== undefined) frame.observedAt = observedAt;
  return { frame, refused: refusals };
}

const isSeq = (seq: unknown): seq is number =>
  Number.isInteger(seq) && (seq as number) >= 0 && (seq as number) <= HIGHEST_SEQ;

const seqOf = ({ seq }: { readonly seq?: number }) => (seq === undefined ? {} : { seq });

function readField(name: string, said: unknown): Measured | Refused {
  const series = seriesNamed(name);
  if (series === undefined) return unknownName(name);
  const isSwitch = QUANTITIES[series.quantity].unit === '0/1';
  const value = isSwitch && typeof said === 'boolean' ? Number(said) : said;
  if (typeof value === 'number' && Number.isFinite(value)) {
    const { channel, quantity } = series;
    return channel === undefined ? { quantity, value } : { channel, quantity, value };
  }
  return { reason: 'not-a-number', detail: `${name}: ${quoted(JSON.stringify(said))}` };
}
