// What became of notices, on its way to the outbox: gathered for a moment, because each write is a
// commit, and kept until it is written.
import type { Cancel, Clock } from '../../domain/time.ts';
import { milliseconds, seconds } from '../../domain/time.ts';
import type { Outbox, OutboxOutcome } from '../../store/log.ts';

export interface Outcomes {
  add(outcome: OutboxOutcome): void;
  /** Writes down what there is; resolves when nothing is left. Rejects as the store does. */
  flushed(): Promise<void>;
  /** The same for the last time; what cannot be written is told again after the next start. */
  finish(): Promise<void>;
}

interface OutcomesParts {
  /** The channel's. */
  readonly id: string;
  readonly outbox: Pick<Outbox, 'settle'>;
  readonly clock: Clock;
}

const GATHER = milliseconds(200);
const RETRY = seconds(1);

export function createOutcomes({ id, outbox, clock }: OutcomesParts): Outcomes {
  let waiting: OutboxOutcome[] = [];
  let due: Cancel | undefined;
  let isFinished = false;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const some = waiting;
      waiting = [];
      try {
        await outbox.settle(id, some);
      } catch (fault) {
        waiting = [...some, ...waiting];
        throw fault;
      }
    }
  }
  /** One after the other: whoever waits for it waits for what is on its way, too. */
  function flush(): Promise<void> {
    due?.();
    due = undefined;
    writing ??= write().finally(() => {
      writing = undefined;
    });
    return writing;
  }
  function flushIn(span: typeof GATHER): void {
    if (isFinished) return;
    due ??= clock.after(span, () => {
      flush().catch(() => flushIn(RETRY)); // the store says itself that it fails
    });
  }
  return {
    add(outcome) {
      waiting.push(outcome);
      flushIn(GATHER);
    },
    flushed: flush,
    async finish() {
      isFinished = true;
      await flush();
    },
  };
}
