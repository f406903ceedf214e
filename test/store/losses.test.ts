import { describe, expect, it, onTestFinished } from 'vitest';
import { addDays } from '../../gateway/domain/day.ts';
import type { IntakeChanges } from '../../gateway/domain/intake-book.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { lossContract } from '../contract/losses.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { temporaryFolder } from '../tools.ts';
import { at, settingsFor, stepCommit } from './entries.ts';

const open = () => openStore(settingsFor(temporaryFolder()));

lossContract('SQLite', open);
lossContract('memory', () => Promise.resolve(memoryStore()));

const TODAY = '2026-11-22';
const ago = (days: number): string => addDays(TODAY, -days);

describe('at the end of a day', () => {
  async function ended() {
    const store = await open();
    onTestFinished(() => store.close());
    const days = [0, 60, 61, 400, 401].map(ago);
    const each = <T>(make: (day: string, device: string) => T): T[] =>
      days.flatMap((day) => ['k1', 'k2', ''].map((device) => make(day, device)));
    const of = { source: 'bins-line' };
    const intake: IntakeChanges = {
      counts: each((day, device) => ({ ...of, day, device, frames: 1, readings: 2 })),
      reasons: each((day, device) => ({
        ...of,
        day,
        device,
        kind: 'lost',
        reason: 'gap',
        count: 3,
      })),
      losses: days.map((day) => ({
        ...of,
        id: day,
        day,
        reason: 'gap',
        from: at(0),
        to: at(1),
        count: 3,
      })),
    };
    await store.step.save(stepCommit({ cursor: 1, intake }));
    const end = { counts: [], reasons: [], losses: [], ended: TODAY };
    await store.step.save(stepCommit({ cursor: 2, intake: end }));
    return store;
  }

  it('devices of long ago are within their source, and no sum changes', async () => {
    const { books } = await ended();
    const { counts, reasons } = await books.intakeDays(ago(61), ago(61));
    expect(counts).toEqual([
      { day: ago(61), source: 'bins-line', device: '', frames: 3, readings: 6 },
    ]);
    expect(reasons.map(({ device, count }) => [device, count])).toEqual([['', 9]]);
    expect((await books.intakeDays(ago(60), ago(60))).counts).toHaveLength(3);
  });

  it('what is older than four hundred days is gone', async () => {
    const { books } = await ended();
    expect((await books.intakeDays(ago(500), ago(401))).counts).toEqual([]);
    expect((await books.intakeDays(ago(400), ago(400))).counts).toHaveLength(1);
    const rows = await books.losses({ from: at(-1e9), to: at(1e9), limit: 9, offset: 0 });
    expect(rows.map(({ day }) => day).toSorted()).toEqual([400, 61, 60, 0].map(ago).toSorted());
  });
});
