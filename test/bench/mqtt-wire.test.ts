// Bytes as MQTT 3.1.1 draws them; that a real broker takes them is shown by the load's own test.
import { describe, expect, it } from 'vitest';
import {
  connectPacket,
  createAnswerReader,
  createPublishWriter,
  PUBLISH_OVERHEAD,
} from './mqtt-wire.ts';

const hex = (...parts: string[]): string => parts.join('').replaceAll(' ', '');

function published(topic: string, payload: string): Buffer {
  const to = Buffer.alloc(1 + topic.length + payload.length + PUBLISH_OVERHEAD);
  const end = createPublishWriter(topic).write(to, 1, { id: 0x0102, payload });
  return to.subarray(1, end);
}

describe('what a lamp of the bench says', () => {
  it('opens a clean session without a will, heard from within ten minutes', () => {
    expect(connectPacket('ab').toString('hex')).toBe(
      hex('10 0e', '0004 4d515454', '04 02 0258', '0002 6162'),
    );
  });

  it('publishes at QoS 1, neither retained nor for the second time', () => {
    expect(published('a/b', 'hi').toString('hex')).toBe(
      hex('32 09', '0003 612f62', '0102', '6869'),
    );
  });

  // The topic with its length and the packet id take 7 bytes.
  it.each([
    [120, '7f'],
    [121, '8001'],
    [16_376, 'ff7f'],
    [16_377, '808001'],
    [2_097_144, 'ffff7f'],
    [2_097_145, '80808001'],
  ])('writes the length of a payload of %d bytes as %s', (length, bytes) => {
    const packet = published('a/b', 'x'.repeat(length));
    expect(packet.subarray(1, 1 + bytes.length / 2).toString('hex')).toBe(bytes);
    expect(packet).toHaveLength(1 + bytes.length / 2 + 7 + length);
  });
});

describe('what a broker answers', () => {
  const LEFT_FROM_BEFORE = Buffer.from([0x40, 2, 0, 9]);
  const answers = Buffer.from([0x20, 2, 0, 0, 0x40, 2, 0, 1, 0x40, 2, 0xff, 0xff]);

  it.each([1, 2, 3, 5, 12])('is understood in pieces of %d bytes', (size) => {
    const heard: string[] = [];
    const read = createAnswerReader({
      connected: (code) => heard.push(`code ${code}`),
      acknowledged: (id) => heard.push(`id ${id}`),
    });
    for (let at = 0; at < answers.length; at += size) {
      const piece = answers.subarray(at, at + size);
      read(Buffer.concat([piece, LEFT_FROM_BEFORE]), piece.length);
    }
    expect(heard).toEqual(['code 0', 'id 1', 'id 65535']);
  });

  it('is refused where it is something else', () => {
    const read = createAnswerReader({ connected: () => 0, acknowledged: () => 0 });
    expect(() => read(Buffer.from('HTTP'), 4)).toThrow('48545450');
  });
});
