// The log as it is read beside the gateway: what pruning has left of it, and what a rehearsal makes of that.
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../gateway/domain/record.ts';
import { days, FOREVER, hours, later, minutes } from '../../gateway/domain/time.ts';
import { openLogReader } from '../../gateway/store/log-reader.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { tried } from '../flow/rehearsed.ts';
import { BIN_FULL } from '../fakes/small-site.ts';
import { temporaryFolder } from '../tools.ts';
import { NOON, reading, settingsFor } from './entries.ts';

const TURN = minutes(10);
const TURNS = days(6) / TURN;
const BLOCK = hours(4) / TURN;

/** Six days of a bin that overflows each afternoon; two of them are kept. */
async function prunedStore() {
  const dir = temporaryFolder();
  const keep = { raw: days(2), minute: FOREVER, hour: FOREVER, day: FOREVER };
  const store = await openStore({ ...settingsFor(dir), keep, followers: ['step'] });
  const heard = (turn: number): Entry => {
    const at = later(NOON, (turn * TURN) as typeof TURN);
    const value = turn % (days(1) / TURN) < hours(2) / TURN ? 0.95 : 0.1;
    return reading({ quantity: 'fill', value, observedAt: at, receivedAt: at });
  };
  await store.log.append([{ kind: 'gateway', event: 'started', receivedAt: NOON }]);
  const followed = async (): Promise<void> => {
    const cursor = store.log.head();
    await store.step.save({ cursor, puts: [], alarms: [], tickets: [], derived: [] });
    await store.tidy();
  };
  // It prunes by whole blocks, of which a tidy ends one.
  for (let turn = 0; turn < TURNS; turn += BLOCK) {
    await store.log.append(Array.from({ length: BLOCK }, (_, index) => heard(turn + index)));
    await followed();
  }
  await followed();
  const head = store.log.head();
  return { dir, store, head };
}

describe('the log, read beside the gateway', () => {
  it('is what the gateway would read, page by page', async () => {
    const { dir, store, head } = await prunedStore();
    const reader = openLogReader(dir);
    expect(reader?.log.head()).toBe(head);
    const page = (await reader?.log.readAfter(head - 3, 2)) ?? [];
    expect(page).toEqual(await store.log.readAfter(head - 3, 2));
    expect(await reader?.books.alarms('all', 10)).toEqual([]);
    reader?.close();
    await store.close();
  });

  it('holds what pruning has left, and a rehearsal speaks of no other day', async () => {
    const { dir, store } = await prunedStore();
    const reader = openLogReader(dir);
    if (!reader) throw new Error('there is a store');
    const first = (await reader.log.readAfter(1, 1))[0];
    expect(first?.sequence).toBeGreaterThan(100);
    const { covers, before } = await tried(
      [],
      { before: [BIN_FULL], after: [BIN_FULL] },
      { log: reader.log },
    );
    expect(covers.from).toBe(first?.receivedAt);
    expect(covers.completeFrom).toBe(later(covers.from!, BIN_FULL.holdFor));
    expect(covers.days.length).toBeLessThan(5);
    expect(covers.days.filter(({ complete }) => complete).length).toBeGreaterThan(0);
    const overflows = Math.floor((covers.to! - covers.from!) / days(1));
    expect(before.alarms.length).toBeGreaterThanOrEqual(overflows);
    expect(before.alarms.every(({ raisedAt }) => raisedAt >= covers.from!)).toBe(true);
    reader.close();
    await store.close();
  });

  it('is none where there is no store, and none is made by looking', () => {
    const dir = temporaryFolder();
    expect(openLogReader(`${dir}/store`)).toBeUndefined();
  });
});
