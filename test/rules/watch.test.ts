// The life of one rule on one subject as timelines: [moment, what it reads, phase after, event].
import { describe, expect, it } from 'vitest';
import type { Watch } from '../../gateway/domain/standing.ts';
import { instant, milliseconds, minutes, type Instant } from '../../gateway/domain/time.ts';
import { judgeThreshold } from '../../gateway/rules/threshold.ts';
import { turn, type Turn } from '../../gateway/rules/watch.ts';
import { BIN_FULL, clock } from '../fakes/small-site.ts';

type Row = readonly [
  time: string,
  fill: number,
  phase: Watch['phase'],
  event: Turn['event'],
  lookAgainAt?: string,
];

/** Goes through a timeline; an alarm is taken as raised whenever a hold is over. */
function live(rows: readonly Row[], rule = BIN_FULL): void {
  let watch: Watch = { phase: 'quiet' };
  for (const [time, fill, phase, event, lookAgainAt] of rows) {
    const now = clock(time);
    const next = turn(watch, judgeThreshold(rule, fill, now), { rule, now });
    watch =
      next.event === 'hold-over' ? { ...next.watch, phase: 'raised', alarm: 'A1' } : next.watch;
    expect([time, watch.phase, next.event]).toEqual([time, phase, event]);
    const due: Instant | undefined = lookAgainAt === undefined ? undefined : clock(lookAgainAt);
    expect([time, next.lookAgainAt]).toEqual([time, due]);
  }
}

describe('a hold of ten minutes', () => {
  it('is over at ten minutes, not a millisecond before', () => {
    live([
      ['10:00', 0.95, 'holding', 'none', '10:10'],
      ['10:05', 0.99, 'holding', 'none', '10:10'],
      ['10:09:59.999', 0.91, 'holding', 'none', '10:10'],
      ['10:10', 0.91, 'raised', 'hold-over'],
      ['10:10:00.001', 0.95, 'raised', 'none'],
    ]);
  });

  it('is over late where nothing was looked at in time', () => {
    live([
      ['10:00', 0.95, 'holding', 'none', '10:10'],
      ['10:10:00.001', 0.95, 'raised', 'hold-over'],
    ]);
  });

  it('begins anew after the least relief: exactly the limit breaks it', () => {
    live([
      ['10:00', 0.95, 'holding', 'none', '10:10'],
      ['10:09', 0.9, 'quiet', 'none'],
      ['10:09:01', 0.95, 'holding', 'none', '10:19:01'],
      ['10:19:00.999', 0.95, 'holding', 'none', '10:19:01'],
      ['10:19:01', 0.95, 'raised', 'hold-over'],
    ]);
  });

  it('never begins exactly at the limit', () => {
    live([
      ['10:00', 0.9, 'quiet', 'none'],
      ['11:00', 0.9, 'quiet', 'none'],
    ]);
  });

  it('is longer by what the clock goes back, never shorter', () => {
    live([
      ['10:00', 0.95, 'holding', 'none', '10:10'],
      ['09:00', 0.95, 'holding', 'none', '10:10'],
      ['10:09:59.999', 0.95, 'holding', 'none', '10:10'],
      ['10:10', 0.95, 'raised', 'hold-over'],
    ]);
  });
});

describe('an alarm that was raised', () => {
  const raised: readonly Row[] = [
    ['10:00', 0.95, 'holding', 'none', '10:10'],
    ['10:10', 0.95, 'raised', 'hold-over'],
  ];

  it('stays through the dead band and ends exactly at the clear level', () => {
    live([
      ...raised,
      ['10:11', 0.8, 'raised', 'none'],
      ['10:12', 0.700001, 'raised', 'none'],
      ['10:13', 0.7, 'quiet', 'cleared'],
    ]);
  });

  it('rises again only after a whole hold', () => {
    live([
      ...raised,
      ['10:11', 0.1, 'quiet', 'cleared'],
      ['10:12', 0.95, 'holding', 'none', '10:22'],
      ['10:21:59.999', 0.95, 'holding', 'none', '10:22'],
      ['10:22', 0.95, 'raised', 'hold-over'],
    ]);
  });
});

it('without a hold the first look raises', () => {
  live(
    [
      ['10:00', 0.95, 'raised', 'hold-over'],
      ['10:01', 0.1, 'quiet', 'cleared'],
    ],
    { ...BIN_FULL, holdFor: milliseconds(0) },
  );
});

it('since counts from the condition, not from the look that found it', () => {
  const verdict = { kind: 'violated', since: clock('09:52') } as const;
  const now = clock('10:00');
  expect(turn({ phase: 'quiet' }, verdict, { rule: BIN_FULL, now })).toEqual({
    watch: { phase: 'holding', since: clock('09:52') },
    event: 'none',
    lookAgainAt: instant(clock('09:52') + minutes(10)),
  });
});

describe('whatever the phase', () => {
  const now = clock('10:00');
  const since = clock('09:59');
  const all: readonly Watch[] = [
    { phase: 'quiet', alarm: 'A1' },
    { phase: 'holding', since },
    { phase: 'inhibited', since, explainedBy: 'circuit-down:c1' },
    { phase: 'raised', since, alarm: 'A1' },
  ];

  it.each(all)('$phase: nothing known changes nothing', (watch) => {
    expect(turn(watch, { kind: 'unknown' }, { rule: BIN_FULL, now })).toEqual({
      watch,
      event: 'none',
    });
  });

  it('relief ends what was inhibited without a word', () => {
    expect(turn(all[2]!, { kind: 'clear' }, { rule: BIN_FULL, now })).toEqual({
      watch: { phase: 'quiet' },
      event: 'none',
    });
  });

  it('what is inhibited stays so, however long', () => {
    const verdict = { kind: 'violated', since } as const;
    expect(turn(all[2]!, verdict, { rule: BIN_FULL, now: clock('20:00') })).toEqual({
      watch: all[2],
      event: 'none',
    });
  });

  it('the last alarm is remembered at rest, and the next hold still knows it', () => {
    const rested = turn(all[3]!, { kind: 'clear' }, { rule: BIN_FULL, now }).watch;
    expect(rested).toEqual({ phase: 'quiet', alarm: 'A1' });
    expect(
      turn(rested, { kind: 'violated', since: now, value: 0.95 }, { rule: BIN_FULL, now }).watch,
    ).toEqual({ phase: 'holding', since: now, value: 0.95, alarm: 'A1' });
  });
});
