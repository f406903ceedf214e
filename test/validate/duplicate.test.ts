import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeardBefore } from '../../gateway/validate/duplicate.ts';
import type { Hallmark } from '../../gateway/validate/duplicate.ts';
import { NOON, noonPlus } from './yard.ts';

const mark = (rest: Partial<Hallmark> = {}): Hallmark => ({
  device: 'k1',
  seq: 42,
  digest: 7,
  ...rest,
});
const packet = (id: number, dup: boolean): Hallmark => ({
  device: 'k1',
  digest: 7,
  packet: { id, dup },
});

describe('a frame with a seq', () => {
  it.each<[string, Hallmark, number, boolean]>([
    ['at once', mark(), 0, true],
    ['after 60 s', mark(), 60, true],
    ['a millisecond past 60 s', mark(), 60.001, false],
    ['from another device', mark({ device: 'k2' }), 1, false],
    ['with another seq', mark({ seq: 43 }), 1, false],
    ['with other bytes', mark({ digest: 8 }), 1, false],
    ['with seq near 0, after a reboot', mark({ seq: 0 }), 1, false],
    ['in a fresh packet that is not marked', mark({ packet: { id: 9, dup: false } }), 1, true],
    ['while our clock went back by a day', mark(), -86_400, false],
    ['while our clock went back by a minute', mark(), -60, true],
  ])('is a resend %s', (_, again, after, resend) => {
    const before = createHeardBefore(1);
    before.keep(mark(), NOON);
    expect(before.isResend(again, noonPlus(after))).toBe(resend);
  });

  it('is news when it was never heard', () => {
    expect(createHeardBefore(1).isResend(mark(), NOON)).toBe(false);
  });

  it('is news again when it was forgotten', () => {
    const before = createHeardBefore(1);
    before.keep(mark(), NOON);
    before.forget(mark());
    expect(before.isResend(mark(), NOON)).toBe(false);
  });
});

describe('a frame that is met', () => {
  it('is kept where it is news, and only there', () => {
    const before = createHeardBefore(1);
    expect(before.meet(mark(), NOON)).toBe('news');
    expect(before.meet(mark(), noonPlus(50))).toBe('resend');
    // Heard a minute after the first time, which a resend in between does not make later.
    expect(before.meet(mark(), noonPlus(61))).toBe('news');
    expect(before.size()).toBe(1);
  });

  it('is news as often as it comes where nothing marks it', () => {
    const before = createHeardBefore(1);
    for (const at of [0, 1]) expect(before.meet(packet(9, false), noonPlus(at))).toBe('news');
    expect(before.meet(packet(9, true), noonPlus(2))).toBe('resend');
    expect(before.meet({ device: 'k1', digest: 7 }, NOON)).toBe('news');
    expect(before.size()).toBe(1);
  });
});

describe('a frame without a seq', () => {
  it.each<[string, Hallmark, boolean]>([
    ['marked, same packet, same bytes', packet(9, true), true],
    ['not marked', packet(9, false), false],
    ['marked, another packet', packet(10, true), false],
    ['marked, other bytes', { ...packet(9, true), digest: 8 }, false],
    ['without a packet', { device: 'k1', digest: 7 }, false],
    ['marked, whose packet id is another frame’s seq', { ...packet(9, true), seq: 9 }, false],
  ])('is a resend: %s', (_, again, resend) => {
    const before = createHeardBefore(1);
    before.keep(packet(9, false), NOON);
    expect(before.isResend(again, noonPlus(1))).toBe(resend);
  });
});

describe('the memory', () => {
  it('forgets by time', () => {
    const before = createHeardBefore(1);
    for (let seq = 0; seq < 300; seq++) before.keep(mark({ seq }), NOON);
    before.keep(mark({ seq: 300 }), noonPlus(61));
    expect(before.size()).toBe(1);
  });

  it('forgets by count, the oldest first', () => {
    const before = createHeardBefore(1);
    for (let seq = 0; seq <= 4096; seq++) before.keep(mark({ seq }), NOON);
    expect(before.size()).toBe(4096);
    expect(before.isResend(mark({ seq: 0 }), NOON)).toBe(false);
    expect(before.isResend(mark({ seq: 1 }), NOON)).toBe(true);
  });

  it('knows a whole backlog again, however many devices share it', () => {
    const before = createHeardBefore(100_000);
    for (let seq = 0; seq < 1000; seq++) before.keep(mark({ seq }), NOON);
    expect(before.isResend(mark({ seq: 0 }), NOON)).toBe(true);
  });

  it('of one device takes nothing from another’s', () => {
    const before = createHeardBefore(2);
    before.keep(mark({ device: 'quiet' }), NOON);
    for (let seq = 0; seq < 10_000; seq++) before.keep(mark({ seq }), NOON);
    expect(before.isResend(mark({ device: 'quiet' }), NOON)).toBe(true);
  });

  it('never mistakes one frame for another', () => {
    const marks = fc.record({
      device: fc.constantFrom('k1', 'k2'),
      seq: fc.integer({ min: 0, max: 65_535 }),
      digest: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(marks, { selector: (each) => JSON.stringify(each) }), (all) => {
        const before = createHeardBefore(2);
        for (const each of all) {
          expect(before.isResend(each, NOON)).toBe(false);
          before.keep(each, NOON);
        }
        expect(all.every((each) => before.isResend(each, NOON))).toBe(true);
      }),
    );
  });
});
