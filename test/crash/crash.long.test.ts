// The power cut at every single moment of a longer recording, with more lotteries at each.
import { describe, expect, it } from 'vitest';
import { has } from '../tools.ts';
import { report, tallyOf } from './trial.ts';

describe.runIf(has('strace'))('after a power cut at any moment of a longer run', () => {
  it('nothing acknowledged is lost, no effect is doubled and no sequence given again', async () => {
    const sample = { messages: 50, every: 1, lots: 4, wholeEvery: 97 };
    const tally = await tallyOf({ ...sample, synchronous: 'FULL' });
    report('FULL, all moments', tally);
    expect(tally.other).toEqual([]);
    expect(tally).toMatchObject({ losing: 0, worst: 0 });
    expect(tally.states).toBeGreaterThan(10_000);
  });
});
