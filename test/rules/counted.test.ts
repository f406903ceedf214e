// Rules that count, compare and learn, as plain arithmetic: just below, exactly, just above, nothing
// known, the clock set back.
import { describe, expect, it } from 'vitest';
import type { DisagreeRule, RepeatRule } from '../../gateway/domain/rule.ts';
import type { Latest } from '../../gateway/domain/standing.ts';
import {
  earlier,
  instant,
  later,
  milliseconds,
  minutes,
  seconds,
  type Instant,
} from '../../gateway/domain/time.ts';
import { judgeDisagree } from '../../gateway/rules/disagree.ts';
import { learnedSilence, paced } from '../../gateway/rules/pace.ts';
import { countedRaising, judgeRepeat } from '../../gateway/rules/repeat.ts';
import { FLICKERS, SWITCHED } from '../fakes/series-rules.ts';
import { clock } from '../fakes/small-site.ts';

const noon = clock('12:00');
const minute = (count: number): Instant => later(noon, seconds(count * 60));

describe('more than three alarms within an hour', () => {
  const rule: RepeatRule = FLICKERS;
  const at = (...past: number[]): readonly Instant[] =>
    past.reduce<readonly Instant[]>((known, m) => countedRaising(known, minute(m), rule), []);
  const msBefore = (m: number): Instant => earlier(minute(m), milliseconds(1));

  it.each<[string, readonly Instant[], Instant, string]>([
    ['none ever', [], noon, 'clear'],
    ['three', at(0, 10, 20), minute(20), 'clear'],
    ['four', at(0, 10, 20, 30), minute(30), 'violated'],
    [
      'the fourth a millisecond before the hour is over',
      at(0, 10, 20, 59.9),
      msBefore(60),
      'violated',
    ],
    ['the fourth when it is over', at(0, 10, 20, 60), minute(60), 'clear'],
    ['five, of which the last four count', at(0, 50, 55, 60, 65), minute(65), 'violated'],
    ['an hour after the first of the four', at(0, 10, 20, 30), minute(60), 'clear'],
  ])('%s', (_, raised, now, kind) => {
    expect(judgeRepeat(rule, raised, now).kind).toBe(kind);
  });

  it('says when it is over by itself', () => {
    expect(judgeRepeat(rule, at(0, 10, 20, 30), minute(30))).toEqual({
      kind: 'violated',
      since: minute(30),
      value: 4,
      lookAgainAt: minute(60),
    });
  });

  it('forgets what a clock that was set back had ahead', () => {
    expect(countedRaising([minute(50), minute(55)], noon, rule)).toEqual([noon]);
  });

  it('remembers no more than it needs', () => {
    expect(at(...Array.from({ length: 100 }, (_, n) => n))).toHaveLength(4);
  });
});

describe('two numbers', () => {
  const said = (value: number, at = noon): Latest => ({
    value,
    observedAt: at,
    receivedAt: at,
    changedAt: at,
  });
  const levels: DisagreeRule = {
    ...SWITCHED,
    quantity: 'net',
    other: { asset: 'k1-scale', quantity: 'net' },
    moreThan: 5,
  };

  it.each<[string, Latest | undefined, Latest | undefined, string]>([
    ['the same', said(20), said(20), 'clear'],
    ['exactly as far apart as they may be', said(20), said(25), 'clear'],
    ['further', said(20), said(25.1), 'violated'],
    ['further the other way', said(25.1), said(20), 'violated'],
    ['one was never heard', said(20), undefined, 'unknown'],
    ['nor the other', undefined, said(20), 'unknown'],
    ['said ten minutes apart', said(20), said(90, minute(10)), 'violated'],
    ['said too far apart to compare', said(20), said(90, minute(10.001)), 'unknown'],
  ])('%s', (_, one, other, kind) => {
    expect(judgeDisagree(levels, { one, other, scale: 1 }).kind).toBe(kind);
  });

  it.each([
    ['on, and drawing its watts', 1, 28, 'clear'],
    ['on, and drawing nothing', 1, 0.2, 'violated'],
    ['off, and drawing its watts', 0, 29, 'violated'],
    ['off', 0, 0, 'clear'],
  ])('a lamp of 30 W that is %s', (_, on, power, kind) => {
    expect(judgeDisagree(SWITCHED, { one: said(on), other: said(power), scale: 30 }).kind).toBe(
      kind,
    );
  });

  it('disagree since the later of them spoke', () => {
    expect(judgeDisagree(levels, { one: said(20), other: said(90, minute(3)), scale: 1 })).toEqual({
      kind: 'violated',
      since: minute(3),
      value: 20,
    });
  });
});

describe('how long a device may be quiet, as learned', () => {
  const every = seconds(10);
  const never = instant(0);
  const words = (gaps: readonly number[], audibleSince = never) => {
    let at = noon;
    let pace = paced(undefined, at, audibleSince);
    for (const gap of gaps) {
      at = later(at, seconds(gap));
      pace = paced(pace, at, audibleSince);
    }
    return pace;
  };
  const allowed = (gaps: readonly number[]): number => learnedSilence(words(gaps), every) / 1000;
  const times = (count: number, gap: number): number[] => Array.from({ length: count }, () => gap);

  it.each<[string, readonly number[], number]>([
    ['nothing heard: five of its intervals', [], 50],
    ['nine gaps are too few', times(9, 60), 50],
    ['ten gaps of a minute: three minutes', times(10, 60), 180],
    ['ten gaps in less than half a minute are no pace yet', times(10, 2), 50],
    ['faster than configured: its interval is the least', times(30, 2), 10],
    ['uneven: by its longer gaps', [5, 60, 5, 60, 5, 60, 5, 60, 5, 60], 180],
    ['one outage teaches nothing', [...times(9, 60), 7200], 180],
    ['two words of a slower pace do', [...times(10, 60), 600, 600], 1800],
    ['a faster pace is learned within ten words', [...times(10, 600), ...times(9, 60)], 180],
    ['the parts of one message are one word', times(10, 60).flatMap((gap) => [0.01, gap]), 180],
  ])('%s', (_, gaps, silence) => {
    expect(allowed(gaps)).toBeCloseTo(silence, 0);
  });

  it('a gap in which the gateway did not listen is nobody’s', () => {
    const pace = words(times(10, 60));
    const back = later(pace.at, minutes(600));
    const after = paced(
      paced(pace, back, back),
      later(back, minutes(600)),
      later(back, minutes(599)),
    );
    expect(after.gaps).toEqual(pace.gaps);
  });

  it('a clock that was set back begins anew and keeps what it learned', () => {
    const pace = words(times(20, 60));
    const back = paced(pace, noon, never);
    expect(back).toEqual({ since: noon, at: noon, gaps: pace.gaps });
  });

  it('remembers ten gaps', () => {
    expect(words(times(500, 60)).gaps).toHaveLength(10);
  });
});
