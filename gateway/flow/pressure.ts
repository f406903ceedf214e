// How much is on its way to the disk, and who has to wait until there is room.
//
//   offer ──▶ room? ── yes ──▶ decoded, appended: held ──▶ durable: let go ──┐
//               │ no                                                         │
//               └──▶ [ waiting, oldest first, not yet decoded ] ◀── room ────┘
//
// A disk that fails is a disk that is slow without end. After a failure one message alone asks it;
// the others wait for the answer: stored, and all go on; failed, and all of them are refused and
// their senders send again, for which the disk is asked anew a second later.
//
// Promise: never is more held than `heldMost` and one message, never does more wait than
// `waitingMost`, and whoever waits goes on by itself, in the order of coming.
import { Fault } from '../domain/fault.ts';
import { seconds, type Clock } from '../domain/time.ts';

/** Bytes of memory, by estimate: it is made for every message. */
export interface PressureLimits {
  /** From here on there is no room. */
  readonly heldMost: number;
  /** At this there is room again. */
  readonly heldLow: number;
  /** Whoever would wait beyond this is refused. */
  readonly waitingMost: number;
}

/** Room at half of it, so that neither side of the limit is left at once; as much again may wait. */
export const limitsOf = (bytes: number): PressureLimits => ({
  heldMost: bytes,
  heldLow: bytes / 2,
  waitingMost: bytes,
});

/** Some thousand messages: many more than are heard during one commit on a poor card. */
const USUAL = limitsOf(16 * 1024 * 1024);

/** A message with its promises, and an entry of it with its numbers, beside the bytes. */
const MESSAGE_BYTES = 500;
const ENTRY_BYTES = 400;

export const weightOf = (bytes: number, entries: number): number =>
  bytes + MESSAGE_BYTES + ENTRY_BYTES * entries;

/** What is on its way to the disk for one message. */
export interface Held {
  readonly weight: number;
  /** How many failures of the disk were known when it set out. */
  readonly era: number;
}

export interface Pressure {
  /** There is no room: whoever comes now waits, unless it can be done without. */
  isPressed(): boolean;
  /**
   * Runs `task` when it is its turn. Rejects with `store-busy` where too much waits already, and
   * with the disk's own fault where that fails while `task` waits.
   * @param bytes what is kept of it until then
   */
  inTurn<T>(bytes: number, task: () => Promise<T>): Promise<T>;
  /** It is on its way; `stored` or `failed` says how that ended. */
  hold(weight: number): Held;
  stored(held: Held): void;
  failed(held: Held, fault: unknown): void;
  figures(): PressureFigures;
}

export interface PressureFigures {
  readonly heldBytes: number;
  readonly waitingMessages: number;
  readonly waitingBytes: number;
}

export function createPressure(clock: Clock, limits: PressureLimits = USUAL): Pressure {
  const waiting = createLine();
  const disk = createTrust(clock, letIn);
  let held = 0;
  let isFull = false;

  const hasRoom = (): boolean => !isFull && disk.mayBeAsked();

  function letIn(): void {
    for (let next = hasRoom() && waiting.take(); next; next = hasRoom() && waiting.take())
      next.go();
  }

  function letGo({ weight }: Held): void {
    held -= weight;
    if (held <= limits.heldLow) isFull = false;
    letIn();
  }

  return {
    isPressed: () => !hasRoom(),
    inTurn(bytes, task) {
      const weight = weightOf(bytes, 0);
      if (waiting.weight() + weight > limits.waitingMost) return Promise.reject(busy());
      return new Promise((resolve, reject) => {
        waiting.add({ weight, go: () => void task().then(resolve, reject), refuse: reject });
        letIn(); // room may have come since it was asked for
      });
    },
    hold(weight) {
      held += weight;
      if (held >= limits.heldMost) isFull = true;
      return { weight, era: disk.asked() };
    },
    stored(gone) {
      disk.stored();
      letGo(gone);
    },
    failed(gone, fault) {
      if (disk.failed(gone.era, fault) === 'again') waiting.refuseAll(fault);
      letGo(gone);
    },
    figures: () => ({
      heldBytes: held,
      waitingMessages: waiting.count(),
      waitingBytes: waiting.weight(),
    }),
  };
}

/** How a disk that has failed is asked again. */
const ASK_AGAIN_AFTER = seconds(1);

/**
 * What is thought of the disk. Doubted: the next message asks it. Asked: by one message, and all
 * others wait. Refusing: it failed when it was asked, and is doubted again in a while.
 */
function createTrust(clock: Clock, doubtedAgain: () => void) {
  let state: 'trusted' | 'doubted' | 'asked' | 'refusing' = 'trusted';
  let era = 0;
  return {
    mayBeAsked: () => state === 'trusted' || state === 'doubted',
    /** One more message is on its way; gives how many failures were known by then. */
    asked(): number {
      if (state === 'doubted') state = 'asked';
      return era;
    },
    stored(): void {
      if (state !== 'refusing') state = 'trusted';
    },
    /** `again` where it failed the one that asked; what set out before says nothing new. */
    failed(since: number, fault: unknown): 'again' | undefined {
      if (since !== era) return undefined;
      era += 1;
      if (state !== 'asked') {
        if (isOfDisk(fault)) state = 'doubted';
        return undefined;
      }
      state = 'refusing';
      clock.after(ASK_AGAIN_AFTER, () => {
        state = 'doubted';
        doubtedAgain();
      });
      return 'again';
    },
  };
}

const isOfDisk = (fault: unknown): boolean =>
  fault instanceof Fault && fault.code === 'store-write-failed';

const busy = (): Fault =>
  new Fault('store-busy', 'taking a message: more waits for the disk already than may wait');

interface Waiting {
  readonly weight: number;
  go(): void;
  refuse(fault: unknown): void;
}

/** First come, first served, however many there are. */
function createLine() {
  let line: Waiting[] = [];
  let served = 0;
  let weight = 0;

  function take(): Waiting | undefined {
    const one = line[served];
    if (!one) return undefined;
    weight -= one.weight;
    served += 1;
    // Those who were served are let go in one piece: shifting each would move all behind it.
    if (served === line.length || served >= 1024) {
      line = line.slice(served);
      served = 0;
    }
    return one;
  }

  return {
    count: () => line.length - served,
    weight: () => weight,
    add(one: Waiting): void {
      line.push(one);
      weight += one.weight;
    },
    take,
    refuseAll(fault: unknown): void {
      for (let one = take(); one; one = take()) one.refuse(fault);
    },
  };
}
