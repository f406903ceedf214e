// Those who are told equally often, and what has changed for them since they were told last. Promise:
// telling takes no more than a tenth of the time, so however many assets change in every moment,
// the fold that shares the processor with it goes on; and nobody waits longer than two seconds.
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

export function createPace({ every, clock, stopwatch, take, eventsFor }: PaceParts): Pace {
  const listeners = new Set<Listener>();
  const gathered = new Map<string, Touched>();
  let waiting: Cancel | undefined;
  let rest = every;
  const tell = (event: LiveEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const tellAll = (): void => {
    waiting = undefined;
    const begun = stopwatch();
    take();
    const touched = [...gathered.values()];
    gathered.clear();
    if (listeners.size > 0) eventsFor(touched).forEach(tell);
    const took = stopwatch() - begun;
    rest = milliseconds(Math.max(every, Math.min(LONGEST_REST, took * REST)));
  };
  return {
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watchers: () => listeners.size,
    tell,
    gather(touched) {
      if (listeners.size === 0) return;
      for (const one of touched) gathered.set(`${one.kind} ${one.id}`, one);
    },
    begin() {
      waiting ??= clock.after(rest, tellAll);
    },
    stop: () => waiting?.(),
  };
}
