// Copies the log to a sink: reads on from its own cursor, delivers, and moves the cursor only after.
// Two lanes do it, each with one batch under way, so that days of backlog never delay what is new:
//
//   log ──▶ live lane     from where it stood; leaps to the head when that is far ahead ──┐
//    │                                                                                    ├─▶ sink
//    └────▶ backlog lane  what the leaps left out, oldest first, with a rest in between ──┘
//
// The cursor stands where everything before it has arrived. Killed anywhere, both lanes deliver
// again what lies beyond it and nothing else: a sink bears that. A refused record is parked and
// passed; only a silent or unwilling far side holds a lane.
import type { LogRecord, Sequence } from '../domain/record.ts';
import type { Cancel, Clock, Duration, Instant } from '../domain/time.ts';
import { between, milliseconds } from '../domain/time.ts';
import type { Delivery, Sink } from '../sinks/sink.ts';
import type { Cursors, DeadLetter, Log } from '../store/log.ts';
import { createCursorKeeper, type CursorKeeper } from './cursor-keeper.ts';
import { createNap, type Nap } from './clock/nap.ts';
import { createOutage, type Failure, type Outage, type OutageLogger } from './outage.ts';
import { createPassed, type Passed, type Stretch } from './passed.ts';

export interface FollowParts {
  readonly sink: Sink;
  readonly log: Pick<Log, 'readAfter' | 'valuesAfter' | 'head' | 'onGrowth'>;
  readonly cursors: Cursors;
  readonly clock: Clock;
  /** Records read and delivered at once. */
  readonly batch: number;
  /** As many instead where the sink takes values out of memory; `batch` where absent. */
  readonly valuesBatch?: number;
  /** How long less than a batch may wait for more: fewer requests are less work for both sides. */
  readonly gather: Duration;
  /** 0 ≤ n < 1. Spreads the attempts of many gateways that lost the same server. */
  readonly random: () => number;
  readonly logger: OutageLogger;
}

export interface Follower {
  /** Reads where it stands and begins. Rejects with a Fault where the store cannot say. */
  start(): Promise<void>;
  /** Closes the sink and delivers nothing more once resolved. Rejects as the store does. */
  stop(): Promise<void>;
  state(): FollowState;
}

export interface FollowState {
  /** Everything up to here has arrived or is parked. */
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

/**
 * In batches: farther than this behind the head, the live lane leaps. Less than a second of work, and
 * of values no more than the store has in memory.
 */
const FAR = 10;
const FAR_IN_VALUES = 6;
/** Of the backlog lane: as long as its batch took, but no less, nor more, than this. */
const SHORTEST_REST = milliseconds(20);
const LONGEST_REST = milliseconds(1000);

type Lane = 'live' | 'backlog';

/** What both lanes share while the follower runs. */
interface Scene {
  readonly parts: FollowParts;
  readonly passed: Passed;
  readonly keeper: CursorKeeper;
  readonly outage: Outage<Lane>;
  readonly naps: Readonly<Record<Lane, Nap>>;
  parked: number;
}

export function follow(parts: FollowParts): Follower {
  const { sink, log } = parts;
  let scene = sceneAt(parts, 0);
  let running: readonly Promise<void>[] = [];
  let unsubscribe: Cancel | undefined;
  return {
    async start() {
      const here = sceneAt(parts, await parts.cursors.position(sink.id));
      scene = here;
      unsubscribe = log.onGrowth(() => here.naps.live.call());
      running = [runLive(here), runBacklog(here)];
    },
    async stop() {
      unsubscribe?.();
      scene.outage.mute();
      scene.naps.live.end();
      scene.naps.backlog.end();
      await sink.close();
      await Promise.all(running);
      await scene.keeper.finish();
    },
    state() {
      const { passed, parked, outage } = scene;
      const behind = passed.missing(log.head());
      const state = outage.current() ? 'down' : behind > mostOf(parts) ? 'behind' : 'up';
      return { cursor: passed.done(), parked, behind, state, ...outage.current() };
    },
  };
}

function sceneAt(parts: FollowParts, position: Sequence): Scene {
  const { sink, clock } = parts;
  const passed = createPassed(position);
  return {
    parts,
    passed,
    keeper: createCursorKeeper({ ...parts, id: sink.id, position: passed.done }),
    outage: createOutage({ ...parts, about: { sink: sink.id }, keptIn: 'log' }),
    naps: { live: createNap(clock), backlog: createNap(clock) },
    parked: 0,
  };
}

/** What may go in one request at best, and from here. */
const mostOf = ({ sink, batch, valuesBatch }: FollowParts): number =>
  (sink.deliverValues && valuesBatch) ?? batch;
const mostFrom = (from: Sequence, parts: FollowParts): number =>
  parts.log.valuesAfter(from, 1) ? mostOf(parts) : parts.batch;

async function runLive(scene: Scene): Promise<void> {
  const { parts, passed, naps } = scene;
  const { log, batch, gather } = parts;
  const far = Math.max(FAR * batch, FAR_IN_VALUES * mostOf(parts));
  const waiting = (): number => log.head() - passed.live();
  while (!naps.live.isOver()) {
    if (waiting() === 0) {
      await naps.live.until(() => waiting() > 0);
    } else if (waiting() > far) {
      // What came while nobody knew that the far side was back is still new.
      passed.leap(log.head() - batch);
      naps.backlog.call();
    } else {
      const most = mostFrom(passed.live(), parts);
      if (waiting() < most) await naps.live.until(() => waiting() >= most, gather);
      if (naps.live.isOver()) return;
      await travel(scene, 'live', { from: passed.live(), to: log.head() });
    }
  }
}

async function runBacklog(scene: Scene): Promise<void> {
  const { parts, passed, naps } = scene;
  while (!naps.backlog.isOver()) {
    const gap = passed.gap();
    if (!gap) {
      await naps.backlog.until(() => passed.gap() !== undefined);
      continue;
    }
    const began = parts.clock.now();
    if (!(await travel(scene, 'backlog', gap))) continue;
    const took = between(began, parts.clock.now());
    const rest = Math.min(LONGEST_REST, Math.max(SHORTEST_REST, took));
    await naps.backlog.during(milliseconds(rest));
  }
}

/** One batch of a stretch; whether it is passed. Where it is not, the lane has waited its time. */
async function travel(scene: Scene, lane: Lane, stretch: Stretch): Promise<boolean> {
  const { parts, passed, outage, naps, keeper } = scene;
  const outcome = await passBatch(scene, stretch);
  if ('why' in outcome) {
    await naps[lane].during(outage.failed(lane, outcome));
    return false;
  }
  if (lane === 'live') passed.passLive(outcome.to);
  else passed.passGap(outcome.to);
  keeper.moved();
  // The far side is back: the other lane need not wait until it finds out by itself.
  if (outage.succeeded(lane, () => passed.missing(parts.log.head()))) {
    naps[lane === 'live' ? 'backlog' : 'live'].cutShort();
  }
  return true;
}

/** Delivers the next batch of a stretch, and says how far that was. */
async function passBatch(
  scene: Scene,
  stretch: Stretch,
): Promise<{ readonly to: Sequence } | Failure> {
  try {
    return await handOver(scene, stretch);
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

async function handOver(
  scene: Scene,
  stretch: Stretch,
): Promise<{ readonly to: Sequence } | Failure> {
  const { clock } = scene.parts;
  const { to, delivering } = await setOut(scene.parts, stretch);
  if (!delivering) return { why: `the log gives nothing after ${stretch.from}` };
  const delivery = await delivering;
  if (delivery.kind === 'keep') return delivery;
  if (delivery.kind === 'parked') {
    const at = clock.now();
    await scene.keeper.park(delivery.parked.map((one): DeadLetter => ({ ...one, at })));
    scene.parked += delivery.parked.length;
  }
  return { to };
}

/** Ends before the far side answers, and lets the records go with it. */
async function setOut(
  parts: FollowParts,
  { from, to: end }: Stretch,
): Promise<{ readonly to: Sequence; readonly delivering?: Promise<Delivery> }> {
  const { sink, log } = parts;
  const values = sink.deliverValues && log.valuesAfter(from, Math.min(mostOf(parts), end - from));
  if (sink.deliverValues && values) {
    const { to } = values;
    return { to, delivering: sink.deliverValues(values, () => readAll(parts, { from, to })) };
  }
  const { records, to } = await readBatch(parts, { from, to: end });
  if (to === from) return { to };
  return { to, delivering: sink.deliver(records, () => readAll(parts, { from, to })) };
}

/** More than one reading may be needed: what is not taken apart here is never asked for again. */
async function readAll(parts: FollowParts, { from, to }: Stretch): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for (let at = from, next; at < to; at = next) {
    const read = await readBatch(parts, { from: at, to });
    all.push(...read.records);
    next = read.to === at ? to : read.to;
  }
  return all;
}

/** What was pruned leaves holes: the records say how far they reach, not their number. */
async function readBatch(
  { log, batch }: FollowParts,
  { from, to }: Stretch,
): Promise<{ readonly records: readonly LogRecord[]; readonly to: Sequence }> {
  const found = await log.readAfter(from, Math.min(batch, to - from));
  const records = (found.at(-1)?.sequence ?? 0) > to ? found.filter(isWithin(to)) : found;
  return { records, to: records.at(-1)?.sequence ?? (found.length > 0 ? to : from) };
}

const isWithin =
  (to: Sequence) =>
  ({ sequence }: LogRecord): boolean =>
    sequence <= to;
