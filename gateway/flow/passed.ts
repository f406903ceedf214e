// Which part of the log has been passed on, while two work at it: one at the live edge, one that
// fills what lies behind it. Pure bookkeeping.
//
//          done          gap          stretch     gap       live edge
//   ════════════════╪─ ─ ─ ─ ─ ─ ─╪═══════════╪─ ─ ─ ─ ─╪═══════════▶ head
//
// Only `done` outlives the process. A stretch beyond it that is forgotten is passed on once more;
// nothing is ever held for passed that was not.
import type { Sequence } from '../domain/record.ts';

export interface Passed {
  /** Everything up to here. */
  done(): Sequence;
  /** Where the live edge stands. */
  live(): Sequence;
  /** The oldest part that is missing: after `from`, up to and including `to`. */
  gap(): Stretch | undefined;
  /** How many sequences up to `head` are missing. */
  missing(head: Sequence): number;
  passLive(to: Sequence): void;
  passGap(to: Sequence): void;
  /** The live edge leaps to `head`; what it leaves out is a gap. */
  leap(head: Sequence): void;
}

export interface Stretch {
  readonly from: Sequence;
  readonly to: Sequence;
}

/** Of a far side that comes and goes for days; then the shortest is forgotten. */
const MOST_STRETCHES = 64;

export function createPassed(position: Sequence): Passed {
  let done = position;
  /** Beyond `done`, in order; the last one is the live edge. None: the live edge is `done`. */
  let stretches: readonly Stretch[] = [];

  return {
    done: () => done,
    live: () => stretches.at(-1)?.to ?? done,
    gap() {
      const next = stretches[0];
      return next && { from: done, to: next.from };
    },
    missing(head) {
      const beyond = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
      return Math.max(0, head - done - beyond);
    },
    passLive(to) {
      const edge = stretches.at(-1);
      if (edge) stretches = [...stretches.slice(0, -1), { from: edge.from, to }];
      else done = to;
    },
    passGap(to) {
      done = to;
      for (let next = stretches[0]; next && next.from <= done; next = stretches[0]) {
        done = Math.max(done, next.to);
        stretches = stretches.slice(1);
      }
    },
    leap(head) {
      const kept = stretches.filter(({ from, to }) => from < to);
      stretches = [...withoutShortest(kept), { from: head, to: head }];
    },
  };
}

function withoutShortest(stretches: readonly Stretch[]): readonly Stretch[] {
  if (stretches.length < MOST_STRETCHES) return stretches;
  const lengths = stretches.map(({ from, to }) => to - from);
  const shortest = lengths.indexOf(Math.min(...lengths));
  return stretches.filter((_, index) => index !== shortest);
}
