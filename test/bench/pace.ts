// When lamps speak. Open loop: message n is due at the start + n / rate, whatever the broker does,
// and its delay counts from then, so that a stall is felt by every message that was due in it.
// Where several are due in a millisecond this process wakes once in each: it reads what was answered,
// writes what is due, and sleeps. Woken by every answer as well it takes a fifth more of the
// processors that the candidates need; instead an answer is seen up to a millisecond late.
// Closed loop: every lamp keeps a window of unacknowledged messages and says the next when one is.
import type { Fleet } from './lamp-fleet.ts';

export interface Span {
  readonly lamps: number;
  readonly seconds: number;
  /** Seconds' worth of messages that may wait, and seconds without any answer, before it ends. */
  readonly giveUp: number;
}

/** Between two looks at what was answered. */
const MOST_PER_TICK = 4_000;
const TICK_MS = 1;
const DRAIN_LOOK_MS = 5;
/** Between two looks of a process that is not stopped. */
const STANDSTILL_MS = 100;

/** Gives whether it gave up. */
export async function sendAtRate(
  fleet: Fleet,
  { lamps, seconds, giveUp, rate }: Span & { readonly rate: number },
): Promise<boolean> {
  const start = performance.now();
  const total = Math.round(seconds * rate);
  const isSilent = createSilence(fleet, giveUp);
  const dueAt = (message: number): number => start + (message / rate) * 1000;
  const untilDue = rate * TICK_MS > 1000 ? untilTick : wait;
  while (fleet.sent() < total) {
    const dueByNow = Math.floor(((performance.now() - start) * rate) / 1000) + 1;
    const until = Math.min(total, dueByNow);
    const soon = Math.min(until, fleet.sent() + MOST_PER_TICK);
    sendUntil(fleet, soon, { lamps, dueAt });
    if (fleet.hasLost() || fleet.waiting() > giveUp * rate || isSilent()) return true;
    if (soon < until) await untilAnswersAreRead();
    else await untilDue(Math.max(TICK_MS, dueAt(fleet.sent()) - performance.now()));
  }
  return false;
}

const untilAnswersAreRead = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/** Holds the whole process, then reads what came meanwhile. */
function untilTick(ms: number): Promise<void> {
  Atomics.wait(nobodyWakes, 0, 0, ms);
  return untilAnswersAreRead();
}

/** Message n of the load is lamp n mod lamps'; what one lamp has to say at once goes in one piece. */
function sendUntil(
  fleet: Fleet,
  until: number,
  { lamps, dueAt }: { readonly lamps: number; readonly dueAt: (message: number) => number },
): void {
  const first = fleet.sent();
  for (let next = first; next < Math.min(until, first + lamps); next += 1) {
    const lamp = next % lamps;
    for (let message = next; message < until; message += lamps) fleet.add(lamp, dueAt(message));
    fleet.flush(lamp);
  }
}

export async function sendInWindows(
  fleet: Fleet,
  { lamps, seconds, window }: Span & { readonly window: number },
): Promise<boolean> {
  let isOver = false;
  const say = (lamp: number, count: number): void => {
    if (isOver) return;
    const now = performance.now();
    for (let each = 0; each < count; each += 1) fleet.add(lamp, now);
    fleet.flush(lamp);
  };
  fleet.onAnswers(say);
  for (let lamp = 0; lamp < lamps; lamp += 1) say(lamp, window);
  await wait(seconds * 1000);
  isOver = true;
  return false;
}

/** Until all is answered, or nothing more is. */
export async function drain(fleet: Fleet, giveUp: number): Promise<void> {
  const isSilent = createSilence(fleet, giveUp);
  while (fleet.waiting() > 0 && !isSilent()) await wait(DRAIN_LOOK_MS);
}

/**
 * Whether messages wait and none was answered for that long. Time in which this process stood still
 * does not count: the answers may have come meanwhile.
 */
function createSilence(fleet: Fleet, giveUp: number): () => boolean {
  let silentMs = 0;
  let lastLook = performance.now();
  let lastAnswer = fleet.lastAnswer();
  return () => {
    const now = performance.now();
    silentMs += Math.min(now - lastLook, STANDSTILL_MS);
    if (fleet.waiting() === 0 || fleet.lastAnswer() !== lastAnswer) silentMs = 0;
    lastLook = now;
    lastAnswer = fleet.lastAnswer();
    return silentMs > giveUp * 1000;
  };
}

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
