import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { startBench } from './broker-bench.ts';

it('a broker that has started keeps no buffer for every packet number there is', async () => {
  const asBroker = createRequire(import.meta.resolve('aedes'));
  const { writeToStream } = asBroker('mqtt-packet') as { writeToStream: { cacheNumbers: boolean } };
  writeToStream.cacheNumbers = true;
  await startBench('at once');
  expect(writeToStream.cacheNumbers).toBe(false);
});
