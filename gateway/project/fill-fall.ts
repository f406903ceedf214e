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
  if (emptied && isBack(emptied, last, point)) return takenBack(heard, emptied.at);
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
  return { ...before, recent, noise, everyMs, ...rose };
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
  if (isUpAgain) return { state: rest };
  const lowest = Math.min(fall.lowest, point.fill);
  const next = { ...fall, lowest, count: fall.count + 1 };
  if (!hasStayed(next, point.at)) return { state: { ...heard, fall: next } };
  const after = heard.recent.filter(({ at }) => at >= fall.since).slice(0, STAYS_READINGS);
  const fillAfter = Math.min(...after.map(({ fill }) => fill), levelOf(after));
  const by = fall.from - fillAfter;
  const isEnough = by >= FALL_OF_BIN || by >= FALL_OF_LEVEL * fall.from;
  const first = heard.recent.find(({ at }) => at >= fall.since)?.fill ?? fall.lowest;
  if (!isEnough || fall.from - first < IN_ONE_STEP * by) return { state: rest };
  const isAcrossGap = between(fall.before, fall.since) > Math.max(hours(2), 3 * heard.everyMs);
  const emptied = { at: fall.since, from: fall.from };
  return {
    state: { ...rest, emptied },
    emptied: { at: fall.since, fillBefore: fall.from, fillAfter, isAcrossGap },
  };
}

function hasStayed({ since, count }: FillFall, at: Instant): boolean {
  const lasted = between(since, at);
  return (count >= STAYS_READINGS && lasted >= STAYS_FOR) || (count >= 2 && lasted >= STAYS_SELDOM);
}

/** In one step, as it went. */
const isBack = (
  { at, from }: NonNullable<FillLevel['emptied']>,
  last: FillPoint,
  point: FillPoint,
): boolean =>
  between(at, point.at) <= BACK_WITHIN &&
  point.fill >= BACK_SHARE * from &&
  point.fill - last.fill >= IN_ONE_STEP * from;

function takenBack(heard: FillLevel, revoked: Instant): FillHeard {
  const { emptied: _emptied, fall: _fall, ...state } = heard;
  return { state, revoked };
}
