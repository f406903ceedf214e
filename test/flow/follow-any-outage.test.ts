import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord, Sequence } from '../../gateway/domain/record.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { follow } from '../../gateway/flow/follow.ts';
import type { Follower } from '../../gateway/flow/follow.ts';
import type { Delivery } from '../../gateway/sinks/sink.ts';
import { accepted, away, PACE, scene, toldSink, turns } from './followed.ts';

describe('a follower, through any outages and restarts', () => {
  it('passes nothing over and moves nothing before it has arrived', async () => {
    const events = ['write', 'flood', 'keep', 'accept', 'park', 'restart', 'wait', 'wait'] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...events), { maxLength: 40 }), async (days) => {
        let mode: 'keep' | 'accept' | 'park' = 'accept';
        const arrived = new Set<Sequence>();
        const answer = (records: readonly LogRecord[]): Delivery => {
          if (mode === 'keep') return away;
          const [first, ...rest] = records.map(({ sequence }) => sequence);
          rest.forEach((sequence) => arrived.add(sequence));
          if (mode === 'accept' || first === undefined) {
            if (first !== undefined) arrived.add(first);
            return accepted;
          }
          return { kind: 'parked', parked: [{ sequence: first, words: 'no' }] };
        };
        const { store, clock, logger, write } = scene(answer);
        const begin = async (): Promise<Follower> => {
          const { sink } = toldSink(answer);
          const { log, cursors } = store;
          const next = follow({ ...PACE, sink, log, cursors, clock, random: () => 0, logger });
          await next.start();
          return next;
        };
        let follower = await begin();
        for (const happens of days) {
          if (happens === 'write') await write(2);
          else if (happens === 'flood') await write(40);
          else if (happens === 'restart') {
            await follower.stop();
            follower = await begin();
          } else if (happens === 'wait') clock.moveBy(seconds(1));
          else mode = happens;
          await turns();
          const position = await store.cursors.position('copy');
          const parked = (await store.books.deadLetters(9999)).map(({ sequence }) => sequence);
          for (let passed = 1; passed <= position; passed += 1) {
            expect(arrived.has(passed) || parked.includes(passed)).toBe(true);
          }
        }
        mode = 'accept';
        for (let step = 0; step < 2000 && follower.state().behind > 0; step += 1) {
          clock.moveBy(seconds(30));
          await turns();
        }
        expect(follower.state().behind).toBe(0);
        await follower.stop();
        const parked = (await store.books.deadLetters(9999)).map(({ sequence }) => sequence);
        expect(await store.cursors.position('copy')).toBe(store.log.head());
        expect(new Set([...arrived, ...parked]).size).toBe(store.log.head());
      }),
      { numRuns: 100 },
    );
  });
});
