import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReadingEntry } from '../../gateway/domain/record.ts';
import { days, hours, instant, seconds } from '../../gateway/domain/time.ts';
import { openStore } from '../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../tools.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');

const reading = (at: number, value: number, more: object = {}): ReadingEntry => ({
  kind: 'reading',
  device: 'k1',
  asset: 'k1-wet',
  quantity: 'distance',
  value,
  observedAt: instant(at),
  receivedAt: instant(at),
  digest: 1,
  part: 0,
  ...more,
});

describe('the last minute of a log whose clock was set', () => {
  const lastMinute = async (...entries: ReadingEntry[]): Promise<number[]> => {
    const store = await openStore({ dir: temporaryFolder(), rawKeep: hours(1), rawKeepBytes: 1e6 });
    onTestFinished(() => store.close());
    await store.log.append(entries);
    const found = await store.log.recent(seconds(60));
    return found.flatMap((record) => (record.kind === 'reading' ? [record.value] : []));
  };

  it('ends where it was set back: the day before that lies in its future', async () => {
    const before = [reading(NOON - 10_000, 1), reading(NOON, 2)];
    const after = [reading(NOON - days(1), 3), reading(NOON - days(1) + 5000, 4)];
    expect(await lastMinute(...before, ...after)).toEqual([3, 4]);
  });

  it('is not cut short by what was written again', async () => {
    const again = reading(NOON - days(3), 9, { doubt: 'restamped' });
    expect(await lastMinute(reading(NOON, 1), again, reading(NOON + 5000, 2), again)).toEqual([
      1, 2,
    ]);
  });
});
