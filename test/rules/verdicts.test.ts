// Each kind of rule as plain arithmetic: what it says of given facts at a given moment.
import { describe, expect, it } from 'vitest';
import type { AssetStanding, Latest } from '../../gateway/domain/standing.ts';
import {
  earlier,
  instant,
  later,
  milliseconds,
  minutes,
  type Instant,
} from '../../gateway/domain/time.ts';
import { judgeLamp } from '../../gateway/rules/lamp.ts';
import { judgeLink } from '../../gateway/rules/link.ts';
import { judgeMostOf } from '../../gateway/rules/most-of.ts';
import { judgeSilence, type Hearing } from '../../gateway/rules/silence.ts';
import { judgeStuck } from '../../gateway/rules/stuck.ts';
import { judgeThreshold } from '../../gateway/rules/threshold.ts';
import {
  BIN_FULL,
  CIRCUIT_DOWN,
  clock,
  LAMP,
  LAMP_BY_DAY,
  LAMP_OUT,
  SILENT,
  STUCK,
} from '../fakes/small-site.ts';

const noon = clock('12:00');
const plus = (ms: number): Instant => later(noon, milliseconds(ms));

describe('a threshold above 0.9, clear at 0.7', () => {
  it.each([
    [1, 'violated'],
    [0.900001, 'violated'],
    [0.9, 'dead-band'],
    [0.700001, 'dead-band'],
    [0.7, 'clear'],
    [0.699999, 'clear'],
    [0, 'clear'],
    [-1, 'clear'],
  ])('%d is %s', (value, kind) => {
    expect(judgeThreshold(BIN_FULL, value, noon).kind).toBe(kind);
  });

  it('says since when, and which number it was', () => {
    expect(judgeThreshold(BIN_FULL, 0.95, noon)).toEqual({
      kind: 'violated',
      since: noon,
      value: 0.95,
    });
  });
});

describe('a threshold below 3.3, clear at 3.4', () => {
  const low = { ...BIN_FULL, side: 'below', limit: 3.3, clearAt: 3.4 } as const;

  it.each([
    [3.299, 'violated'],
    [3.3, 'dead-band'],
    [3.399, 'dead-band'],
    [3.4, 'clear'],
    [3.5, 'clear'],
  ])('%d is %s', (value, kind) => {
    expect(judgeThreshold(low, value, noon).kind).toBe(kind);
  });
});

it('a threshold without a band of its own clears at its limit', () => {
  const sharp = { ...BIN_FULL, clearAt: BIN_FULL.limit };
  expect([0.91, 0.9, 0.89].map((value) => judgeThreshold(sharp, value, noon).kind)).toEqual([
    'violated',
    'clear',
    'clear',
  ]);
});

describe('silence for ten minutes', () => {
  const verdict = (device: Hearing, now: Instant) => judgeSilence(SILENT.silentFor, device, now);
  const never = instant(0);
  const tenPast = later(noon, minutes(10));

  it.each<[string, Hearing, Instant, ReturnType<typeof verdict>]>([
    [
      'just heard',
      { heardAt: noon, audibleSince: never },
      noon,
      { kind: 'clear', lookAgainAt: tenPast },
    ],
    [
      'a millisecond less',
      { heardAt: noon, audibleSince: never },
      earlier(tenPast, milliseconds(1)),
      { kind: 'clear', lookAgainAt: tenPast },
    ],
    [
      'exactly',
      { heardAt: noon, audibleSince: never },
      tenPast,
      { kind: 'violated', since: tenPast },
    ],
    [
      'never, since the start',
      { audibleSince: noon },
      tenPast,
      { kind: 'violated', since: tenPast },
    ],
    [
      'not since the start, yet',
      { audibleSince: noon },
      noon,
      { kind: 'dead-band', lookAgainAt: tenPast },
    ],
    [
      'heard of old, excused until now',
      { heardAt: earlier(noon, minutes(60)), audibleSince: noon },
      noon,
      { kind: 'dead-band', lookAgainAt: tenPast },
    ],
    ['while nobody listens', { audibleSince: never }, noon, { kind: 'unknown' }],
    [
      'the clock went back',
      { heardAt: noon, audibleSince: never },
      earlier(noon, minutes(60)),
      { kind: 'clear', lookAgainAt: tenPast },
    ],
  ])('%s', (_, device, now, expected) => {
    expect(verdict(device, now)).toEqual(expected);
  });
});

describe('stuck for an hour', () => {
  const latest = (changedAt: Instant, receivedAt: Instant): Latest => ({
    value: 412,
    observedAt: receivedAt,
    receivedAt,
    changedAt,
  });
  const hourLater = later(noon, minutes(60));

  it.each([
    [
      'a millisecond before',
      latest(noon, plus(3_599_999)),
      plus(3_599_999),
      { kind: 'clear', lookAgainAt: hourLater },
    ],
    [
      'repeated for exactly an hour',
      latest(noon, hourLater),
      hourLater,
      { kind: 'violated', since: hourLater, value: 412 },
    ],
    ['silent since is not stuck', latest(noon, plus(60_000)), plus(86_400_000), { kind: 'clear' }],
    [
      'it just moved',
      latest(hourLater, hourLater),
      hourLater,
      { kind: 'clear', lookAgainAt: later(hourLater, minutes(60)) },
    ],
  ])('%s', (_, seen, now, expected) => {
    expect(judgeStuck(STUCK, seen, now)).toEqual(expected);
  });
});

describe('a lamp of 30 W that counts as lit from 9 W', () => {
  const latest = (value: number, doubt?: 'jump'): Latest => ({
    value,
    observedAt: noon,
    receivedAt: noon,
    changedAt: noon,
    ...(doubt && { doubt }),
  });
  const lamp = (latest: AssetStanding['latest'], shouldBeOn: boolean) => ({
    lamp: LAMP,
    standing: { latest },
    shouldBeOn,
  });

  it.each([
    ['dark when it should be lit', LAMP_OUT, 8.9, true, 'violated'],
    ['just lit', LAMP_OUT, 9, true, 'clear'],
    ['dark by day, as it should be', LAMP_OUT, 0, false, 'dead-band'],
    ['seen lit by day: it works', LAMP_OUT, 28, false, 'clear'],
    ['lit when it should be dark', LAMP_BY_DAY, 9, false, 'violated'],
    ['dark by day', LAMP_BY_DAY, 0.4, false, 'clear'],
    ['lit at night, as it should be', LAMP_BY_DAY, 28, true, 'dead-band'],
    ['dark at night: it does go off', LAMP_BY_DAY, 0, true, 'clear'],
  ])('%s', (_, rule, power, shouldBeOn, kind) => {
    expect(judgeLamp(rule, lamp({ power: latest(power) }, shouldBeOn), noon).kind).toBe(kind);
  });

  it.each([
    ['without a meter: its switch is off', { on: latest(0) }, 'violated'],
    ['without a meter: its switch is on', { on: latest(1) }, 'clear'],
    ['switched on and drawing nothing', { on: latest(1), power: latest(0.2) }, 'violated'],
    ['never heard', {}, 'unknown'],
    ['doubted', { power: latest(0, 'jump') }, 'unknown'],
    ['that only says how warm it is', { temperature: latest(20) }, 'unknown'],
  ])('%s', (_, said, kind) => {
    expect(judgeLamp(LAMP_OUT, lamp(said, true), noon).kind).toBe(kind);
  });
});

describe('most of a circuit', () => {
  const gone = (count: number): Instant[] =>
    Array.from({ length: count }, (_, n) => plus(n * 1000));

  it.each([
    ['half of four is not most', 0.5, 4, 2, 'clear'],
    ['three of four are', 0.5, 4, 3, 'violated'],
    ['two of three are', 0.5, 3, 2, 'violated'],
    ['one of one is a lamp, no circuit', 0.5, 1, 1, 'clear'],
    ['one of two is a lamp', 0.1, 2, 1, 'clear'],
    ['two of two are', 0.5, 2, 2, 'violated'],
    ['two of thirty with a share of almost none', 0.01, 30, 2, 'violated'],
    ['none of none', 0.5, 0, 0, 'clear'],
    ['all but one where nearly all are asked for', 0.9, 10, 9, 'clear'],
    ['all where nearly all are asked for', 0.9, 10, 10, 'violated'],
  ])('%s', (_, share, all, count, kind) => {
    expect(judgeMostOf({ ...CIRCUIT_DOWN, share }, { goneSince: gone(count), all }).kind).toBe(
      kind,
    );
  });

  it('are gone since the lamp that made it most, in whatever order they are told', () => {
    const goneSince = gone(4).toReversed();
    expect(judgeMostOf(CIRCUIT_DOWN, { goneSince, all: 4 })).toEqual({
      kind: 'violated',
      since: plus(2000),
      value: 4,
    });
  });
});

it('a line is lost since it went, and fine while it is up', () => {
  expect(judgeLink({ state: 'down', since: noon, why: 'close' })).toEqual({
    kind: 'violated',
    since: noon,
  });
  expect(judgeLink({ state: 'up', since: noon }).kind).toBe('clear');
});
