import { describe, expect, it } from 'vitest';
import { seconds } from '../../gateway/domain/time.ts';
import { whyUnwell, type Vitals } from '../../gateway/ops/watchdog.ts';

const WELL: Vitals = { stalledMs: 0, store: {} };

describe('the watchdog is fed only while loop, log and intake are well', () => {
  const why = (changed: Partial<Vitals>) => whyUnwell({ ...WELL, ...changed }, seconds(15));

  it.each<[string, Partial<Vitals>]>([
    ['nothing is wrong', {}],
    ['the loop stood still for exactly as long as it may', { stalledMs: 15_000 }],
    ['a commit is on its way', { store: { waitingMs: 15_000 } }],
  ])('%s: fed', (_what, changed) => {
    expect(why(changed)).toBeUndefined();
  });

  it.each<[string, Partial<Vitals>, string]>([
    ['the loop stood still', { stalledMs: 15_001 }, 'the event loop stood still for 15001 ms'],
    [
      'the disk does not answer',
      { store: { waitingMs: 15_001 } },
      'a commit has waited for 15001 ms',
    ],
  ])('%s: not fed', (_what, changed, words) => {
    expect(why(changed)).toBe(words);
  });
});
