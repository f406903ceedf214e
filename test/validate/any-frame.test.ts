// Frames of no plan: what must hold of a judgement whatever was heard, in whatever order.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../gateway/domain/quantity.ts';
import type { Quantity } from '../../gateway/domain/quantity.ts';
import { instant } from '../../gateway/domain/time.ts';
import { createJudge } from '../../gateway/validate/judge.ts';
import type { Heard, Judge, Judgement } from '../../gateway/validate/judge.ts';
import { YARD, noonPlus } from './yard.ts';

const judge = (): Judge => createJudge({ compound: YARD });

describe('whatever comes', () => {
  const quantity = fc.constantFrom(...(Object.keys(QUANTITIES) as Quantity[]));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const device = fc.constantFrom('k1', 'lamp-07', 'meter-1', 'lost', 'stranger', '__proto__');
  const anything = fc.record({
    device,
    source: fc.constantFrom('bins-line', 'broker'),
    seq: maybe(fc.integer({ min: 0, max: 3 })),
    digest: fc.integer({ min: 0, max: 2 }),
    observedAt: maybe(fc.oneof(fc.double(), fc.integer({ min: -400, max: 400 }).map(noonPlus))),
    receivedAt: fc.integer({ min: -100_000, max: 100_000 }).map(noonPlus),
    packet: maybe(fc.record({ id: fc.integer({ min: 1, max: 3 }), dup: fc.boolean() })),
    measured: fc.array(
      fc.record({ channel: maybe(fc.constantFrom('wet', 'dry')), quantity, value: fc.double() }),
      { maxLength: 5 },
    ),
  });

  it('each frame gives an entry, parts are consecutive, values finite, times plausible', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (frames) => {
        const judged = judge();
        for (const each of frames) expectSound(judged.hear(asHeard(each)));
      }),
    );
  });

  it('the same frames are judged the same by another judge', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), (frames) => {
        const [one, other] = [judge(), judge()];
        for (const each of frames) {
          expect(one.hear(asHeard(each)).entries).toEqual(other.hear(asHeard(each)).entries);
        }
      }),
    );
  });
});

type Anything = Omit<Heard, 'frame' | 'packet'> & {
  device: string;
  seq: number | undefined;
  observedAt: number | undefined;
  packet: Heard['packet'] | undefined;
  measured: { channel: string | undefined; quantity: Quantity; value: number }[];
};

/** Leaves out what is undefined, as a decoder would. */
const asHeard = ({ device, seq, observedAt, packet, measured, ...rest }: Anything): Heard => ({
  ...rest,
  ...(packet && { packet }),
  frame: {
    device,
    ...(seq !== undefined && { seq }),
    ...(observedAt !== undefined && { observedAt: instant(observedAt) }),
    measured: measured.map(({ channel, ...spoken }) => ({
      ...spoken,
      ...(channel !== undefined && { channel }),
    })),
  },
});

function expectSound({ entries, doubted, duplicate }: Judgement): void {
  expect(entries.length).toBeGreaterThan(0);
  for (const [index, entry] of entries.entries()) {
    if (entry.kind === 'rejection') continue;
    expect(entry.part).toBe(index);
    expect(Number.isFinite(entry.value)).toBe(true);
    expect(entry.observedAt).toBeLessThanOrEqual(entry.receivedAt + 300_000);
  }
  const words = entries.map((entry) => (entry.kind === 'rejection' ? entry.reason : entry.doubt));
  expect(doubted).toBe(entries.some((entry) => entry.kind === 'reading' && entry.doubt));
  expect(duplicate).toBe(words.includes('duplicate'));
  expect(!duplicate || words.length === 1).toBe(true);
}
