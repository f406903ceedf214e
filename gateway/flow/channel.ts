// One channel of the outside: holds the next notices in their order, has several told at once but
// never two about one subject, and writes down what became of them. A notice that fails waits by
// itself; when several in a row fail it is the channel that is down, and one at a time knocks.
import type { Notice } from '../domain/notice.ts';
import type { Cancel, Clock, Duration, Instant } from '../domain/time.ts';
import { between, instant, later, milliseconds, seconds } from '../domain/time.ts';
import type { Notifier, Told } from '../notify/notifier.ts';
import type { Outbox } from '../store/log.ts';
import { createOutage, waitBefore, type OutageLogger } from './outage.ts';
import { createOutcomes } from './outcomes.ts';

interface ChannelParts {
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: OutageLogger;
}

export interface ChannelState {
  readonly id: string;
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
}

export interface Channel {
  /** `waiting`: how many the outbox has for it. */
  start(waiting: number): void;
  take(notices: readonly Notice[]): void;
  stop(): Promise<void>;
  state(): ChannelState;
}

/** In memory; the rest stays in the outbox until these are done with. */
const MOST_HELD = 500;
const RETRY_STORE = seconds(1);
const AT_ONCE = instant(0);

interface Held {
  readonly notice: Notice;
  tries: number;
  notBefore: Instant;
  isUnderWay: boolean;
}

interface Progress {
  held: Held[];
  /** Whether the outbox has nothing that is not held. */
  isAllHeld: boolean;
  isLoading: boolean;
  isOver: boolean;
  /** One after the other; from the second on nobody knocks before `quietUntil`. */
  failures: number;
  quietUntil: Instant;
  wake: Cancel | undefined;
  readonly underWay: Set<Promise<void>>;
  readonly counts: Record<'waiting' | 'told' | 'failed' | 'givenUp', number>;
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
  const scene: Scene = { ...parts, progress, outage, outcomes };
  return {
    start(waiting) {
      progress.isOver = false;
      progress.counts.waiting = waiting;
      progress.isAllHeld = waiting === 0;
      goOn(scene);
    },
    take(notices) {
      if (progress.isOver) return;
      progress.counts.waiting += notices.length;
      const hasRoom = progress.held.length + notices.length <= MOST_HELD;
      // While the outbox is being read nobody knows whether they are among what comes of it.
      if (progress.isAllHeld && !progress.isLoading && hasRoom) {
        progress.held.push(...notices.map(fresh));
      } else progress.isAllHeld = false;
      goOn(scene);
    },
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
      const { counts } = progress;
      return { id: notifier.id, state: down ? 'down' : 'up', ...counts, ...down };
    },
  };
}

const beginning = (): Progress => ({
  held: [],
  isAllHeld: false,
  isLoading: false,
  isOver: true,
  failures: 0,
  quietUntil: AT_ONCE,
  wake: undefined,
  underWay: new Set(),
  counts: { waiting: 0, told: 0, failed: 0, givenUp: 0 },
});

interface Scene extends ChannelParts {
  readonly progress: Progress;
  readonly outage: ReturnType<typeof createOutage<'telling'>>;
  readonly outcomes: ReturnType<typeof createOutcomes>;
}

const fresh = (notice: Notice): Held => ({
  notice,
  tries: 0,
  notBefore: AT_ONCE,
  isUnderWay: false,
});

/** Begins whatever may be begun now, and sees to it that the rest is begun in time. */
function goOn(scene: Scene): void {
  const { progress, clock, notifier } = scene;
  progress.wake?.();
  progress.wake = undefined;
  if (progress.isOver) return;
  const now = clock.now();
  const most = progress.failures > 0 ? 1 : notifier.atOnce;
  const free = progress.quietUntil > now ? 0 : most - progress.underWay.size;
  const { ready, nextAt } = readyAt(progress.held, now);
  for (const held of ready.slice(0, Math.max(0, free))) tell(scene, held);
  if (progress.held.length === 0) loadMore(scene);
  else wakeAt(scene, ready.length > 0 ? progress.quietUntil : nextAt);
}

/** Those that may be told now: of each subject the first, if its time has come. */
function readyAt(all: readonly Held[], now: Instant): { ready: Held[]; nextAt: number } {
  const subjects = new Set<string>();
  const ready: Held[] = [];
  let nextAt = Infinity;
  for (const held of all) {
    const { subject } = held.notice;
    if (subjects.has(subject)) continue;
    subjects.add(subject);
    if (held.isUnderWay) continue;
    if (held.notBefore <= now) ready.push(held);
    else nextAt = Math.min(nextAt, held.notBefore);
  }
  return { ready, nextAt };
}

/** What is under way comes back by itself. */
function wakeAt(scene: Scene, moment: number): void {
  const { progress, clock } = scene;
  const now = clock.now();
  if (moment === Infinity || moment <= now) return;
  progress.wake = clock.after(between(now, instant(moment)), () => goOn(scene));
}

function tell(scene: Scene, held: Held): void {
  const { notifier, progress } = scene;
  held.isUnderWay = true;
  const telling = notifier
    .tell(held.notice)
    .catch((error: unknown): Told => ({ kind: 'try-later', why: wordsOf(error) }));
  const heard = telling.then((told) => {
    progress.underWay.delete(heard);
    return hear(scene, held, told);
  });
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
  progress.held = progress.held.filter((other) => other !== held);
  // Not the notices had failed but the channel: none need wait for its own time.
  if (progress.failures > scene.notifier.atOnce) {
    for (const other of progress.held) other.notBefore = AT_ONCE;
  }
  progress.failures = 0;
  progress.quietUntil = AT_ONCE;
  progress.counts.waiting -= 1;
  progress.counts[told.kind === 'told' ? 'told' : 'givenUp'] += 1;
  outage.succeeded('telling', () => progress.counts.waiting);
  outcomes.add(
    told.kind === 'told' ? { key, kind: 'told' } : { key, kind: 'given-up', words: told.why },
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
    progress.held = rows.map((row) => ({ ...fresh(row), tries: row.tries }));
    if (rows.length === MOST_HELD) progress.isAllHeld = false;
    progress.isLoading = false;
    goOn(scene);
  };
  load().catch(() => {
    // The store says itself that it fails.
    progress.isLoading = false;
    progress.isAllHeld = false;
    progress.wake = clock.after(RETRY_STORE, () => goOn(scene));
  });
}
