// A board of retained messages: what ought to stand on each topic, and the effort to have it there.
//
//   put ─▶ wanted ─▶ unsaid ──a turn, at most one a second──▶ publish, retained, QoS 1
//                      ▲                                          │ the broker is away
//                      └──────────────────────────────────────────┘
//
// Only the last word of a topic counts, so whatever comes faster than once a second is left out, and
// a broker that was away for a day is told the present, not the day. Memory is one word per topic.
import { milliseconds, seconds, type Cancel, type Clock } from '../domain/time.ts';
import type { Publisher } from './publisher.ts';

export interface RetainedBoard {
  /** The empty payload takes a topic off the broker. */
  put(topic: string, payload: string): void;
  has(topic: string): boolean;
  /** Says everything once more, as to a broker that has forgotten it. */
  repeat(): void;
  /** How many topics do not say yet what they should. */
  unsaid(): number;
  /** Says nothing more once resolved. */
  stop(): Promise<void>;
}

/** The first of many words that come together waits this long for the others. */
const GATHER = milliseconds(100);
const TURN = seconds(1);

export function createRetainedBoard(publisher: Publisher, clock: Clock): RetainedBoard {
  const wanted = new Map<string, string>();
  const unsaid = new Set<string>();
  /** What stands there as far as anybody knows. */
  const said = new Map<string, string>();
  /** How often all of that was forgotten: what was on the way then is not known to have arrived. */
  let forgotten = 0;
  const say = async (topic: string): Promise<void> => {
    const payload = wanted.get(topic) ?? '';
    // It went and came back before anybody was told.
    if (said.get(topic) === payload) return;
    const before = forgotten;
    try {
      await publisher.publish(topic, payload, { retain: true, qos: 1 });
      if (forgotten === before) said.set(topic, payload);
    } catch {
      said.delete(topic);
      unsaid.add(topic); // its source says that the broker is away; here it is tried again
      turns.call();
    }
  };
  const turns = createTurns(clock, async () => {
    const topics = [...unsaid];
    unsaid.clear();
    await Promise.all(topics.map(say));
  });
  const repeat = (): void => {
    said.clear();
    forgotten += 1;
    for (const topic of wanted.keys()) unsaid.add(topic);
    turns.call();
  };
  const forget = publisher.onReached(repeat);
  return {
    put(topic, payload) {
      if (wanted.get(topic) === payload) return;
      wanted.set(topic, payload);
      unsaid.add(topic);
      turns.call();
    },
    has: (topic) => wanted.has(topic),
    repeat,
    unsaid: () => unsaid.size,
    stop() {
      forget();
      return turns.stop();
    },
  };
}

interface Turns {
  /** There is something to do. */
  call(): void;
  /** Begins no other turn; resolves when the one that runs is over. */
  stop(): Promise<void>;
}

/** Works soon after it is called, never twice at once, and rests for a second after each turn. */
function createTurns(clock: Clock, work: () => Promise<void>): Turns {
  let next: Cancel | undefined;
  let working: Promise<void> | undefined;
  let isCalled = false;
  let isOver = false;
  const begin = (): void => {
    next = undefined;
    isCalled = false;
    working = work().then(rest);
  };
  const rest = (): void => {
    working = undefined;
    if (isOver) return;
    next = clock.after(TURN, () => {
      next = undefined;
      if (isCalled) begin();
    });
  };
  return {
    call() {
      isCalled = true;
      if (!isOver && !working) next ??= clock.after(GATHER, begin);
    },
    async stop() {
      isOver = true;
      next?.();
      await working;
    },
  };
}
