// A power cut at every moment: the disk that it leaves is built, opened and held against what the
// gateway had acknowledged. The same trials with a disk that nobody waits for show their worth.
import { describe, expect, it } from 'vitest';
import { has } from '../tools.ts';
import { report, tallyOf } from './trial.ts';

const MESSAGES = 20;
/** Alone on two cores the three take half a minute. */
const WITHIN_MS = 400_000;

describe.runIf(has('strace', 'eatmydata'))('after a power cut at any moment', () => {
  it(
    'nothing acknowledged is lost, no effect is doubled and no sequence given again',
    async () => {
      const sample = { messages: MESSAGES, every: 6, lots: 2, wholeEvery: 37 };
      const tally = await tallyOf({ ...sample, synchronous: 'FULL' });
      report('FULL', tally);
      expect(tally.other).toEqual([]);
      expect(tally).toMatchObject({ losing: 0, worst: 0 });
      expect(tally.states).toBeGreaterThan(1000);
      expect(tally.promised).toBeGreaterThan(MESSAGES * 3);
      expect(tally.opened).toBeGreaterThan(25);
    },
    WITHIN_MS,
  );

  const FEWER = { messages: MESSAGES, every: 20, lots: 2, wholeEvery: 37 };

  it(
    'acknowledgements are lost, though nothing is torn, where commits do not wait for the disk',
    async () => {
      const tally = await tallyOf({ ...FEWER, synchronous: 'NORMAL' });
      report('NORMAL', tally);
      expect(tally.losing).toBeGreaterThan(0);
      // what was lost is given again; that is how it shows outside
      expect(tally.other.filter(({ kind }) => kind !== 'reused')).toEqual([]);
    },
    WITHIN_MS,
  );

  it(
    'acknowledgements are lost where something swallows every sync on its way to the disk',
    async () => {
      const preload = 'libeatmydata.so';
      const tally = await tallyOf({ ...FEWER, synchronous: 'FULL', preload });
      report('eatmydata', tally);
      expect(tally.losing).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );
});
