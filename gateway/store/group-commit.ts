// Group commit by back-pressure: while one group is on its way to the disk the next one gathers, and
// it leaves when the first is answered. A slow card makes larger groups, a quiet hour groups of one.
// A group waits for company before it leaves only where the site file asks to spare a card, and for
// some milliseconds in a flood, where each group costs more than its readings; nobody is answered
// before it is durable either way.
//
//   write ─▶ waiting ─┐                      ┌─▶ each promise answered
//   write ─▶ waiting ─┼─▶ one group ─▶ disk ─┤
//   write ─▶ waiting ─┘  (one at a time)     └─▶ what gathered meanwhile is the next group
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import { wordsOf } from './connection.ts';
import type { Write, Written } from './write-group.ts';
import { bytesIn, entriesIn, isUrgent } from './write-weight.ts';

export interface GroupCommit {
  /** Resolves with the write's first sequence once its group is durable. */
  add(write: Write): Promise<Sequence>;
  /** What is not answered yet. */
  waiting(): { readonly waitingEntries: number; readonly waitingBytes: number };
  /** Resolves when nothing waits and nothing is on its way. What waits for company leaves at once. */
  idle(): Promise<void>;
}

/** How long a group may wait for company, and how many entries are company enough. */
export interface Gathering {
  readonly ms: number;
  readonly entries: number;
  /** Only where as many entries or more come in a second; 0 for always. */
  readonly above: number;
}

export const AT_ONCE: Gathering = { ms: 5, entries: 4096, above: 20_000 };

type Now = () => number;

/** What it weighs, and who waits; the write itself is with the desk by then. */
interface Waiting {
  readonly entries: number;
  readonly bytes: number;
  readonly resolve: (first: Sequence) => void;
  readonly reject: (fault: unknown) => void;
}

export interface Desk {
  /** Takes a write into the group that leaves next; throws where it cannot be written at all. */
  put(write: Write): void;
  /** Makes durable what was put since the last call, or rejects for all of it. */
  commit(): Promise<readonly Written[]>;
}

/**
 * @param now milliseconds on a clock that is never set
 */
export function groupCommit(
  desk: Desk,
  gathering: Gathering = AT_ONCE,
  now: Now = () => performance.now(),
): GroupCommit {
  const company = createCompany(gathering, now);
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;
  let [entries, bytes] = [0, 0];

  const work = async (): Promise<void> => {
    await Promise.resolve(); // what is written in one breath leaves as one group
    while (waiting.length > 0) {
      if (!company.isEnough()) await company.gathered();
      const group = waiting;
      waiting = [];
      company.leave();
      const outcome = await desk.commit().catch(failure);
      for (const one of group) weigh(one, -1);
      answer(group, outcome);
    }
    working = undefined;
  };
  const weigh = ({ entries: count, bytes: size }: Waiting, sign: 1 | -1): void => {
    entries += sign * count;
    bytes += sign * size;
  };

  return {
    add: (write) =>
      new Promise((resolve, reject) => {
        try {
          desk.put(write);
        } catch (error) {
          return reject(new Fault('store-write-failed', `${WRITING}: ${wordsOf(error)}`));
        }
        const one = { entries: entriesIn(write), bytes: bytesIn(write), resolve, reject };
        waiting.push(one);
        weigh(one, 1);
        company.join(write, one.entries);
        working ??= work();
      }),
    waiting: () => ({ waitingEntries: entries, waitingBytes: bytes }),
    idle() {
      company.hurry();
      return working ?? Promise.resolve();
    },
  };
}

/** Those who wait for more to come along. */
function createCompany({ ms, entries, above }: Gathering, now: Now) {
  const pace = createPace(now);
  let since = 0;
  let size = 0;
  let inHurry = false;
  let isHurried = above > 0;
  let go = (): void => undefined;

  const isEnough = (): boolean => isHurried || size >= entries || now() - since >= ms;
  return {
    isEnough,
    join(write: Write, count: number): void {
      if (inHurry) return;
      const more = Math.max(1, count);
      pace.add(more);
      if (size === 0) since = now();
      size += more;
      isHurried ||= isUrgent(write) || pace.perS() < above;
      if (isEnough()) go();
    },
    leave(): void {
      isHurried = inHurry || pace.perS() < above;
      size = 0;
    },
    gathered: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => go(), Math.max(0, since + ms - now()));
        go = () => {
          clearTimeout(timer);
          go = () => undefined;
          resolve();
        };
      }),
    /** For good: it is the end. */
    hurry(): void {
      inHurry = isHurried = true;
      go();
    },
  };
}

const WINDOW_MS = 100;

/** How many come in a second, by the last window that is over; none where that was too long ago. */
function createPace(now: Now) {
  let begun = now();
  let count = 0;
  let perS = 0;
  return {
    add(more: number): void {
      const tookMs = now() - begun;
      if (tookMs >= WINDOW_MS) {
        perS = tookMs < 2 * WINDOW_MS ? (count * 1000) / tookMs : 0;
        begun += tookMs;
        count = 0;
      }
      count += more;
    },
    perS: () => perS,
  };
}

const WRITING = 'writing to the store';

type Outcome = readonly Written[] | { readonly fault: unknown };

const failure = (fault: unknown): Outcome => ({ fault });

function answer(group: readonly Waiting[], outcome: Outcome): void {
  for (let index = 0; index < group.length; index += 1) {
    const { resolve, reject } = group[index] as Waiting;
    if ('fault' in outcome) {
      reject(outcome.fault);
      continue;
    }
    const written = outcome[index];
    if (written && 'first' in written) resolve(written.first);
    else reject(new Fault('store-write-failed', `${WRITING}: ${written?.refused}`));
  }
}
