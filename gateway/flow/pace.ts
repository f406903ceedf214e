// Those who are told equally often, and what has changed for them since they were told last. Promise:
// telling takes no more than a tenth of the time, and a few milliseconds at a time, so however many
// assets change in every moment, the fold that shares the processor with it goes on; and a round of
// all that had changed takes no longer than two seconds.
import type { LiveEvent } from '../api/schemas.ts';
import type { Touched } from '../domain/standing.ts';
import { milliseconds, seconds, type Cancel, type Clock, type Duration } from '../domain/time.ts';

export type Listener = (event: LiveEvent) => void;

export interface Pace {
  watch(listener: Listener): () => void;
  watchers(): number;
  /** At once. */
  tell(event: LiveEvent): void;
  /** To be told next time. */
  gather(touched: readonly Touched[]): void;
  /** Something may have changed: sees to it that it is told in time. */
  begin(): void;
  stop(): void;
}

interface PaceParts {
  /** No oftener than this. */
  readonly every: Duration;
  readonly clock: Pick<Clock, 'after'>;
  readonly stopwatch: () => number;
  /** Has every pace gather what was touched and nobody has taken yet. */
  readonly take: () => void;
  readonly eventsFor: (touched: readonly Touched[]) => readonly LiveEvent[];
}

/** Rest, as a multiple of the work before it. */
const REST = 10;
const LONGEST_REST = seconds(2);
/** Told in one go: a thousand lamps at once held up every acknowledgement for a tenth of a second. */
const PORTION = 50;

export function createPace({ every, clock, stopwatch, take, eventsFor }: PaceParts): Pace {
  const listeners = new Set<Listener>();
  const gathered = createGathered();
  let round = { begun: 0, size: 0 };
  let due: Touched[] = [];
  let waiting: Cancel | undefined;
  /** Something changed since the round began: it may have been told of by then. */
  let isAsked = false;
  let rest = every;
  const tell = (event: LiveEvent): void => listeners.forEach((listener) => listener(event));
  const begin = (): void => {
    isAsked = true;
    waiting ??= clock.after(rest, tellSome);
  };
  const tellSome = (): void => {
    waiting = undefined;
    const begun = stopwatch();
    if (due.length === 0) {
      isAsked = false;
      take();
      due = gathered.take();
      round = { begun, size: due.length };
    }
    const portion = due.splice(0, PORTION);
    if (listeners.size > 0) eventsFor(portion).forEach(tell);
    const now = stopwatch();
    const worked = REST * (now - begun);
    if (due.length > 0) {
      const share = (LONGEST_REST * portion.length) / round.size;
      waiting = clock.after(milliseconds(Math.min(worked, share)), tellSome);
    } else {
      rest = milliseconds(Math.max(every - (now - round.begun), Math.min(LONGEST_REST, worked)));
      if (isAsked) begin();
    }
  };
  return {
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchers: () => listeners.size,
    tell,
    gather: (touched) => (listeners.size > 0 ? gathered.add(touched) : undefined),
    begin,
    stop: () => waiting?.(),
  };
}

/** Once each, in order of their first. */
function createGathered() {
  const all = new Map<string, Touched>();
  return {
    add(touched: readonly Touched[]): void {
      for (const one of touched) all.set(`${one.kind} ${one.id}`, one);
    },
    take(): Touched[] {
      const taken = [...all.values()];
      all.clear();
      return taken;
    },
  };
}
