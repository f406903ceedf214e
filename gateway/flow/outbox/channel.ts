// One channel of the outside: holds the next notices in their order, has several told at once but
// never two about one subject, and writes down what became of them. A notice that fails waits by
// itself; when several in a row fail it is the channel that is down, and one at a time knocks.
import type { Notice } from '../../domain/notice.ts';
import type { Tongue } from '../../domain/reader.ts';
import type { Cancel, Clock, Duration, Instant } from '../../domain/time.ts';
import { between, instant, later, milliseconds, seconds } from '../../domain/time.ts';
import type { ChannelKind, Notifier, Told } from '../../notify/notifier.ts';
import type { Outbox } from '../../store/log.ts';
import { createAllowance, type Allowance } from './allowance.ts';
import { isLetter, mergedLetter, type LetterNotice } from './channel-merge.ts';
import { AT_ONCE, fresh, hold, readyAt, type Held, type HeldNotices } from './held.ts';
import { createOutage, waitBefore, type OutageLogger } from '../outage.ts';
import { createOutcomes } from './outcomes.ts';

interface ChannelParts {
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: OutageLogger;
  /** Of what it says itself; Chinese where absent. */
  readonly tongue?: Tongue;
}

export interface ChannelState {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly state: 'up' | 'down';
  /** Why it is down, and since when. */
  readonly why?: string;
  readonly since?: Instant;
  /** Neither told nor given up. */
  readonly waiting: number;
  /** Since the start of the process. */
  readonly told: number;
  readonly failed: number;
  readonly givenUp: number;
  /** Not told, because a later letter said what was still true of them. */
  readonly superseded: number;
}

export interface Channel {
  /** `waiting`: how many the outbox has for it. */
  start(waiting: number): void;
  take(notices: readonly Notice[]): void;
  /** Now, whatever it waits for, given up or not. Resolves once that is written down. */
  retry(notice: Notice): Promise<void>;
  /** Never; false where it is just being told. */
  drop(notice: Notice, words: string): Promise<boolean>;
  stop(): Promise<void>;
  state(): ChannelState;
}

/** In memory; the rest stays in the outbox until these are done with. */
const MOST_HELD = 500;
/** So many to one reader after a start are more than a restart's worth. */
const MANY = 3;
const RETRY_STORE = seconds(1);

interface Progress {
  held: HeldNotices;
  /** Whether the outbox has nothing that is not held. */
  isAllHeld: boolean;
  isLoading: boolean;
  isOver: boolean;
  /** One after the other; from the second on nobody knocks before `quietUntil`. */
  failures: number;
  quietUntil: Instant;
  wake: Cancel | undefined;
  /** It was just read from the outbox: it may have waited for long. */
  isStale: boolean;
  /** Of what is held something may be about to become one letter that was not looked at. */
  hasUnmerged: boolean;
  readonly underWay: Set<Promise<void>>;
  readonly counts: Record<'waiting' | 'told' | 'failed' | 'givenUp' | 'superseded', number>;
}

export function createChannel(parts: ChannelParts): Channel {
  const { notifier } = parts;
  const outage = createOutage<'telling'>({
    ...parts,
    about: { channel: notifier.id },
    keptIn: 'outbox',
  });
  const outcomes = createOutcomes({ ...parts, id: notifier.id });
  const progress = beginning();
  const allowance = createAllowance(notifier.limits);
  const scene: Scene = { ...parts, progress, outage, outcomes, allowance };
  return {
    start(waiting) {
      progress.isOver = false;
      progress.counts.waiting = waiting;
      progress.isAllHeld = waiting === 0;
      goOn(scene);
    },
    take(notices) {
      if (progress.isOver) return;
      const hasRoom = progress.held.size + notices.length <= MOST_HELD;
      // While the outbox is being read nobody knows whether they are among what comes of it.
      if (progress.isAllHeld && !progress.isLoading && hasRoom) {
        for (const notice of notices) {
          if (hold(progress.held, fresh(notice))) progress.counts.waiting += 1;
          progress.hasUnmerged ||= isLetter(notice);
        }
      } else {
        progress.counts.waiting += notices.length;
        progress.isAllHeld = false;
      }
      goOn(scene);
    },
    retry: (notice) => retry(scene, notice),
    drop: (notice, words) => drop(scene, notice, words),
    async stop() {
      progress.isOver = true;
      progress.wake?.();
      outage.mute();
      notifier.close();
      await Promise.all(progress.underWay);
      await outcomes.finish();
    },
    state() {
      const down = outage.current();
      const { id, kind } = notifier;
      return { id, kind, state: down ? 'down' : 'up', ...progress.counts, ...down };
    },
  };
}

const beginning = (): Progress => ({
  held: new Map(),
  isAllHeld: false,
  isLoading: false,
  isOver: true,
  failures: 0,
  quietUntil: AT_ONCE,
  wake: undefined,
  isStale: false,
  hasUnmerged: false,
  underWay: new Set(),
  counts: { waiting: 0, told: 0, failed: 0, givenUp: 0, superseded: 0 },
});

interface Scene extends ChannelParts {
  readonly progress: Progress;
  readonly outage: ReturnType<typeof createOutage<'telling'>>;
  readonly outcomes: ReturnType<typeof createOutcomes>;
  readonly allowance: Allowance;
}

/** Begins whatever may be begun now, and sees to it that the rest is begun in time. */
function goOn(scene: Scene): void {
  const { progress, clock, notifier, allowance } = scene;
  progress.wake?.();
  progress.wake = undefined;
  if (progress.isOver) return;
  mergeOld(scene);
  const now = clock.now();
  const most = progress.failures > 0 ? 1 : notifier.atOnce;
  const bearable = Math.min(most - progress.underWay.size, allowance.left(now));
  const free = progress.quietUntil > now ? 0 : bearable;
  // One at least, to know whether there is any.
  const { ready, nextAt } = readyAt(progress.held, now, Math.max(1, free));
  if (free > 0) for (const held of ready) tell(scene, held);
  if (progress.held.size === 0) loadMore(scene);
  else
    wakeAt(scene, ready.length > 0 ? Math.max(progress.quietUntil, allowance.nextAt(now)) : nextAt);
}

/** Nobody reads thirty old letters: while they cannot be told, those to one reader become one. */
function mergeOld(scene: Scene): void {
  const { progress } = scene;
  const isDown = progress.failures > 1;
  if (!progress.isStale && !(isDown && progress.hasUnmerged)) return;
  const enough = isDown ? 2 : MANY;
  progress.isStale = false;
  progress.hasUnmerged = !isDown;
  const bySubject = Map.groupBy(
    [...progress.held.values()].filter(({ isUnderWay, notice }) => !isUnderWay && isLetter(notice)),
    ({ notice }) => notice.subject,
  );
  for (const some of bySubject.values()) if (some.length >= enough) mergeAll(scene, some);
}

function mergeAll(
  { progress, outcomes, clock, tongue = 'zh' }: Scene,
  some: readonly Held[],
): void {
  const notice = mergedLetter(
    some.map((held) => held.notice as LetterNotice),
    tongue,
  );
  const keys = some.map((held) => held.notice.key).filter((key) => key !== notice.key);
  for (const held of some) progress.held.delete(held.notice.key);
  progress.held.set(notice.key, fresh(notice, Math.max(...some.map(({ tries }) => tries))));
  progress.counts.waiting -= some.length - 1;
  progress.counts.superseded += keys.length;
  outcomes.add({ kind: 'merged', key: notice.key, notice, keys, at: clock.now() });
}

async function retry(scene: Scene, notice: Notice): Promise<void> {
  const { progress, outcomes } = scene;
  const held = progress.held.get(notice.key);
  if (held) held.notBefore = AT_ONCE;
  else {
    outcomes.add({ kind: 'again', key: notice.key });
    await outcomes.flushed();
    if (hold(progress.held, fresh(notice))) progress.counts.waiting += 1;
    progress.hasUnmerged = true;
  }
  progress.quietUntil = AT_ONCE;
  goOn(scene);
}

async function drop(scene: Scene, { key }: Notice, words: string): Promise<boolean> {
  const { progress, outcomes, clock } = scene;
  const held = progress.held.get(key);
  if (held?.isUnderWay) return false;
  if (held) {
    progress.held.delete(key);
    progress.counts.waiting -= 1;
  }
  outcomes.add({ kind: 'dropped', key, words, at: clock.now() });
  await outcomes.flushed();
  goOn(scene);
  return true;
}

/** What is under way comes back by itself. */
function wakeAt(scene: Scene, moment: number): void {
  const { progress, clock } = scene;
  const now = clock.now();
  if (moment === Infinity || moment <= now) return;
  progress.wake = clock.after(between(now, instant(moment)), () => goOn(scene));
}

function tell(scene: Scene, held: Held): void {
  const { notifier, progress, allowance, clock } = scene;
  held.isUnderWay = true;
  allowance.begin();
  const ended = (told: Told): void => {
    progress.underWay.delete(heard);
    allowance.end(clock.now());
    hear(scene, held, told);
  };
  const heard = notifier
    .tell(held.notice)
    .then(ended, (error: unknown) => ended({ kind: 'try-later', why: wordsOf(error) }));
  progress.underWay.add(heard);
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function hear(scene: Scene, held: Held, told: Told): void {
  const { progress, outage, outcomes } = scene;
  const { key } = held.notice;
  held.isUnderWay = false;
  if (told.kind === 'try-later') {
    if (!progress.isOver) postpone(scene, held, told);
    return goOn(scene);
  }
  progress.held.delete(key);
  // Not the notices had failed but the channel: none need wait for its own time.
  if (progress.failures > scene.notifier.atOnce) {
    for (const other of progress.held.values()) other.notBefore = AT_ONCE;
  }
  progress.failures = 0;
  progress.quietUntil = AT_ONCE;
  progress.counts.waiting -= 1;
  progress.counts[told.kind === 'told' ? 'told' : 'givenUp'] += 1;
  outage.succeeded('telling', () => progress.counts.waiting);
  const at = scene.clock.now();
  outcomes.add(
    told.kind === 'told'
      ? { key, kind: 'told', at }
      : { key, kind: 'given-up', words: told.why, at },
  );
  goOn(scene);
}

function postpone(scene: Scene, held: Held, { why, after }: Told & { kind: 'try-later' }): void {
  const { progress, outage, outcomes, clock, random } = scene;
  const now = clock.now();
  const asked: Duration = after ?? milliseconds(0);
  const wait = milliseconds(Math.max(asked, waitBefore(held.tries, random)));
  held.tries += 1;
  held.notBefore = later(now, wait);
  progress.failures += 1;
  progress.hasUnmerged = true;
  progress.counts.failed += 1;
  const quiet = outage.failed('telling', { why, after: asked });
  if (progress.failures > 1 || asked > 0) progress.quietUntil = later(now, quiet);
  outcomes.add({ key: held.notice.key, kind: 'failed', words: why });
}

/** Only once everything before is written down: the outbox would give it out again. */
function loadMore(scene: Scene): void {
  const { progress, outbox, outcomes, notifier, clock } = scene;
  if (progress.isAllHeld || progress.isLoading || progress.underWay.size > 0) return;
  progress.isLoading = true;
  const load = async (): Promise<void> => {
    await outcomes.flushed();
    progress.isAllHeld = true;
    const rows = await outbox.waiting(notifier.id, MOST_HELD);
    progress.held = new Map(rows.map((row) => [row.key, fresh(row, row.tries)]));
    if (rows.length === MOST_HELD) progress.isAllHeld = false;
    progress.isLoading = false;
    progress.isStale = true;
    goOn(scene);
  };
  load().catch(() => {
    // The store says itself that it fails.
    progress.isLoading = false;
    progress.isAllHeld = false;
    progress.wake = clock.after(RETRY_STORE, () => goOn(scene));
  });
}
