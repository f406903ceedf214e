// Copies the log to a sink: reads from its own cursor, delivers, and moves the cursor only after.
//
//   log ──▶ read a batch ──▶ deliver ──▶ move cursor and park what was refused ──┐
//    ▲                          │ keep                                           │ rest
//    └── back-off 1 s → 30 s ◀──┘◀───────────────────────────────────────────────┘
//
// Killed anywhere, it delivers the last batch again and nothing else: a sink bears that. A refused
// record is parked and passed; only a silent or unwilling far side holds the cursor.
import type { Sequence } from '../domain/record.ts';
import type { Cancel, Clock, Duration, Instant } from '../domain/time.ts';
import { between, formatDuration, milliseconds, seconds } from '../domain/time.ts';
import type { Delivery, Sink } from '../sinks/sink.ts';
import type { Cursors, DeadLetter, Log } from '../store/log.ts';

export interface FollowParts {
  readonly sink: Sink;
  readonly log: Pick<Log, 'readAfter' | 'head' | 'onGrowth'>;
  readonly cursors: Cursors;
  readonly clock: Clock;
  /** Records read and delivered at once. */
  readonly batch: number;
  /** 0 ≤ n < 1. Spreads the attempts of many gateways that lost the same server. */
  readonly random: () => number;
  readonly logger: FollowLogger;
}

/** Takes pino's. */
export interface FollowLogger {
  info(facts: object, words: string): void;
  warn(facts: object, words: string): void;
}

export interface Follower {
  /** Reads where it stands and begins. Rejects with a Fault where the store cannot say. */
  start(): Promise<void>;
  /** Closes the sink and delivers nothing more once resolved. */
  stop(): Promise<void>;
  state(): FollowState;
}

export interface FollowState {
  readonly cursor: Sequence;
  /** Records that the log has and this has not passed. */
  readonly behind: number;
  /** `behind`: it works, and more than a batch is left to do. */
  readonly state: 'up' | 'down' | 'behind';
  /** Why it is down, and since when. */
  readonly why?: string;
  readonly since?: Instant;
  /** Since the start of the process. */
  readonly parked: number;
}

type Failure = Pick<Extract<Delivery, { kind: 'keep' }>, 'why' | 'after'>;
type Passed = { readonly cursor: Sequence; readonly parked: number };

const FIRST_WAIT = seconds(1);
const LONGEST_WAIT = seconds(30);
/** Share of a wait that chance may take off. */
const JITTER = 0.25;
/** Between batches, so that catching up on days leaves room for what arrives now. */
const REST = milliseconds(20);

export function follow(parts: FollowParts): Follower {
  const { sink, log, cursors, clock, batch } = parts;
  const outage = createOutage(parts);
  const nap = createNap(clock);
  let at: Passed = { cursor: 0, parked: 0 };
  let running: Promise<void> | undefined;
  let unsubscribe: Cancel | undefined;

  const behind = (): number => Math.max(0, log.head() - at.cursor);

  async function run(): Promise<void> {
    while (!nap.isOver()) {
      if (behind() === 0) {
        await nap.untilCalled();
        continue;
      }
      const outcome = await passBatch(parts, at);
      if ('cursor' in outcome) {
        at = outcome;
        outage.end(behind());
        await nap.during(REST);
      } else await nap.during(outage.failed(outcome));
    }
  }

  return {
    async start() {
      at = { ...at, cursor: await cursors.position(sink.id) };
      unsubscribe = log.onGrowth(() => nap.call());
      running = run();
    },
    async stop() {
      unsubscribe?.();
      nap.end();
      outage.mute();
      await sink.close();
      await running;
    },
    state() {
      const left = behind();
      const state = outage.current() ? 'down' : left > batch ? 'behind' : 'up';
      return { ...at, behind: left, state, ...outage.current() };
    },
  };
}

/** Delivers what comes after `at`, and moves the cursor there once it has arrived. */
async function passBatch(parts: FollowParts, at: Passed): Promise<Passed | Failure> {
  const { sink, log, cursors, clock, batch } = parts;
  try {
    const records = await log.readAfter(at.cursor, batch);
    const last = records.at(-1);
    if (!last) return { why: `the log gives nothing after ${at.cursor}` };
    const delivery = await sink.deliver(records);
    if (delivery.kind === 'keep') return delivery;
    const refused = delivery.kind === 'parked' ? delivery.parked : [];
    const letters = refused.map((one): DeadLetter => ({ ...one, at: clock.now() }));
    await cursors.move(sink.id, last.sequence, letters);
    return { cursor: last.sequence, parked: at.parked + letters.length };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

interface Outage {
  /** Counts a failed attempt; the span until the next. */
  failed(failure: Failure): Duration;
  end(behind: number): void;
  current(): { readonly since: Instant; readonly why: string } | undefined;
  /** Says nothing more: what is cut short by stopping is no loss. */
  mute(): void;
}

/** One line when the far side is lost, one when it is back, however many attempts lie between. */
function createOutage({ sink, clock, random, logger }: FollowParts): Outage {
  let loss: { since: Instant; why: string } | undefined;
  let attempts = 0;
  let isMute = false;
  return {
    failed({ why, after }) {
      if (!loss && !isMute) logger.warn({ sink: sink.id, why }, 'down; the log keeps it all');
      loss = { since: loss?.since ?? clock.now(), why };
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempts);
      attempts += 1;
      return milliseconds(Math.max(after ?? 0, wait * (1 - JITTER * random())));
    },
    end(behind) {
      if (!loss) return;
      const outage = between(loss.since, clock.now());
      const words = `back after ${formatDuration(outage)}`;
      logger.info({ sink: sink.id, outageMs: outage, behind }, words);
      loss = undefined;
      attempts = 0;
    },
    current: () => loss,
    mute: () => {
      isMute = true;
    },
  };
}

interface Nap {
  during(span: Duration): Promise<void>;
  untilCalled(): Promise<void>;
  /** Ends a nap that waits to be called; one that lasts a span is not shortened. */
  call(): void;
  /** Ends every nap, now and later. */
  end(): void;
  isOver(): boolean;
}

function createNap(clock: Clock): Nap {
  let over = false;
  let call = (): void => undefined;
  let end = (): void => undefined;
  const sleep = (begin: (wake: () => void) => Cancel): Promise<void> =>
    new Promise((resolve) => {
      if (over) return resolve();
      const cancel = begin(resolve);
      end = () => {
        cancel();
        resolve();
      };
    });
  return {
    during: (span) => sleep((wake) => clock.after(span, wake)),
    untilCalled: () =>
      sleep((wake) => {
        call = wake;
        return () => undefined;
      }),
    call: () => call(),
    end() {
      over = true;
      end();
    },
    isOver: () => over,
  };
}
