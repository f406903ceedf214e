// From what a fill sensor says to when the bin was emptied. Pure, like the weights: the state before,
// one believed fill, the state after and what happened.
//
// An emptying is a fall that goes in one step, by far more than the bin's own noise and by much of
// what was in it, and that stays. What sinks by and by is a heap that settles; what comes back is a
// bad echo, and is taken back where it had been believed. Deposits are not read from a fill: a bag is
// seldom more than an echo's error.
import type { FillFall, FillLevel, FillPoint } from '../domain/fill-level.ts';
import { between, hours, minutes, type Instant } from '../domain/time.ts';

/** Of an ultrasonic sensor over rubbish, until the bin's own is known. */
const UNKNOWN = 0.02;
const LEAST_NOISE = 0.005;
/** Less than this is a heap that collapsed, however quiet the bin is. */
const LEAST_FALL = 0.08;
const SIGMAS = 6;
/** This much of the whole bin, or this share of what was in it. */
const FALL_OF_BIN = 0.25;
const FALL_OF_LEVEL = 0.45;
/** What it fell must go for the most part between two readings. */
const IN_ONE_STEP = 0.5;
/** It has stayed after so many readings and so long, or after an hour, as clocks go, and one more. */
const STAYS_READINGS = 3;
const STAYS_FOR = minutes(10);
const STAYS_SELDOM = minutes(55);
/** Back up to this share of what it fell from, within this long: it never was empty. */
const BACK_SHARE = 0.85;
const BACK_WITHIN = hours(6);
/** What may have been thrown in while the echoes were bad. */
const BACK_MORE = 0.15;
/** A bin that seemed to fill in one step, and is back where it was, was not emptied. */
const JUMP = 0.25;
const NEARLY_EMPTY = 0.12;
/** Nobody fills half a bin within a quarter of an hour, however empty it was. */
const AT_ONCE = 0.5;
const AT_ONCE_MS = minutes(15);
/** Further than this from its recent level, one echo is not believed alone. */
const LIKELY = 0.06;
const KEPT = 9;

export interface Emptied {
  /** The first reading after it. */
  readonly at: Instant;
  readonly fillBefore: number;
  readonly fillAfter: number;
  readonly isAcrossGap: boolean;
}

export interface FillHeard {
  readonly state: FillLevel;
  readonly emptied?: Emptied;
  /** The emptying of that moment was none. */
  readonly revoked?: Instant;
}

export function hearFill(before: FillLevel | undefined, point: FillPoint): FillHeard {
  const last = before?.recent.at(-1);
  if (!before || !last) return { state: { recent: [point], noise: UNKNOWN, everyMs: 0 } };
  if (point.at <= last.at) return { state: before };
  const heard = remembered(before, last, point);
  const { emptied } = heard;
  if (emptied && isBack(emptied, heard.recent)) return takenBack(heard, emptied.at);
  return heard.fall ? watched(heard, heard.fall, point) : mayFall(heard, before, point);
}

function remembered(before: FillLevel, last: FillPoint, point: FillPoint): FillLevel {
  const elapsed = between(last.at, point.at);
  const everyMs =
    before.everyMs === 0
      ? elapsed
      : before.everyMs + 0.1 * (Math.min(elapsed, 4 * before.everyMs) - before.everyMs);
  const moved = point.fill - last.fill;
  const square = Math.min(Math.abs(moved), 3 * before.noise) ** 2 / 2;
  const noise = Math.max(LEAST_NOISE, Math.sqrt(before.noise ** 2 * 0.97 + square * 0.03));
  const rose = moved > Math.max(0.01, 2 * noise) ? { roseAt: point.at } : {};
  const recent = [...before.recent, point].slice(-KEPT);
  const isAtOnce = moved >= AT_ONCE && elapsed <= AT_ONCE_MS;
  const isJump = isAtOnce || (moved >= JUMP && last.fill > NEARLY_EMPTY);
  const jumped = isJump ? { jumped: { at: point.at, from: levelOf(before.recent) } } : {};
  return { ...before, recent, noise, everyMs, ...rose, ...jumped };
}

/** It is where it was before it seemed to fill in one step: those echoes were bad. */
function isWhereItWas({ jumped, noise }: FillLevel, after: number, at: Instant): boolean {
  if (!jumped || between(jumped.at, at) > BACK_WITHIN) return false;
  return after >= jumped.from - Math.max(LIKELY, 4 * noise);
}

/** From its recent level, which one echo cannot change. */
function mayFall(heard: FillLevel, before: FillLevel, point: FillPoint): FillHeard {
  const level = levelOf(before.recent);
  const last = before.recent.at(-1)!;
  const isLikely = Math.abs(last.fill - level) <= Math.max(LIKELY, 4 * heard.noise);
  const wasToo = Math.abs(last.fill - (before.recent.at(-2)?.fill ?? -1)) <= LIKELY;
  const top = isLikely || wasToo ? last.fill : level;
  if (!isFall(top, point.fill, heard.noise)) return { state: heard };
  const fall = { from: top, before: last.at, since: point.at, lowest: point.fill, count: 1 };
  return { state: { ...heard, fall } };
}

/** The middle of the last five. */
function levelOf(points: readonly FillPoint[]): number {
  const sorted = points
    .slice(-5)
    .map(({ fill }) => fill)
    .toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** A step that may turn out to have been the most of an emptying. */
const isFall = (from: number, to: number, noise: number): boolean =>
  from - to >= Math.max(LEAST_FALL, SIGMAS * noise) &&
  (from - to >= IN_ONE_STEP * FALL_OF_BIN || from - to >= IN_ONE_STEP * FALL_OF_LEVEL * from);

function watched(heard: FillLevel, fall: FillFall, point: FillPoint): FillHeard {
  const { fall: _fall, ...rest } = heard;
  // What is thrown in right after the crew has left stays far below what was there before.
  const isUpAgain = point.fill > fall.from - IN_ONE_STEP * (fall.from - fall.lowest);
  if (isUpAgain && fall.isUp) return { state: withoutJump(rest) };
  if (isUpAgain) return { state: { ...heard, fall: { ...fall, isUp: true } } };
  const { isUp: _isUp, ...low } = fall;
  const lowest = Math.min(fall.lowest, point.fill);
  const next = { ...low, lowest, count: fall.count + 1 };
  if (!hasStayed(next, point.at)) return { state: { ...heard, fall: next } };
  const after = heard.recent.filter(({ at }) => at >= fall.since).slice(0, STAYS_READINGS);
  const fillAfter = Math.min(...after.map(({ fill }) => fill), levelOf(after));
  const by = fall.from - fillAfter;
  const isEnough = by >= FALL_OF_BIN || by >= FALL_OF_LEVEL * fall.from;
  const first = heard.recent.find(({ at }) => at >= fall.since)?.fill ?? fall.lowest;
  if (!isEnough || fall.from - first < IN_ONE_STEP * by) return { state: rest };
  if (isWhereItWas(heard, levelOf(after), point.at)) return { state: rest };
  const isAcrossGap = between(fall.before, fall.since) > Math.max(hours(2), 3 * heard.everyMs);
  const emptied = { at: fall.since, from: believedFrom(heard, fall) };
  // What was said before is of another filling.
  const recent = heard.recent.filter(({ at }) => at >= fall.since);
  return {
    state: { ...rest, recent, emptied },
    emptied: { at: fall.since, fillBefore: fall.from, fillAfter, isAcrossGap },
  };
}

function hasStayed({ since, count }: FillFall, at: Instant): boolean {
  const lasted = between(since, at);
  return (count >= STAYS_READINGS && lasted >= STAYS_FOR) || (count >= 2 && lasted >= STAYS_SELDOM);
}

/** What it filled to in one step just before it may have been a bad echo: it is back at less. */
const believedFrom = ({ jumped }: FillLevel, { from, since }: FillFall): number =>
  jumped && between(jumped.at, since) <= BACK_WITHIN ? Math.min(from, jumped.from) : from;

/** In one step, as it went, to where it was; said twice, for one echo that is too near is an echo. */
function isBack(
  { at, from }: NonNullable<FillLevel['emptied']>,
  recent: readonly FillPoint[],
): boolean {
  const [before, last, point] = recent.slice(-3);
  if (!before || !last || !point || between(at, point.at) > BACK_WITHIN) return false;
  const isThere = ({ fill }: FillPoint): boolean =>
    fill >= BACK_SHARE * from && fill <= from + BACK_MORE;
  return isThere(point) && isThere(last) && last.fill - before.fill >= IN_ONE_STEP * from;
}

/** It rose from bad echoes to where it had always been. */
function withoutJump({ jumped: _jumped, ...rest }: FillLevel): FillLevel {
  return rest;
}

function takenBack(heard: FillLevel, revoked: Instant): FillHeard {
  const { emptied: _emptied, fall: _fall, jumped: _jumped, ...state } = heard;
  return { state, revoked };
}
