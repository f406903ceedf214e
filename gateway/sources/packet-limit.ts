// Between a client's socket and the MQTT library, which would keep a packet of 256 MB whole before it
// looks at it: whole packets pass, the beginning of one is kept here until its rest has come, and
// what no client may send ends the connection.
//
//   bytes ──▶ kind allowed? length allowed? ──▶ whole packets ──▶ library
//                      │ no                └──▶ a packet's beginning: kept
//                      ▼
//                   refused, and nothing passes any more
//
// Promise: never more is kept than one packet of the length allowed at the moment, and of each packet
// only the header is looked at, so that it costs next to nothing per message.
import type { Socket } from 'node:net';
import { LONGEST_TOPIC } from './mqtt-text.ts';
import { LARGEST_PAYLOAD } from './reception.ts';

export type PacketOffence = 'not-mqtt' | 'malformed' | 'too-large';

export interface PacketLimit {
  /** The whole packets of what has come so far; nothing where there is none, or after an offence. */
  pass(chunk: Buffer): Buffer | undefined;
  /** The client has said who it is: from now on it may send larger ones. */
  letIn(): void;
}

/** A CONNECT with the longest client id, user name and will that we take has 2 kB. */
export const LARGEST_BEFORE_LOGIN = 4096;
/** A payload that is a little too large still passes, so that it is refused in words. */
export const LARGEST_AFTER_LOGIN = LARGEST_PAYLOAD + 2 + LONGEST_TOPIC + 2 + 64;

/** MQTT 3.1.1, 2.2: kind and flags in one byte. */
const CONNECT = 0x10;
/** Kind, and at most four bytes of length. */
const LONGEST_HEADER = 5;

const NOTHING_BEGUN: Begun = { at: 0 };

/** What became of a packet whose beginning was kept; `at` is behind what was taken for it. */
interface Begun {
  readonly at: number;
  readonly whole?: Buffer;
}

/** @param refused is told once why nothing more will pass */
export function createPacketLimit(refused: (offence: PacketOffence) => void): PacketLimit {
  const kept = createKept();
  const gauge = createGauge(refused);

  /** Completes the packet whose beginning is kept: whole where `chunk` has all of its rest. */
  function complete(chunk: Buffer): Begun {
    let at = 0;
    let size = gauge.sizeAt(kept.bytes(), 0, kept.length());
    while (size === 0 && !gauge.isOver() && at < chunk.length) {
      kept.add(chunk.subarray(at, at + 1), LONGEST_HEADER);
      at += 1;
      size = gauge.sizeAt(kept.bytes(), 0, kept.length());
    }
    if (size === 0) return { at };
    const rest = chunk.subarray(at, at + size - kept.length());
    kept.add(rest, size);
    at += rest.length;
    if (kept.length() < size) return { at };
    gauge.passed();
    return { at, whole: kept.take() };
  }

  /** The place behind the last packet in `chunk` that is whole. */
  function lastEnd(chunk: Buffer, from: number): number {
    let end = from;
    while (end < chunk.length) {
      const size = gauge.sizeAt(chunk, end, chunk.length);
      if (size === 0 || end + size > chunk.length) break;
      end += size;
      gauge.passed();
    }
    return end;
  }

  return {
    pass(chunk) {
      if (gauge.isOver()) return undefined;
      const { at, whole } = kept.length() > 0 ? complete(chunk) : NOTHING_BEGUN;
      const end = lastEnd(chunk, at);
      if (gauge.isOver()) return undefined;
      if (end < chunk.length) kept.add(chunk.subarray(end), LONGEST_HEADER);
      if (end === at) return whole;
      const rest = chunk.subarray(at, end);
      return whole ? Buffer.concat([whole, rest]) : rest;
    },
    letIn: gauge.letIn,
  };
}

/** How long packets are, and whether they may come: by their headers alone. */
function createGauge(refused: (offence: PacketOffence) => void) {
  let largest = LARGEST_BEFORE_LOGIN;
  let isFirst = true;
  let isOver = false;
  return {
    /** Of the packet that begins at `at`, header included; 0 where that cannot be said yet, or ever. */
    sizeAt(bytes: Buffer, at: number, end: number): number {
      if (isOver) return 0;
      const size = sizeOf(bytes, at, { end, largest, isFirst });
      if (typeof size === 'number') return size;
      isOver = true;
      refused(size);
      return 0;
    },
    /** One is whole. */
    passed(): void {
      isFirst = false;
    },
    letIn(): void {
      largest = LARGEST_AFTER_LOGIN;
    },
    isOver: () => isOver,
  };
}

/**
 * From now on whoever reads the socket gets what passes. The library asks for bytes by `read`, and so
 * it is done there: a stream between the two would cost more than the work itself.
 */
export function limitReads(socket: Socket, limit: PacketLimit): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size) as Buffer | null;
    return chunk === null ? null : (limit.pass(chunk) ?? null);
  };
}

interface Allowed {
  /** Where the bytes end that have come. */
  readonly end: number;
  readonly largest: number;
  readonly isFirst: boolean;
}

function sizeOf(bytes: Buffer, at: number, { end, largest, isFirst }: Allowed) {
  const first = bytes[at] ?? 0;
  if (isFirst && first !== CONNECT) return 'not-mqtt';
  const most = isFirst ? largest : (LENGTHS[first] ?? NEVER);
  if (most === NEVER) return 'malformed';
  let length = 0;
  for (let place = 1; place < LONGEST_HEADER; place++) {
    if (at + place >= end) return 0;
    const byte = bytes[at + place] ?? 0;
    length += (byte & 0x7f) << (7 * (place - 1));
    if (byte >= 0x80) continue;
    if (length > largest) return 'too-large';
    return length > most ? 'malformed' : 1 + place + length;
  }
  return 'malformed';
}

const [NEVER, ANY] = [-1, 0xfff_ffff];
const LENGTHS = lengthsByFirstByte();

/** MQTT 3.1.1, 2.2 and 3: what a client may send after its CONNECT, and the longest of each. */
function lengthsByFirstByte(): Int32Array {
  const lengths = new Int32Array(256).fill(NEVER);
  // PUBLISH with its flags: retain, QoS 0 to 2, DUP.
  for (let flags = 0; flags < 16; flags++) lengths[0x30 | flags] = (flags & 6) === 6 ? NEVER : ANY;
  for (const acknowledgement of [0x40, 0x50, 0x62, 0x70]) lengths[acknowledgement] = 2;
  for (const subscription of [0x82, 0xa2]) lengths[subscription] = ANY;
  for (const bare of [0xc0, 0xe0]) lengths[bare] = 0;
  return lengths;
}

const NOTHING = Buffer.alloc(0);

/** The beginning of one packet, in one piece however many it came in. */
function createKept() {
  let bytes = NOTHING;
  let length = 0;
  return {
    bytes: () => bytes,
    length: () => length,
    /** @param expected how long it will become, as far as that is known */
    add(more: Uint8Array, expected: number): void {
      const needed = length + more.length;
      if (needed > bytes.length) {
        // Doubled, not made as long as the sender says: what it only announces costs nothing.
        const larger = Math.max(needed, Math.min(expected, 2 * bytes.length), LONGEST_HEADER);
        const grown = Buffer.allocUnsafeSlow(larger);
        bytes.copy(grown, 0, 0, length);
        bytes = grown;
      }
      bytes.set(more, length);
      length = needed;
    },
    /** Gives it away: whoever gets it may keep a part of it for long. */
    take(): Buffer {
      const whole = bytes.subarray(0, length);
      bytes = NOTHING;
      length = 0;
      return whole;
    },
  };
}
