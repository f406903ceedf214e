// What was done on a round and has not reached the gateway yet: kept in memory, sent in order, each under
// its own key until it is answered. A lost network is waited out; a refusal is shown and stops nothing.
// Promise: nothing that was tapped is lost in silence while the page stands open.
import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { newKey, tell, type Outcome } from '../shared/gateway.ts';

export interface Letter {
  readonly key: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it is, for whoever reads that it waits or was refused. */
  readonly what: string;
}

export interface RefusedLetter extends Letter {
  readonly outcome: Extract<Outcome<unknown>, { ok: false }>;
}

export interface Outbox {
  /** Oldest first. */
  readonly waiting: ReadonlySignal<readonly Letter[]>;
  readonly refused: ReadonlySignal<readonly RefusedLetter[]>;
  /** Whether the last attempt found nobody there. */
  readonly isCutOff: ReadonlySignal<boolean>;
  send(letter: Omit<Letter, 'key'>, onDone?: (answer: unknown) => void): void;
  dismiss(key: string): void;
}

const TRY_AGAIN_MS = 3000;

type Tell = (letter: Letter) => Promise<Outcome<unknown>>;

export function createOutbox(
  deliver: Tell = tell,
  after: (ms: number, task: () => void) => unknown = (ms, task) => setTimeout(task, ms),
): Outbox {
  const waiting = signal<readonly Letter[]>([]);
  const refused = signal<readonly RefusedLetter[]>([]);
  const isCutOff = signal(false);
  const done = new Map<string, (answer: unknown) => void>();
  let isSending = false;

  const next = async (): Promise<void> => {
    const [letter] = waiting.peek();
    if (!letter || isSending) return;
    isSending = true;
    const outcome = await deliver(letter);
    isSending = false;
    isCutOff.value = !outcome.ok && isPassing(outcome.status);
    if (isCutOff.value) {
      after(TRY_AGAIN_MS, () => void next());
      return;
    }
    // At once, so that no screen shows a moment in which it neither waits nor is done.
    batch(() => {
      waiting.value = waiting.peek().filter(({ key }) => key !== letter.key);
      if (outcome.ok) done.get(letter.key)?.(outcome.value);
      else refused.value = [...refused.peek(), { ...letter, outcome }];
    });
    done.delete(letter.key);
    void next();
  };

  return {
    waiting,
    refused,
    isCutOff,
    send(letter, onDone) {
      const key = newKey();
      if (onDone) done.set(key, onDone);
      waiting.value = [...waiting.peek(), { ...letter, key }];
      void next();
    },
    dismiss(key) {
      refused.value = refused.peek().filter((one) => one.key !== key);
    },
  };
}

/** Nobody heard it, or nobody could see to it now, or nobody is signed in: it may be sent again. */
const isPassing = (status: number): boolean =>
  status === 0 || status === 401 || status === 408 || status === 429 || status >= 500;
