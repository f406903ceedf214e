import { expect, it } from 'vitest';
import { flipBytes } from './flips.ts';
import { FULL_STORE_READINGS, fullStore } from './full-store.ts';

it('a store with a byte that is another one starts with what is sound, wherever the byte is', async () => {
  const outcomes = await flipBytes(await fullStore(), FULL_STORE_READINGS, 500);
  console.info(outcomes);
  expect(outcomes.refused).toBeLessThan(25);
});
