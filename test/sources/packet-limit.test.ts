import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PacketLimit, PacketOffence } from '../../gateway/sources/packet-limit.ts';
import {
  createPacketLimit,
  LARGEST_AFTER_LOGIN,
  LARGEST_BEFORE_LOGIN,
} from '../../gateway/sources/packet-limit.ts';

interface Bench {
  readonly limit: PacketLimit;
  readonly offences: PacketOffence[];
}

function bench(): Bench {
  const offences: PacketOffence[] = [];
  return { limit: createPacketLimit((offence) => offences.push(offence)), offences };
}

/** A packet of this kind with `length` bytes behind its header. */
function packet(first: number, length: number): Buffer {
  const digits: number[] = [];
  for (let rest = length; ; rest = Math.floor(rest / 128)) {
    digits.push(rest < 128 ? rest : (rest % 128) | 0x80);
    if (rest < 128) break;
  }
  return Buffer.concat([Buffer.from([first, ...digits]), Buffer.alloc(length, length % 251)]);
}

const [CONNECT, PUBLISH, PINGREQ] = [0x10, 0x32, 0xc0];
const connect = packet(CONNECT, 30);

/** Past its CONNECT and let in. */
function insider(): Bench {
  const one = bench();
  one.limit.pass(connect);
  one.limit.letIn();
  return one;
}

describe('what passes to the MQTT library', () => {
  it('is the same however the bytes are cut: whole packets, nothing else', () => {
    const kinds = fc.constantFrom(PUBLISH, 0x30, 0x3d, 0x82, 0xa2);
    const lengths = fc.oneof(fc.nat(40), fc.nat(1000), fc.constantFrom(127, 128, 16_383, 16_384));
    const wanted = fc.array(fc.tuple(kinds, lengths), { maxLength: 12 });
    const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(wanted, cuts, (wanted, cuts) => {
        const { limit, offences } = insider();
        const packets = wanted.map(([first, length]) => packet(first, length));
        const bytes = Buffer.concat(packets);
        const ends = packets.map((_, n) => Buffer.concat(packets.slice(0, n + 1)).length);
        const out: Buffer[] = [];
        for (let at = 0, n = 0; at < bytes.length; n++) {
          const cut = cuts[n % cuts.length] ?? 1;
          const passed = limit.pass(Buffer.from(bytes.subarray(at, at + cut)));
          at += cut;
          if (passed) out.push(passed);
          const sum = out.reduce((sum, { length }) => sum + length, 0);
          // Never a part of a packet, and never later than when it was whole.
          expect(sum).toBe(ends.findLast((end) => end <= at) ?? 0);
        }
        expect(Buffer.concat(out).equals(bytes)).toBe(true);
        expect(offences).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is never written over by what comes later', () => {
    const { limit } = insider();
    limit.pass(packet(PUBLISH, 20).subarray(0, 5));
    const first = limit.pass(packet(PUBLISH, 20).subarray(5));
    const copy = Buffer.from(first ?? []);
    limit.pass(packet(PUBLISH, 21).subarray(0, 7));
    limit.pass(packet(PUBLISH, 21).subarray(7));
    expect(first).toEqual(copy);
  });
});

describe('a client that has not said who it is', () => {
  it.each<[fact: string, bytes: Buffer, offence: PacketOffence]>([
    ['begins with a PUBLISH', packet(PUBLISH, 5), 'not-mqtt'],
    ['begins with a PINGREQ', packet(PINGREQ, 0), 'not-mqtt'],
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\n'), 'not-mqtt'],
    ['speaks TLS', Buffer.from([0x16, 3, 1, 0, 5]), 'not-mqtt'],
    ['sends a CONNECT with reserved flags', packet(0x11, 30), 'not-mqtt'],
    ['sends a byte too many', packet(CONNECT, LARGEST_BEFORE_LOGIN + 1), 'too-large'],
    ['announces 256 MB', Buffer.from([CONNECT, 0xff, 0xff, 0xff, 0x7f]), 'too-large'],
    ['has a length that never ends', Buffer.from([CONNECT, 255, 255, 255, 255]), 'malformed'],
    ['hides a large packet behind', Buffer.concat([connect, packet(PUBLISH, 5000)]), 'too-large'],
  ])('is refused where it %s', (_fact, bytes, offence) => {
    const { limit, offences } = bench();
    expect(limit.pass(bytes)).toBeUndefined();
    expect(limit.pass(connect)).toBeUndefined();
    expect(offences).toEqual([offence]);
  });

  it('may send the largest CONNECT there is', () => {
    const { limit, offences } = bench();
    const largest = packet(CONNECT, LARGEST_BEFORE_LOGIN);
    expect(limit.pass(largest)).toEqual(largest);
    expect(offences).toEqual([]);
  });

  it('is refused by the header alone, before what it announces has come', () => {
    const { limit, offences } = bench();
    for (const byte of [CONNECT, 0x81, 0x80, 0x80]) limit.pass(Buffer.from([byte]));
    expect(offences).toEqual([]);
    limit.pass(Buffer.from([0x01]));
    expect(offences).toEqual(['too-large']);
  });
});

describe('a client that is in', () => {
  it('may send 64 kB and its topic, and not a byte more', () => {
    const { limit, offences } = insider();
    const largest = packet(PUBLISH, LARGEST_AFTER_LOGIN);
    expect(limit.pass(largest)).toEqual(largest);
    expect(limit.pass(packet(PUBLISH, LARGEST_AFTER_LOGIN + 1))).toBeUndefined();
    expect(offences).toEqual(['too-large']);
  });

  it.each<[fact: string, bytes: Buffer]>([
    ['a second CONNECT', connect],
    ['a CONNACK', packet(0x20, 2)],
    ['a SUBACK', packet(0x90, 3)],
    ['an UNSUBACK', packet(0xb0, 2)],
    ['a PINGRESP', packet(0xd0, 0)],
    ['an AUTH of MQTT 5', packet(0xf0, 0)],
    ['a kind that there is not', packet(0x00, 0)],
    ['QoS 3', packet(0x36, 10)],
    ['a SUBSCRIBE without its flag', packet(0x80, 10)],
    ['a PUBREL without its flag', packet(0x60, 2)],
    ['a PUBACK of five bytes', packet(0x40, 5)],
    ['a PINGREQ with something in it', packet(PINGREQ, 1)],
    ['a DISCONNECT of 60 kB', packet(0xe0, 60_000)],
  ])('is refused for %s', (_fact, bytes) => {
    const { limit, offences } = insider();
    expect(limit.pass(Buffer.concat([packet(PUBLISH, 9), bytes]))).toBeUndefined();
    expect(offences).toEqual(['malformed']);
  });

  it('that sends byte by byte makes us keep one packet and no more', () => {
    const { limit, offences } = insider();
    const large = packet(PUBLISH, 60_000);
    let passed: Buffer | undefined;
    for (const byte of large) passed = limit.pass(Buffer.from([byte])) ?? passed;
    expect(passed?.equals(large)).toBe(true);
    expect(offences).toEqual([]);
  });
});
