import { expect, it } from 'vitest';
import { honestOnesAreServed, SMALL_HEAP } from './wall-of-nonsense.ts';
import type { Size } from './wall-attacks.ts';

const WHOLE: Size = {
  lineMb: 60,
  connectMb: 100,
  topics: 100_000,
  sockets: 5000,
  floodMb: 64,
  mutants: 45_000,
};

it('honest sensors lose nothing and screens are answered behind the whole wall of nonsense', async () => {
  await honestOnesAreServed(WHOLE);
  expect.hasAssertions();
});

it('also with a heap of 96 MB', async () => {
  await honestOnesAreServed(WHOLE, SMALL_HEAP);
  expect.hasAssertions();
});
