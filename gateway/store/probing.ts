// A disk that failed is tried again though nobody writes: what is told of it must not be older than
// a few seconds, and a quiet site must not stay broken until its next reading.
import type { Sequence } from '../domain/record.ts';
import type { Write } from './write-group.ts';

const TRY_AFTER_MS = 2000;

export interface Probing {
  /** A group has failed; after a while something small is written, until one succeeds. */
  failed(): void;
  stop(): void;
}

export function createProbing(write: (write: Write) => Promise<Sequence>): Probing {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  return {
    failed() {
      if (timer || isOver) return;
      timer = setTimeout(() => {
        timer = undefined;
        // one that fails comes back here as a group that failed
        write({ kind: 'probe' }).catch(() => undefined);
      }, TRY_AFTER_MS).unref();
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
