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
  let state: 'first' | 'open' | 'broken' = 'first';
  let head: number[] = [];
  let passing = 0;
  let skipping = 0;
  let skipped = 0;

  function breakOff(why: string): Buffer {
    state = 'broken';
    broken(why);
    return Buffer.alloc(0);
  }

  /** Of a byte that may complete a header: what the library gets to see of that header. */
  function begin(byte: number): Buffer {
    head.push(byte);
    const length = lengthIn(head);
    if (length === 'undecided') return Buffer.alloc(0);
    const type = (head[0] ?? 0) >> 4;
    if (length === 'malformed' || (state === 'first' && type !== CONNACK)) {
      return breakOff('what answers there does not speak MQTT');
    }
    if (type === PUBLISH && isQos2(head)) {
      return breakOff('the broker sends at QoS 2 what was asked for at QoS 1');
    }
    if (type !== PUBLISH && length > LARGEST_OTHER) {
      return breakOff(`the broker sent a packet of kind ${type} and ${length} bytes`);
    }
    state = 'open';
    passing = Math.min(length, LARGEST_PACKET);
    skipping = length - passing;
    const header = Buffer.from([head[0] ?? 0, ...written(passing)]);
    head = [];
    return header;
  }

  return {
    pass(chunk) {
      const out: Buffer[] = [];
      let at = 0;
      while (at < chunk.length && state !== 'broken') {
        const rest = chunk.length - at;
        if (passing > 0) {
          const count = Math.min(passing, rest);
          out.push(chunk.subarray(at, at + count));
          passing -= count;
          at += count;
        } else if (skipping > 0) {
          const count = Math.min(skipping, rest);
          skipping -= count;
          skipped += count;
          at += count;
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

/** MQTT 3.1.1, 3.3.1. The library would keep such a message in its own memory until it is released. */
const isQos2 = ([flags = 0]: readonly number[]): boolean => ((flags >> 1) & 3) === 2;

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
