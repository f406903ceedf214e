// Adds the samples to what was frozen when an alarm tripped: two hours before it at once, a quarter of
// an hour after it when that has passed. What is unfinished is a question to the store, not something
// that is remembered: so a restart takes up whatever was left, and says that it came late.
//
//   alarm trips ─▶ evidence begun, with the step ─▶ samples before ─▶ 15 min ─▶ samples after: whole
import {
  nextSamples,
  SAMPLE_STEP,
  SPAN_AFTER,
  SPAN_BEFORE,
  withSamples,
  type Evidence,
} from '../../domain/evidence.ts';
import {
  between,
  earlier,
  instant,
  later,
  milliseconds,
  minutes,
  seconds,
  type Cancel,
  type Clock,
  type Instant,
} from '../../domain/time.ts';
import type { Books, EvidenceBook, StepStore } from '../../store/log.ts';

export interface EvidenceParts {
  readonly book: EvidenceBook;
  readonly books: Pick<Books, 'series'>;
  readonly clock: Clock;
  readonly onFault: (fault: unknown) => void;
}

export interface EvidenceKeeping {
  /** Takes what is due, and looks again when more is. */
  start(): void;
  /** The same store of the step's; what is begun through it is looked at once it is durable. */
  behind(step: StepStore): StepStore;
  /** Ends with what is under way. */
  stop(): Promise<void>;
}

/** In one go; a flood of alarms may not keep the store from its readings. */
const AT_ONCE = 50;
/** After news, so that what comes together is looked at together. */
const SETTLE = seconds(2);
const LOOK_AGAIN = minutes(5);

export function createEvidenceKeeping(parts: EvidenceParts): EvidenceKeeping {
  const { clock, onFault } = parts;
  let timer: { readonly at: Instant; readonly cancel: Cancel } | undefined;
  let working: Promise<void> = Promise.resolve();
  let isStopped = false;

  function lookAt(moment: Instant): void {
    if (isStopped || (timer && timer.at <= moment)) return;
    timer?.cancel();
    const cancel = clock.after(between(clock.now(), moment), () => {
      timer = undefined;
      void work(); // never rejects
    });
    timer = { at: moment, cancel };
  }

  async function take(): Promise<void> {
    let next: Instant | undefined;
    try {
      next = await takeDue(parts);
    } catch (fault) {
      onFault(fault);
      next = later(clock.now(), LOOK_AGAIN);
    }
    if (next !== undefined) lookAt(next);
  }

  /** One after the other: what is new may have come behind the last one's question. */
  function work(): Promise<void> {
    working = working.then(take);
    return working;
  }

  return {
    start: () => void work(),
    behind: (step) => ({
      ...step,
      async save(commit) {
        await step.save(commit);
        if (commit.evidence?.length) lookAt(later(clock.now(), SETTLE));
      },
    }),
    async stop() {
      isStopped = true;
      timer?.cancel();
      await working;
    },
  };
}

/** When the next is due; undefined where nothing is unfinished. */
async function takeDue(parts: EvidenceParts): Promise<Instant | undefined> {
  const { book, clock } = parts;
  const unfinished = await book.unfinished(AT_ONCE);
  const now = clock.now();
  const due = unfinished.filter((evidence) => dueOf(evidence) <= now);
  for (const evidence of due) await book.complete(await sampled(parts, evidence));
  const [next] = await book.unfinished(1);
  return next && instant(Math.max(dueOf(next), now));
}

const dueOf = ({ due, raisedAt }: Evidence): Instant => due ?? raisedAt;

async function sampled({ books, clock }: EvidenceParts, evidence: Evidence): Promise<Evidence> {
  const { asset, quantity, raisedAt } = evidence;
  // The store's steps begin at whole multiples: the trip's own millisecond belongs to what was before.
  const trip = later(raisedAt, milliseconds(1));
  const span =
    nextSamples(evidence) === 'before'
      ? { from: earlier(raisedAt, SPAN_BEFORE), to: trip }
      : { from: trip, to: later(raisedAt, SPAN_AFTER) };
  const points =
    quantity === undefined
      ? []
      : await books.series({ asset, quantity, ...span, step: SAMPLE_STEP });
  return withSamples(evidence, points, clock.now());
}
