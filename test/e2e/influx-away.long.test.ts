import { describe, expect, it } from 'vitest';
import { has } from '../tools.ts';
import { catchUpOn, inWords } from './influx-away.ts';

describe.runIf(has('influxd'))('InfluxDB is back after 72 hours of 200 devices', () => {
  it('and holds what the log holds, each once, while what is new never waits five seconds', async () => {
    const done = await catchUpOn(864_000, 20);
    console.info(inWords(done));
    expect(done.influx).toEqual(done.log);
    expect(done.live).toBeGreaterThan(0);
    expect(Math.max(...done.delaysMs)).toBeLessThan(5000);
  });
});
