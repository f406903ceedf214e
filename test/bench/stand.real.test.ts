// The bench itself: a small load on the real gateway with a real InfluxDB behind it. Nothing here
// depends on how fast the machine is.
import { describe, expect, it } from 'vitest';
import { has } from '../tools.ts';
import { courtyard } from './candidates/courtyard.ts';
import { openStand } from './stand.ts';

describe.skipIf(!has('influxd', 'setpriv'))('Courtyard on the stand of the bench', () => {
  it('brings every message of two loads to InfluxDB, once', async () => {
    const stand = await openStand(courtyard.start, 20);
    try {
      for (const seconds of [2, 1]) {
        const observed = await stand.observe({ rate: 200, seconds });
        const { found, lost, doubled, strange, unanswered, catchUp } = observed;
        expect({ found, lost, doubled, strange, unanswered }).toEqual({
          found: 200 * seconds,
          lost: 0,
          doubled: 0,
          strange: 0,
          unanswered: 0,
        });
        expect(catchUp.state).toBe('done');
        expect(observed.cpuSPerMillion).toBeGreaterThan(0);
        expect(observed.residentMb).toBeGreaterThan(10);
      }
    } finally {
      await stand.close();
    }
  });
});
