// Weeks in many worlds, none of which the rules were tuned on: the figures for the page on weighing.
import { expect, it } from 'vitest';
import { figures, summed } from './scale-figures.ts';
import { judgeWorld } from './scale-judge.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => 7000 + index);

it('holds over three weeks in each of a dozen worlds', { timeout: 1_800_000 }, () => {
  const all = summed(SEEDS.map((seed) => judgeWorld({ seed, days: 21, noiseKg: 0.05 })));
  console.info(`noise of 50 g: ${figures(all)}`);
  expect(all.found / all.looked).toBeGreaterThanOrEqual(0.99);
  expect(all.isFalse / all.told).toBeLessThan(0.01);
  expect([all.collectionsFound, all.collectionsFalse]).toEqual([all.collections, 0]);
  expect(all.worstDay).toBeLessThan(0.01);
});

it('is reported at three times the noise', { timeout: 1_800_000 }, () => {
  const all = summed(SEEDS.map((seed) => judgeWorld({ seed, days: 7, noiseKg: 0.15 })));
  console.info(`noise of 150 g: ${figures(all)}`);
  expect(all.found / all.looked).toBeGreaterThan(0.97);
});
