// Group commit by back-pressure. There is no timer: while one group is on its way to the disk the
// next one gathers, and it leaves when the first is answered. A slow card makes larger groups,
// a quiet hour groups of one.
//
//   write ─▶ waiting ─┐                      ┌─▶ each promise answered
//   write ─▶ waiting ─┼─▶ one group ─▶ disk ─┤
//   write ─▶ waiting ─┘  (one at a time)     └─▶ what gathered meanwhile is the next group
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import type { Write, Written } from './write-group.ts';

export interface GroupCommit {
  /** Resolves with the write's first sequence once its group is durable. */
  add(write: Write): Promise<Sequence>;
  /** Resolves when nothing waits and nothing is on its way. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly write: Write;
  readonly resolve: (first: Sequence) => void;
  readonly reject: (fault: unknown) => void;
}

/** `commit` makes a group durable, or rejects for all of it. */
export function groupCommit(
  commit: (group: readonly Write[]) => Promise<readonly Written[]>,
): GroupCommit {
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    await Promise.resolve(); // what is written in one breath leaves as one group
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await settle(group, commit);
    }
    working = undefined;
  };

  return {
    add: (write) =>
      new Promise((resolve, reject) => {
        waiting.push({ write, resolve, reject });
        working ??= work();
      }),
    idle: () => working ?? Promise.resolve(),
  };
}

async function settle(
  group: readonly Waiting[],
  commit: (group: readonly Write[]) => Promise<readonly Written[]>,
): Promise<void> {
  try {
    const written = await commit(group.map(({ write }) => write));
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = written[index];
      if (outcome && 'first' in outcome) resolve(outcome.first);
      else reject(new Fault('store-write-failed', `writing to the store: ${outcome?.refused}`));
    }
  } catch (fault) {
    for (const { reject } of group) reject(fault);
  }
}
