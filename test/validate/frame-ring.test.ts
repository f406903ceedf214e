import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../gateway/domain/time.ts';
import { createFrameRing, type FrameMark } from '../../gateway/validate/frame-ring.ts';

/** The same by a plain Map, which keeps the order of insertion. */
function plainRing() {
  const heard = new Map<string, number>();
  const key = ({ count, digest }: FrameMark): string => `${count} ${digest}`;
  const oldestOf = (): string | undefined => heard.keys().next().value;
  return {
    keep(mark: FrameMark, at: number) {
      heard.delete(key(mark));
      heard.set(key(mark), at);
    },
    forget: (mark: FrameMark) => void heard.delete(key(mark)),
    dropOldest: () => void heard.delete(oldestOf() ?? ''),
    heardAt: (mark: FrameMark) => heard.get(key(mark)),
    oldest: () => heard.get(oldestOf() ?? ''),
    size: () => heard.size,
  };
}

const mark = fc.record({
  count: fc.oneof(fc.nat(40), fc.constantFrom(65_535, 65_536, 131_071)),
  digest: fc.constantFrom(0, 1, 0xffff_ffff),
});
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant('keep' as const), mark) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('forget' as const), mark) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('dropOldest' as const), mark) },
);

describe('the frames that a device sent lately', () => {
  it('are found, moved to the end, forgotten and dropped as a plain map does it', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 200 }), (deeds) => {
        const [ring, plain] = [createFrameRing(), plainRing()];
        for (const [at, [what, frame]] of deeds.entries()) {
          if (what === 'keep') ring.keep(frame, instant(at));
          else if (what === 'forget') ring.forget(frame);
          else ring.dropOldest();
          if (what === 'keep') plain.keep(frame, at);
          else if (what === 'forget') plain.forget(frame);
          else plain.dropOldest();
          expect(ring.heardAt(frame)).toBe(plain.heardAt(frame));
          expect(ring.oldest()).toBe(plain.oldest());
          expect(ring.size()).toBe(plain.size());
        }
        for (const [, frame] of deeds) expect(ring.heardAt(frame)).toBe(plain.heardAt(frame));
      }),
      { numRuns: 500 },
    );
  });

  it('go with our clock when it is put right', () => {
    const ring = createFrameRing();
    ring.keep({ count: 1, digest: 7 }, instant(1000));
    ring.move(250);
    expect(ring.heardAt({ count: 1, digest: 7 })).toBe(1250);
    expect(ring.oldest()).toBe(1250);
  });
});
