// The gateway against worlds whose truth it is never told. The figures that are asked for: of deposits
// over 0.3 kg at least 99 in a hundred found, fewer than one in a hundred told that was none, each
// day's kg within one in a hundred. Weeks and many worlds: scales-truth.long.test.ts.
import { describe, expect, it } from 'vitest';
import { judgeWorld } from './scale-judge.ts';
import { figures, summed } from './scale-figures.ts';

const GOOD = { noiseKg: 0.05 };

describe('deposits in worlds whose truth is known', { timeout: 120_000 }, () => {
  const judged = [2026, 2027, 2028].map((seed) => judgeWorld({ ...GOOD, seed, days: 2 }));
  const all = summed(judged);
  console.info(`a reading a second, noise of 50 g: ${figures(all)}`);

  it('over 0.3 kg are found, 99 of a hundred', () => {
    expect(all.found / all.looked).toBeGreaterThanOrEqual(0.99);
  });

  it('are told where there was none less than once in a hundred', () => {
    expect(all.isFalse / all.told).toBeLessThan(0.01);
  });

  it('weigh within one in a hundred of what was thrown in, each day', () => {
    expect(all.worstDay).toBeLessThan(0.01);
  });

  it('are told by themselves, nine of ten, though people come in heaps', () => {
    expect(all.alone / all.deposits).toBeGreaterThan(0.8);
  });

  it('are never taken for collections, nor those for them', () => {
    expect([all.collectionsFound, all.collectionsFalse]).toEqual([all.collections, 0]);
  });
});

it('at three times the noise most is found still, and a day’s kg are as good', () => {
  const all = summed([judgeWorld({ seed: 2029, days: 2, noiseKg: 0.15 })]);
  console.info(`a reading a second, noise of 150 g: ${figures(all)}`);
  expect(all.found / all.looked).toBeGreaterThan(0.97);
  expect(all.isFalse / all.told).toBeLessThan(0.03);
  expect(all.worstDay).toBeLessThan(0.02);
}, 60_000);

describe('a scale that speaks once a minute', { timeout: 60_000 }, () => {
  const all = summed(
    [2030, 2031].map((seed) => judgeWorld({ seed, days: 7, noiseKg: 0.05, everyS: 60 })),
  );
  console.info(`a reading a minute, noise of 50 g: ${figures(all)}`);

  it('tells what came between two readings as their sum, and is seldom wrong', () => {
    expect(all.found / all.looked).toBeGreaterThan(0.975);
    expect((all.found - all.parted) / all.looked).toBeGreaterThan(0.96);
    expect(all.isFalse / all.told).toBeLessThan(0.025);
  });

  it('weighs each day as well as one that speaks every second', () => {
    expect(all.worstDay).toBeLessThan(0.01);
  });

  it('misses no collection and makes none up', () => {
    expect([all.collectionsFound, all.collectionsFalse]).toEqual([all.collections, 0]);
  });
});

it.each([10, 300])(
  'a scale that speaks every %i seconds misses no collection, and its days are right',
  (everyS) => {
    const all = summed([judgeWorld({ seed: 2032, days: 7, noiseKg: 0.05, everyS })]);
    console.info(`a reading every ${everyS} s, noise of 50 g: ${figures(all)}`);
    expect([all.collectionsFound, all.collectionsFalse]).toEqual([all.collections, 0]);
    expect(all.meanDay).toBeLessThan(0.01);
  },
  60_000,
);
