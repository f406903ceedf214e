import { expect, it } from 'vitest';
import { flipBytes } from './flips.ts';
import { FULL_STORE_READINGS, fullStore } from './full-store.ts';

it('a store with a byte that is another one starts with what is sound', async () => {
  const { served, recovered } = await flipBytes(await fullStore(), FULL_STORE_READINGS, 30);
  expect(served + recovered).toBeGreaterThanOrEqual(27);
}, 120_000);
