// Keeps our time of day beside the machine's, which may be set at any moment and may be wrong from
// the start (a computer without a battery-backed clock wakes in its own past).
//
//   once a second    ours ── equal but for drift ──▶ follows by half a millisecond a second
//                      ├──── the machine's leapt ──▶ ours is set, and the log says by how much
//                      └──── nobody looked for long ─▶ we stood still and were blind: the log says so
//
// A clock that is known to be wrong at the start stamps nothing for good: readings are kept without a
// moment until the network, a person or the end of our patience says what time it was. Then the log
// says by how much, and clock-restamp.ts writes them again. Until then ours runs on from the newest
// record, so that time never goes back behind what is known.
// Promise: what the log says of the clock stands before everything that the new time has stamped.
import {
  isPossible,
  momentInWords,
  type ClockEvidence,
  type ClockState,
} from '../../domain/clock-state.ts';
import type { ClockEntry, Entry, GatewayEntry } from '../../domain/record.ts';
import { minutes, moved, seconds, type Cancel, type Instant } from '../../domain/time.ts';
import type { Duration, KeptClock } from '../../domain/time.ts';

/** What a gateway on a real machine keeps its time by. */
export interface Timekeeping {
  readonly clock: KeptClock;
  readonly evidence: ClockEvidence;
  /** Names this run of the process. */
  readonly boot: string;
}

export interface ClockKeepingParts extends Timekeeping {
  /** When the log's newest record was received, 0 where there is none. */
  readonly newest: Instant;
  readonly say: (entry: Entry) => void;
  readonly logger: ClockLogger;
}

/** Takes pino's. */
export interface ClockLogger {
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
}

export interface ClockKeeping {
  /** What the record of this start says of its clock. */
  birth(): Pick<GatewayEntry, 'boot' | 'clock' | 'machine'>;
  /** Whether readings that are stamped now have a moment. */
  isDated(): boolean;
  /** `listener` is told in the same breath in which our clock is set. */
  onStep(listener: (stepMs: number) => void): void;
  /** A moment that was stamped before the clock was set, as it is now known. */
  rightly(stamped: Instant): Instant;
  report(): ClockReport;
  /** Looks at once where nobody has looked for long; cheap enough for every append. */
  lookIfBlind(): void;
  start(): void;
  stop(): void;
}

export interface ClockReport {
  readonly state: ClockState;
  /** Times that our clock was set, since the start. */
  readonly steps: number;
  /** What is wrong with it. */
  readonly why?: string;
}

/** Of a clock that nobody keeps. */
export const BELIEVED: ClockReport = { state: 'unknown', steps: 0 };

const LOOK_EVERY = seconds(1);
/** The least that counts as a leap; less is drift or a leap second, and followed slowly. */
const LEAP = seconds(2);
/** A busy machine is late by a second or two; who is this late has stood still. */
const BLIND_AFTER = seconds(10);
/** Followed no faster than a crystal drifts, so that a span is right to half a thousandth. */
const MOST_FOLLOWED = 500e-6;
/** Nearer than this the clocks are equal: each is read to the millisecond. */
const EQUAL_MS = 2;
/** A clock this far behind the newest record has lost time while it was off. */
const BEHIND = minutes(1);
/** Nobody is coming to set it any more: on a site without a network it is the only time there is. */
const PATIENCE: Duration = minutes(30);
/** No stamp is this long on its way to the log. */
const STALE_FOR = minutes(10);

interface Look {
  readonly steady: number;
  readonly upMs: number | undefined;
}

interface Keeper {
  readonly parts: ClockKeepingParts;
  readonly listeners: ((stepMs: number) => void)[];
  readonly since: number;
  state: ClockState;
  steps: number;
  /** How far the machine's clock was ahead of ours when it was last looked at. */
  aheadMs: number;
  last: Look;
  leaps: { readonly at: Instant; readonly byMs: number; readonly steady: number }[];
}

export function createClockKeeping(parts: ClockKeepingParts): ClockKeeping {
  const { clock, evidence, boot } = parts;
  const keeper = wake(parts);
  let next: Cancel | undefined;
  const lookAgain = (): void => {
    look(keeper);
    next = clock.after(LOOK_EVERY, lookAgain);
  };
  return {
    birth() {
      const machine = evidence.machine();
      return { boot, clock: keeper.state, ...(machine && { machine }) };
    },
    isDated: () => keeper.state !== 'unsynchronised',
    onStep: (listener) => void keeper.listeners.push(listener),
    rightly: (stamped) => rightly(keeper, stamped),
    report: () => report(keeper),
    lookIfBlind() {
      if (clock.steady() - keeper.last.steady > BLIND_AFTER) look(keeper);
    },
    start: lookAgain,
    stop: () => next?.(),
  };
}

function wake(parts: ClockKeepingParts): Keeper {
  const { clock, newest, logger } = parts;
  const state = stateAtStart(parts);
  if (state === 'unsynchronised') {
    const says = momentInWords(clock.wall());
    logger.warn({ says }, 'the clock is not to be believed; readings wait for their moment');
    const isBefore = !isPossible(clock.wall()) || clock.wall() < newest;
    if (isPossible(newest) && isBefore) clock.move(newest + 1 - clock.now());
  }
  const steady = clock.steady();
  const upMs = parts.evidence.machine()?.upMs;
  const aheadMs = clock.wall() - clock.now();
  const last = { steady, upMs };
  return { parts, listeners: [], since: steady, state, steps: 0, aheadMs, last, leaps: [] };
}

function stateAtStart({ clock, evidence, newest }: ClockKeepingParts): ClockState {
  const wall = clock.wall();
  const isSet = evidence.setByNetwork();
  if (!isPossible(wall)) return 'unsynchronised';
  if (isSet === 'yes') return 'synchronised';
  return isSet === 'awaited' || isBehind(wall, newest) ? 'unsynchronised' : 'unknown';
}

const isBehind = (wall: Instant, newest: Instant): boolean =>
  isPossible(newest) && wall < newest - BEHIND;

function look(keeper: Keeper): void {
  const { clock, evidence } = keeper.parts;
  const { last } = keeper;
  const now: Look = { steady: clock.steady(), upMs: evidence.machine()?.upMs };
  keeper.last = now;
  sayIfBlind(keeper, last, now);
  const wall = clock.wall();
  // Ours runs on: it knows better than a clock that was never set.
  if (!isPossible(wall)) return;
  if (keeper.state === 'unsynchronised') lookForRescue(keeper);
  else followOrLeap(keeper, now.steady - last.steady);
  keeper.aheadMs = clock.wall() - clock.now();
}

/** A machine that slept does not count it on its steady clock; one whose process was stopped does. */
function sayIfBlind({ parts }: Keeper, last: Look, now: Look): void {
  const { clock, say, logger } = parts;
  const passed = now.steady - last.steady;
  const up = now.upMs === undefined || last.upMs === undefined ? passed : now.upMs - last.upMs;
  const asleep = up - passed > LEAP ? up - passed : 0;
  const blindMs = Math.round(passed + asleep);
  if (asleep > 0) clock.move(asleep);
  if (blindMs <= BLIND_AFTER) return;
  say({ kind: 'gateway', event: 'woke', blindMs, receivedAt: clock.now() });
  logger.warn({ blindMs }, 'stood still and heard nothing; no device is accused of that time');
}

/** Whether somebody has set the clock meanwhile, or nobody will. */
function lookForRescue(keeper: Keeper): void {
  const { clock, evidence, newest } = keeper.parts;
  const aheadMs = clock.wall() - clock.now();
  const isSet = evidence.setByNetwork() === 'yes';
  const hasLeapt = Math.abs(aheadMs - keeper.aheadMs) > LEAP && !isBehind(clock.wall(), newest);
  const isHopeless = clock.steady() - keeper.since > PATIENCE;
  if (isSet || hasLeapt || isHopeless) set(keeper, Math.abs(aheadMs) > LEAP ? aheadMs : 0);
}

function followOrLeap(keeper: Keeper, passedMs: number): void {
  const { clock, evidence } = keeper.parts;
  const aheadMs = clock.wall() - clock.now();
  if (Math.abs(aheadMs) > LEAP) return set(keeper, aheadMs);
  const most = passedMs * MOST_FOLLOWED;
  if (Math.abs(aheadMs) > EQUAL_MS) clock.move(Math.max(-most, Math.min(most, aheadMs)));
  if (evidence.setByNetwork() === 'yes') keeper.state = 'synchronised';
}

/** Ours is set and the log told, in one breath. */
function set(keeper: Keeper, byMs: number): void {
  const { clock, evidence, boot, say, logger } = keeper.parts;
  const stepMs = Math.round(byMs);
  const at = clock.now();
  const isWaiting = keeper.state === 'unsynchronised';
  const state = evidence.setByNetwork() === 'yes' ? 'synchronised' : 'unknown';
  keeper.state = state;
  if (stepMs !== 0) {
    clock.move(stepMs);
    keeper.steps += 1;
    keeper.leaps = [...keeper.leaps, { at, byMs: stepMs, steady: clock.steady() }];
    for (const listener of keeper.listeners) listener(stepMs);
  }
  const entry: ClockEntry = { kind: 'clock', boot, stepMs, state, receivedAt: clock.now() };
  say(entry);
  const words = isWaiting ? 'the clock is believed from now on' : 'the clock was set';
  logger.info({ stepMs, from: momentInWords(at), to: momentInWords(clock.now()) }, words);
}

/** Forward: nothing after the leap is stamped before it. Back: nothing is stamped ahead of now. */
function rightly(keeper: Keeper, stamped: Instant): Instant {
  if (keeper.leaps.length === 0) return stamped;
  const { clock } = keeper.parts;
  const isFresh = ({ steady }: { steady: number }) => clock.steady() - steady < STALE_FOR;
  keeper.leaps = keeper.leaps.filter(isFresh);
  return keeper.leaps.reduce((moment, { at, byMs }) => {
    const isOld = byMs > 0 ? moment <= at : moment > clock.now();
    return isOld ? moved(moment, byMs) : moment;
  }, stamped);
}

function report({ parts, state, steps }: Keeper): ClockReport {
  const wall = parts.clock.wall();
  const says = `this machine’s clock says ${momentInWords(wall)}`;
  if (!isPossible(wall))
    return { state: 'unsynchronised', steps, why: `${says}: it was never set` };
  if (state !== 'unsynchronised') return { state, steps };
  const why = `${says}, and nothing vouches for it; readings wait for their moment`;
  return { state, steps, why };
}
