import { expect, it } from 'vitest';
import { honestOnesAreServed, SMALL_HEAP } from './wall-of-nonsense.ts';
import type { Size } from './wall-attacks.ts';

/** A tenth of the wall, for every build; the whole of it is in the long run. */
const LOW: Size = {
  lineMb: 6,
  connectMb: 20,
  topics: 10_000,
  sockets: 2000,
  floodMb: 16,
  mutants: 1000,
};

it('honest sensors lose nothing and screens are answered, whatever is thrown at a gateway with a heap of 96 MB', async () => {
  await honestOnesAreServed(LOW, SMALL_HEAP);
  expect.hasAssertions();
});
