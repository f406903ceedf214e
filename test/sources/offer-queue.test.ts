import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { seconds } from '../../gateway/domain/time.ts';
import { createOfferQueue } from '../../gateway/sources/offer-queue.ts';
import { handClock } from '../fakes/hand-clock.ts';
import { handIntake, type HandIntake } from '../fakes/hand-intake.ts';
import { keptLog } from '../fakes/kept-log.ts';

const full = new Fault('store-write-failed', 'writing 1 record: disk full');
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function world(mode: 'at once' | 'by hand') {
  const clock = handClock('2026-11-20T08:00:00Z');
  const intake = handIntake(mode);
  const log = keptLog();
  const queue = createOfferQueue('bins-line', { intake, clock, log, chance: () => 0.5 });
  const hear = (...texts: string[]): void => {
    for (const text of texts) {
      queue.add({ source: 'bins-line', bytes: Buffer.from(text), receivedAt: clock.now() });
    }
  };
  return { clock, intake, log, queue, hear };
}

function lost({ losses }: HandIntake): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason, count } of losses) counts[reason] = (counts[reason] ?? 0) + count;
  return counts;
}

describe('a line that cannot wait in front of an intake that may be slow', () => {
  it('a line is offered at once, and those that come meanwhile go together afterwards', async () => {
    const { intake, hear } = world('by hand');
    hear('a', 'b', 'c');
    expect(intake.texts()).toEqual(['a']);
    intake.answer();
    await settled();
    expect(intake.texts()).toEqual(['a', 'b', 'c']);
    expect(intake.waiting()).toBe(2);
  });

  it('no more than 2000 lines are kept; the oldest goes first and is counted', async () => {
    const { intake, queue, hear } = world('by hand');
    const all = Array.from({ length: 5000 }, (_, n) => `${n}`);
    hear(...all);
    expect(queue.dropped()).toBe(3000);
    expect(lost(intake)).toEqual({ overflow: 3000 });
    intake.answerAll();
    await queue.finish();
    expect(intake.texts()).toEqual(['0', ...all.slice(-1999)]);
    expect(lost(intake)).toEqual({ overflow: 3000 });
  });

  it('what could not be stored is offered again, before what came later, and said once', async () => {
    const { intake, queue, hear, clock, log } = world('by hand');
    hear('a', 'b');
    intake.answer(full);
    await settled();
    hear('c');
    expect(intake.waiting()).toBe(0);
    clock.moveBy(seconds(1));
    expect(intake.texts()).toEqual(['a', 'a', 'b', 'c']);
    intake.answer(full);
    await settled();
    clock.moveBy(seconds(1.999));
    expect(intake.waiting()).toBe(0);
    clock.moveBy(seconds(0.001));
    expect(intake.waiting()).toBe(3);
    intake.answer();
    await settled();
    expect(queue.dropped()).toBe(0);
    expect(log.lines).toEqual([
      'warn nothing can be stored, lines wait',
      'info lines are stored again',
    ]);
  });

  it('a store that never comes back costs lines, counted, and no more memory', async () => {
    const { intake, queue, hear } = world('at once');
    intake.answerAll(full);
    hear(...Array.from({ length: 2500 }, (_, n) => `${n}`));
    await settled();
    expect(queue.dropped()).toBe(500);
  });

  it('finishing tries everything once more and then gives up, counted', async () => {
    const { intake, queue, hear } = world('at once');
    intake.answerAll(full);
    hear('a', 'b');
    await settled();
    await queue.finish();
    expect(intake.texts().slice(-2)).toEqual(['a', 'b']);
    expect(queue.dropped()).toBe(2);
    expect(lost(intake)).toEqual({ storage: 2 });
  });

  it('what is given up is said with its source, and with its device where that is known', () => {
    const { intake, queue, clock } = world('by hand');
    const of = (n: number) => (n % 2 === 0 ? { device: 'scale' } : {});
    for (let n = 0; n < 2002; n += 1) {
      queue.add({ source: 'bins-line', bytes: Buffer.of(n), receivedAt: clock.now(), ...of(n) });
    }
    expect(intake.losses).toEqual([
      { source: 'bins-line', reason: 'overflow', count: 1 },
      { source: 'bins-line', device: 'scale', reason: 'overflow', count: 1 },
    ]);
  });

  it('finishing waits until what was offered has been answered', async () => {
    const { intake, queue, hear } = world('by hand');
    hear('a');
    let finished = false;
    const finishing = queue.finish().then(() => (finished = true));
    await settled();
    expect(finished).toBe(false);
    intake.answer();
    expect(await finishing).toBe(true);
  });
});
