import { describe, expect, it } from 'vitest';
import { backlogOf } from './backlog.ts';
import { createSeen } from './influx-count.ts';
import { costIn } from './cost-in-words.ts';
import { cpuSecondsIn, nameIn, spentBetween } from './process-cost.ts';

describe('messages looked for in InfluxDB', () => {
  const sent = { lamps: 2, turns: [3, 2], fromTurn: 10, unacknowledged: [] };

  it('are all there', () => {
    const seen = createSeen(sent);
    for (const place of [0, 1, 2, 3, 4]) seen.add(place);
    expect(seen.comparison()).toEqual({ found: 5, lost: 0, doubled: 0, strange: 0 });
  });

  it('hide no loss behind a double, and no loss behind a stranger', () => {
    const seen = createSeen(sent);
    for (const place of [0, 1, 1, 3, 4, 5, -1, 0.5]) seen.add(place);
    expect(seen.comparison()).toEqual({ found: 4, lost: 1, doubled: 1, strange: 3 });
  });

  it('are not lost where nobody acknowledged them', () => {
    const seen = createSeen({ ...sent, unacknowledged: [20, 21] });
    for (const place of [1, 2, 3]) seen.add(place);
    expect(seen.comparison()).toEqual({ found: 3, lost: 1, doubled: 0, strange: 0 });
  });
});

describe('how far InfluxDB is behind', () => {
  const load = { startedAt: 1_000, perS: 100, sendingS: 10, sent: 1_000 };
  const looks = (pointsAt: (s: number) => number) =>
    Array.from({ length: 40 }, (_, index) => ({
      at: 1_000 + index * 250,
      points: pointsAt(index / 4),
    }));

  it('stays the same where it keeps up', () => {
    const backlog = backlogOf(
      looks((s) => Math.max(0, s - 0.5) * 100),
      load,
    );
    expect(backlog.fallsBehindPerS).toBeCloseTo(0);
    expect(backlog.behindAtEnd).toBeCloseTo(50);
  });

  it('grows by what is too much each second', () => {
    expect(
      backlogOf(
        looks((s) => s * 80),
        load,
      ).fallsBehindPerS,
    ).toBeCloseTo(20);
  });

  it('is no backlog where it shrinks, or where nobody looked', () => {
    const catchingUp = looks((s) => s * 100 - 200 + s * 10);
    expect(backlogOf(catchingUp, load).fallsBehindPerS).toBe(0);
    expect(backlogOf([], load)).toEqual({ fallsBehindPerS: 0, behindAtEnd: 0 });
  });
});

describe('the time on the processors', () => {
  it('is read past a name with brackets and spaces', () => {
    const stat = '71 (a) b (c) S 1 71 71 0 -1 4194560 1 2 3 4 250 50 7 8 20 0 11 0 1285';
    expect(cpuSecondsIn(stat)).toBe(3);
    expect(nameIn(stat)).toBe('a) b (c');
  });

  const cost = (threadsCpuS: Record<string, number>) => ({
    cpuS: 0,
    threadsCpuS,
    residentMb: 0,
    peakMb: 0,
    writtenBytes: 0,
  });

  it('is told by threads, the busiest first, without those that did nothing', () => {
    const spent = spentBetween(
      cost({ MainThread: 4, idle: 1, writer: 2 }),
      cost({ writer: 2.5, idle: 1, MainThread: 6, late: 1 }),
    );
    expect(Object.entries(spent)).toEqual([
      ['MainThread', 2],
      ['late', 1],
      ['writer', 0.5],
    ]);
  });

  it('is told in words without the threads that hardly did anything', () => {
    const threadsCpuSPerMillion = { MainThread: 60, V8Worker: 2, DelayedTaskSche: 1.9 };
    expect(costIn({ cpuSPerMillion: 100, threadsCpuSPerMillion })).toBe(
      '100.0 CPU s per million (MainThread 60.0, V8Worker 2.0)',
    );
  });
});
