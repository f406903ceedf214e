// An intake that keeps what it is offered. By hand, each offer waits until the test answers it.
import type {
  Dropped,
  Envelope,
  Intake,
  LinkChange,
  Receipt,
} from '../../gateway/sources/source.ts';

export interface HandIntake extends Intake {
  readonly offered: readonly Envelope[];
  readonly links: readonly LinkChange[];
  readonly losses: readonly Dropped[];
  /** Offers that wait for an answer, the oldest first. */
  waiting(): number;
  /** Answers those that wait: stored, or not stored for this reason. */
  answer(fault?: Error): void;
  /** Every later offer is stored at once, or fails at once where a fault is named. */
  answerAll(fault?: Error): void;
  /** From now on more is heard than can be taken, or no longer. */
  press(isPressed: boolean): void;
  texts(): string[];
}

/** What each offer came to, where nothing else is said. */
const STORED: Receipt = { readings: 1, rejected: [] };

interface Open {
  stored(receipt: Receipt): void;
  failed(fault: Error): void;
}

export function handIntake(mode: 'at once' | 'by hand' = 'at once'): HandIntake {
  const offered: Envelope[] = [];
  const links: LinkChange[] = [];
  const losses: Dropped[] = [];
  let open: Open[] = [];
  let pressed = false;
  let always: { fault?: Error } | undefined = mode === 'at once' ? {} : undefined;

  function answer(fault?: Error): void {
    const answered = open;
    open = [];
    for (const one of answered) {
      if (fault) one.failed(fault);
      else one.stored(STORED);
    }
  }

  return {
    offered,
    links,
    losses,
    offer(envelope) {
      offered.push(envelope);
      if (always) return always.fault ? Promise.reject(always.fault) : Promise.resolve(STORED);
      return new Promise((stored, failed) => open.push({ stored, failed }));
    },
    isPressed: () => pressed,
    press: (isPressed) => void (pressed = isPressed),
    link: (change) => void links.push(change),
    lost: (loss) => void losses.push(loss),
    waiting: () => open.length,
    answer,
    answerAll(fault) {
      always = fault ? { fault } : {};
      answer(fault);
    },
    texts: () => offered.map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
  };
}
