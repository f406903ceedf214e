// What a broker elsewhere sends, cut to what the client library can hold: the library keeps a packet
// whole before it looks at it, and MQTT allows 256 MB.
//
//   bytes ──▶ first packet a CONNACK? ──▶ PUBLISH too long: its beginning only ──▶ library
//                     │ no                 anything else too long
//                     ▼                              ▼
//                  broken: no MQTT broker, or one gone mad
//
// Promise: no packet of more than LARGEST_PACKET bytes comes out, and how the bytes were chunked
// never changes what does. A PUBLISH that was cut stays longer than any payload that is taken, so it
// is refused as too large and acknowledged: left alone, the broker would send it again for ever.
import { LARGEST_PAYLOAD } from './reception.ts';

export interface PacketGuard {
  /** What the library may see of these bytes. */
  pass(chunk: Buffer): Buffer;
  /** Bytes that it may not. */
  skippedBytes(): number;
}

const LONGEST_TOPIC = 0xffff;
/** Topic and packet id with their lengths, and one byte more than a payload may have. */
export const LARGEST_PACKET = 2 + LONGEST_TOPIC + 2 + LARGEST_PAYLOAD + 1;
/** SUBACK is the longest of the others: two bytes, and one for each subscription. */
const LARGEST_OTHER = 4096;

const [CONNACK, PUBLISH] = [2, 3];

/** @param broken is told once why nothing more can be made of the stream */
export function createPacketGuard(broken: (why: string) => void): PacketGuard {
  const heads = createHeads();
  let isBroken = false;
  let passing = 0;
  let skipping = 0;
  let skipped = 0;

  /** Of a byte that may complete a header: what the library gets to see of that header. */
  function begin(byte: number): Buffer {
    const head = heads.add(byte);
    if (head === 'incomplete') return Buffer.alloc(0);
    if (typeof head === 'string') {
      isBroken = true;
      broken(head);
      return Buffer.alloc(0);
    }
    passing = Math.min(head.length, LARGEST_PACKET);
    skipping = head.length - passing;
    return Buffer.from([head.first, ...written(passing)]);
  }

  return {
    pass(chunk) {
      const out: Buffer[] = [];
      for (let at = 0; at < chunk.length && !isBroken;) {
        const rest = chunk.subarray(at);
        if (passing > 0) {
          out.push(rest.subarray(0, passing));
          at += Math.min(passing, rest.length);
          passing -= Math.min(passing, rest.length);
        } else if (skipping > 0) {
          at += Math.min(skipping, rest.length);
          skipped += Math.min(skipping, rest.length);
          skipping -= Math.min(skipping, rest.length);
        } else {
          out.push(begin(chunk[at] ?? 0));
          at += 1;
        }
      }
      return Buffer.concat(out);
    },
    skippedBytes: () => skipped,
  };
}

interface Head {
  /** Kind and flags. */
  readonly first: number;
  /** Of what follows the header. */
  readonly length: number;
}

/** Fixed headers, byte by byte; another string than `incomplete` says why this one cannot be. */
function createHeads() {
  let bytes: number[] = [];
  let isFirst = true;
  return {
    add(byte: number): Head | string {
      bytes.push(byte);
      const length = lengthIn(bytes);
      if (length === 'undecided') return 'incomplete';
      const [first = 0] = bytes;
      const type = first >> 4;
      if (length === 'malformed' || (isFirst && type !== CONNACK)) {
        return 'what answers there does not speak MQTT';
      }
      if (type === PUBLISH && isQos2(first)) {
        return 'the broker sends at QoS 2 what was asked for at QoS 1';
      }
      if (type !== PUBLISH && length > LARGEST_OTHER) {
        return `the broker sent a packet of kind ${type} and ${length} bytes`;
      }
      isFirst = false;
      bytes = [];
      return { first, length };
    },
  };
}

/** MQTT 3.1.1, 3.3.1. The library would keep such a message in its own memory until it is released. */
const isQos2 = (first: number): boolean => ((first >> 1) & 3) === 2;

/** MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first, at most four bytes. */
function lengthIn([, ...bytes]: readonly number[]): number | 'undecided' | 'malformed' {
  const last = bytes.at(-1);
  if (last === undefined) return 'undecided';
  if (last >= 0x80) return bytes.length < 4 ? 'undecided' : 'malformed';
  return bytes.reduceRight((sum, byte) => sum * 0x80 + (byte & 0x7f), 0);
}

function written(length: number): number[] {
  const low = length % 0x80;
  return length < 0x80 ? [low] : [low | 0x80, ...written(Math.floor(length / 0x80))];
}
