import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { keepNoNumbers } from '../../gateway/sources/broker-numbers.ts';

describe('the numbers of packets', () => {
  it('are made when needed and not kept by the library that the broker writes with', () => {
    const asBroker = createRequire(import.meta.resolve('aedes'));
    const { writeToStream } = asBroker('mqtt-packet') as {
      writeToStream: { cacheNumbers: boolean };
    };
    writeToStream.cacheNumbers = true;
    keepNoNumbers();
    expect(writeToStream.cacheNumbers).toBe(false);
  });
});
