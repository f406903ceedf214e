// Every message that is heard is at any moment stored, failed or in flight, and none is two of them.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc16Hex } from '../../gateway/decode/crc16.ts';
import { decoderNamed } from '../../gateway/decode/index.ts';
import { Fault } from '../../gateway/domain/fault.ts';
import { createIntake } from '../../gateway/flow/intake.ts';
import { createTally, type Counts } from '../../gateway/flow/tally.ts';
import { createJudge } from '../../gateway/validate/judge.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { clock, COMPOUND } from '../fakes/small-site.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const frame = (body: string): string => `$${body}*${crc16Hex(body)}`;

const LINES = [
  frame('k1,42,wet.distance=412,wet.gross=31.25'),
  frame('k1,43,wet.distance=99999'),
  frame('k1,44,nose.distance=412'),
  frame('stranger,1,power=3'),
  '$k1,45,wet.distance=412*0000',
  'noise',
];

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
};

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);

it('heard = stored + failed + in flight, and stored = readings + rejections, whatever comes', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ line: fc.nat(LINES.length - 1), damage: fc.boolean() }) },
    { weight: 3, arbitrary: fc.constantFrom('stored' as const, 'failed' as const) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const waiting: { stored(): void; failed(): void }[] = [];
      const tally = createTally(new Set(COMPOUND.devices.keys()));
      const intake = createIntake({
        compound: COMPOUND,
        decoderOf: () => 'courtyard-line',
        decoderNamed,
        judge: createJudge({ compound: COMPOUND }),
        log: {
          append: () =>
            new Promise((resolve, reject) => {
              const fault = new Fault('store-write-failed', 'writing a group: disk full');
              waiting.push({ stored: () => resolve(1), failed: () => reject(fault) });
            }),
        },
        clock: handClock('2026-11-02T09:00:00+08:00'),
        tally,
        onFault: () => undefined,
      });
      const source = tally.source('bins-line');
      let answered = 0;
      for (const one of steps) {
        if (typeof one === 'string') waiting.shift()?.[one]();
        else {
          const text = LINES[one.line] ?? '';
          const envelope = { source: 'bins-line', bytes: bytes(text), receivedAt: clock('10:00') };
          intake.offer(one.damage ? { ...envelope, damage: 'malformed' } : envelope).then(
            () => (answered += 1),
            () => undefined,
          );
        }
        await turns();
        expect(source.heard).toBeGreaterThanOrEqual(source.stored + source.failed);
        expect(source.acknowledged).toBe(answered);
        for (const id of COMPOUND.devices.keys()) balances(tally.device(id));
      }
      while (waiting.length > 0) {
        waiting.shift()?.stored();
        await turns();
      }
      expect(source.heard).toBe(source.stored + source.failed);
      expect(source.framed).toBeLessThanOrEqual(source.heard);
      expect(source.decoded).toBeLessThanOrEqual(source.framed);
      for (const id of COMPOUND.devices.keys()) {
        const counts = tally.device(id);
        balances(counts);
        expect(counts.heard).toBe(counts.stored + counts.failed);
      }
    }),
    { numRuns: 100 },
  );
});

function balances(counts: Counts): void {
  expect(counts.stored).toBe(counts.readings + sum(counts.rejected));
  expect(counts.acknowledged).toBe(counts.stored);
  expect(counts.heard).toBeGreaterThanOrEqual(counts.stored + counts.failed);
}

it('drops are counted by reason, a stranger’s with his source alone', () => {
  const tally = createTally(new Set(['k1']));
  tally.dropped({ source: 'broker', device: 'k1', reason: 'shed', count: 2 });
  tally.dropped({ source: 'broker', device: 'stranger', reason: 'shed', count: 3 });
  expect(tally.source('broker').dropped).toEqual(new Map([['shed', 5]]));
  expect(tally.device('k1').dropped).toEqual(new Map([['shed', 2]]));
  expect(tally.device('stranger').dropped).toEqual(new Map());
});
