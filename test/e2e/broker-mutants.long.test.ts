import { expect, it } from 'vitest';
import { mutantsDoNoHarm } from './mutants.ts';

it('45,000 mutated packets end nothing but their own connections, and leave nothing behind', async () => {
  await mutantsDoNoHarm(45_000);
  expect.hasAssertions();
});
