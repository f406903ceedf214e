import { expect, it } from 'vitest';
import { mutantsDoNoHarm } from './mutants.ts';

it('5,000 mutated packets end nothing but their own connections, and leave nothing behind', async () => {
  await mutantsDoNoHarm(5000);
  expect.hasAssertions();
});
