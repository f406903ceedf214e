import { describe, expect, it } from 'vitest';
import type { Fault } from '../../gateway/domain/fault.ts';
import { minutes, seconds } from '../../gateway/domain/time.ts';
import { createEndurance } from '../../gateway/ops/endurance.ts';
import { handClock } from '../fakes/hand-clock.ts';

type Health = { why?: string; failingMs?: number; isDamaged?: boolean };

/** What ended it, if anything did, a while after `health` was as it is. */
async function endOf(health: Health): Promise<Fault | 'goes on'> {
  const clock = handClock('2026-11-20T12:00:00+08:00');
  const store = () => health;
  const endurance = createEndurance({ clock, store, giveUpAfter: minutes(10) });
  clock.moveBy(seconds(2));
  const end = await Promise.race([endurance.over, Promise.resolve('goes on' as const)]);
  endurance.stop();
  return end;
}

describe('a gateway whose store fails', () => {
  it.each<[string, Health]>([
    ['all is well', {}],
    ['it has failed for less than that', { failingMs: minutes(10) - 1, why: 'disk full' }],
  ])('goes on: %s', async (_, health) => {
    expect(await endOf(health)).toBe('goes on');
  });

  it('ends itself when that has lasted for as long as the site file says', async () => {
    expect(await endOf({ failingMs: minutes(10), why: 'since 10:42: disk full' })).toMatchObject({
      code: 'store-write-failed',
      message: 'writing to the store: failing for 10m, since 10:42: disk full',
    });
  });

  it('ends itself at once where the database is damaged: the next start mends it', async () => {
    expect(await endOf({ isDamaged: true, why: 'malformed' })).toMatchObject({
      code: 'store-damaged',
    });
  });
});
