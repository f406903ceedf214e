// Makes a follower's cursor durable, but not at every batch: each move is a commit, and a card wears
// by commits. What was passed since the last move is delivered again after a crash; a sink bears that.
// Promise: what was refused is written down in the same transaction, or before, the cursor passes it.
import type { Sequence } from '../domain/record.ts';
import { seconds, type Cancel, type Clock } from '../domain/time.ts';
import type { Cursors, DeadLetter } from '../store/log.ts';

export interface CursorKeeper {
  /** The position has moved: it will be durable within a second or two. */
  moved(): void;
  /** Writes letters down at once, with the position as it stands. Rejects as the store does. */
  park(letters: readonly DeadLetter[]): Promise<void>;
  /** Writes the position down a last time; call nothing after it. */
  finish(): Promise<void>;
}

interface KeeperParts {
  readonly id: string;
  readonly cursors: Cursors;
  readonly clock: Clock;
  readonly position: () => Sequence;
}

const MOVE_WITHIN = seconds(1);

export function createCursorKeeper({ id, cursors, clock, position }: KeeperParts): CursorKeeper {
  let saved = position();
  let due: Cancel | undefined;
  let isFinished = false;

  async function save(letters: readonly DeadLetter[] = []): Promise<void> {
    const to = position();
    await cursors.move(id, to, letters);
    saved = to;
  }
  function later(): void {
    due ??= clock.after(MOVE_WITHIN, () => {
      due = undefined;
      // The store says itself that it fails; a cursor that stays behind costs only a repetition.
      save().catch(() => {
        if (!isFinished) later();
      });
    });
  }
  return {
    moved: later,
    park: (letters) => save(letters),
    async finish() {
      isFinished = true;
      due?.();
      if (saved !== position()) await save();
    },
  };
}
