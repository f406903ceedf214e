// What is frozen of an alarm, and what is added to it, also across a restart.
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../gateway/domain/evidence.ts';
import { createStanding } from '../../gateway/domain/standing.ts';
import { earlier, hours, later, minutes, seconds } from '../../gateway/domain/time.ts';
import { createEvidenceKeeping } from '../../gateway/flow/evidence/evidence.ts';
import { createStep } from '../../gateway/flow/step.ts';
import type { Store } from '../../gateway/store/log.ts';
import { command, NOTHING_SAVED, numbered, reading, started, tick } from '../fakes/folded-site.ts';
import { handClock, type HandClock } from '../fakes/hand-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { BIN_FULL, clock, SMALL_SITE } from '../fakes/small-site.ts';
import { stepCommit } from '../store/entries.ts';
import { until } from '../tools.ts';

const full = (at: string, value = 0.95) =>
  reading({ asset: 'k1-wet', quantity: 'fill', value, at: clock(at) });

describe('what is frozen when an alarm trips', () => {
  const SITE = { ...SMALL_SITE, rules: [BIN_FULL] };
  const evidenceOf = (...entries: Parameters<typeof numbered>[0]): Evidence[] => {
    const step = createStep(SITE, createStanding(NOTHING_SAVED));
    for (const record of numbered(entries)) step.fold(record);
    return step.takeEvidence();
  };

  it('is the rule as it was, what was known of the clock and the device, and all values', () => {
    const start = { ...started(clock('09:00')), clock: 'synchronised' } as const;
    const [evidence] = evidenceOf(start, full('10:00'), tick(clock('10:10')));
    expect(evidence).toMatchObject({
      alarm: 'A1',
      asset: 'k1-wet',
      raisedAt: clock('10:10'),
      due: clock('10:10'),
      quantity: 'fill',
      value: 0.95,
      text: expect.stringContaining('满溢度'),
      rule: { id: 'bin-full', limit: 0.9, holdFor: minutes(10) },
      clock: 'synchronised',
      device: { id: 'k1', link: 'up', lag: 0, heardAt: clock('10:00') },
      latest: { fill: { value: 0.95, observedAt: clock('10:00') } },
    });
  });

  it('is frozen once: neither later values nor people change it', () => {
    const all = evidenceOf(
      started(clock('09:00')),
      full('10:00'),
      tick(clock('10:10')),
      full('10:11', 0.99),
      command({ on: 'alarm', action: 'acknowledge', id: 'A1', at: clock('10:15') }),
    );
    expect(all.map(({ alarm, latest }) => [alarm, latest.fill?.value])).toEqual([['A1', 0.95]]);
  });
});

describe('the samples around an alarm', () => {
  const TRIP = clock('10:10');
  const BEGUN: Evidence = {
    alarm: 'A1',
    asset: 'k1-wet',
    raisedAt: TRIP,
    quantity: 'fill',
    text: '≥90 %',
    latest: {},
    due: TRIP,
  };

  /** A reading a second, from three hours before the trip to an hour after it. */
  async function heard(store: Store): Promise<void> {
    const readings = Array.from({ length: 4 * 3600 }, (_, second) =>
      reading({
        asset: 'k1-wet',
        quantity: 'fill',
        value: second / 20_000,
        at: later(earlier(TRIP, hours(3)), seconds(second)),
      }),
    );
    await store.log.append(readings);
  }

  function keep(store: Store, hand: HandClock) {
    const faults: unknown[] = [];
    const keeping = createEvidenceKeeping({
      book: store.evidence,
      books: store.books,
      clock: hand,
      onFault: (fault) => void faults.push(fault),
    });
    return { ...keeping, step: keeping.behind(store.step), faults };
  }
  const has = async (store: Store, part: 'before' | 'after'): Promise<boolean> =>
    (await store.evidence.of('A1'))?.[part] !== undefined;

  it('are taken at once and a quarter of an hour later, and never more than 240', async () => {
    const store = memoryStore();
    await heard(store);
    const hand = handClock(new Date(TRIP).toISOString());
    const { start, step, stop, faults } = keep(store, hand);
    start();
    await step.save(stepCommit({ evidence: [BEGUN] }));
    await until('the samples before are there', () => {
      hand.moveBy(seconds(2));
      return has(store, 'before');
    });
    const open = await store.evidence.of('A1');
    expect([open?.due, open?.after]).toEqual([later(TRIP, minutes(15)), undefined]);
    // The next look is asked for when the first has ended.
    await until('the samples after are there', () => {
      hand.moveBy(minutes(1));
      return has(store, 'after');
    });
    const { before, after, due } = (await store.evidence.of('A1')) as Required<Evidence>;
    expect([due, before.taken, after.taken]).toEqual([undefined, 'in-time', 'in-time']);
    const first = before.points[0]?.[0] ?? 0;
    expect(first).toBeGreaterThan(earlier(TRIP, hours(2)) - 36_000);
    expect(before.points.at(-1)?.[0]).toBeLessThanOrEqual(TRIP);
    expect(before.points.length).toBeGreaterThanOrEqual(200);
    expect(before.points.length + after.points.length).toBeLessThanOrEqual(240);
    await stop();
    expect(faults).toEqual([]);
  });

  it('that a restart left untaken are taken at the next start, and say that they are late', async () => {
    const store = memoryStore();
    await heard(store);
    await store.step.save(stepCommit({ evidence: [BEGUN] }));
    const hand = handClock(new Date(later(TRIP, hours(5))).toISOString());
    const { start, stop } = keep(store, hand);
    start();
    await until('all of it is there', async () => {
      hand.moveBy(seconds(1));
      return has(store, 'after');
    });
    const { before, after } = (await store.evidence.of('A1')) as Required<Evidence>;
    expect([before.taken, after.taken]).toEqual(['late', 'late']);
    expect(before.points.length).toBeGreaterThanOrEqual(200);
    await stop();
  });

  it('are asked for again where the store fails, and no fault is lost', async () => {
    const store = memoryStore();
    await heard(store);
    await store.step.save(stepCommit({ evidence: [BEGUN] }));
    const hand = handClock(new Date(TRIP).toISOString());
    let fails = true;
    const books = {
      series: (query: Parameters<Store['books']['series']>[0]) =>
        fails ? Promise.reject(new Error('the disk')) : store.books.series(query),
    };
    const { start, stop, faults } = keep({ ...store, books: { ...store.books, ...books } }, hand);
    start();
    await until('it has failed', () => faults.length === 1);
    fails = false;
    await until('it is there after all', () => {
      hand.moveBy(minutes(1));
      return has(store, 'before');
    });
    await stop();
  });
});
