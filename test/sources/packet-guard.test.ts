import { describe, expect, it } from 'vitest';
import { createPacketGuard, LARGEST_PACKET } from '../../gateway/sources/packet-guard.ts';
import { LARGEST_PAYLOAD } from '../../gateway/sources/reception.ts';
import { CONNACK, publish } from '../fakes/hostile-broker.ts';

function passed(bytes: Buffer, chunk: number): { out: Buffer; skipped: number; broken: string[] } {
  const broken: string[] = [];
  const guard = createPacketGuard((why) => broken.push(why));
  const out: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    out.push(guard.pass(bytes.subarray(at, at + chunk)));
  }
  return { out: Buffer.concat(out), skipped: guard.skippedBytes(), broken };
}

const small = publish('a/b', Buffer.from('{"seq":1}'));
const stream = (...packets: Buffer[]): Buffer => Buffer.concat([CONNACK, ...packets]);

describe('the guard before the client library', () => {
  it.each([1, 2, 3, 7, 1000])('passes on what fits unchanged, in chunks of %i', (chunk) => {
    const all = stream(small, Buffer.of(0xd0, 0), small);
    expect(passed(all, chunk)).toEqual({ out: all, skipped: 0, broken: [] });
  });

  it.each([1000, 4096, 1_000_000])('cuts a message that does not fit, in chunks of %i', (chunk) => {
    const large = publish('a/b', Buffer.alloc(300_000, 0x41));
    const { out, skipped } = passed(stream(large, small), chunk);
    const cut = publish('a/b', Buffer.alloc(LARGEST_PACKET - 7, 0x41));
    expect(out).toEqual(stream(cut, small));
    expect(skipped).toBe(300_000 + 7 - LARGEST_PACKET);
  });

  it('never cuts one down to a payload that would be taken, however long its topic', () => {
    const longest = publish('t'.repeat(0xffff), Buffer.alloc(LARGEST_PAYLOAD + 2, 0x41));
    const { out } = passed(stream(longest), 4096);
    expect(out.length - CONNACK.length - 4 - (2 + 0xffff + 2)).toBe(LARGEST_PAYLOAD + 1);
  });

  it('says once why nothing more can be made of it, and passes nothing on', () => {
    const { out, broken } = passed(Buffer.from('HTTP/1.1 400 Bad Request\r\n'.repeat(9)), 10);
    expect(out).toHaveLength(0);
    expect(broken).toEqual(['what answers there does not speak MQTT']);
  });
});
