// When a slice of upkeep is asked for: as soon as one is due, one at a time, each in line with the
// groups so that none of them waits for more than one. After one that failed, only once another
// block has gathered: a broken rollup must not slow down what is not broken.
import { Fault } from '../domain/fault.ts';
import type { Sequence } from '../domain/record.ts';
import type { UpkeepState } from './log.ts';
import type { Write } from './write-group.ts';

export interface Tidying {
  /** Called with what each group found. */
  after(state: UpkeepState): void;
  /** Asks until nothing is due. Rejects with `store-write-failed` where a slice fails. */
  toTheEnd(): Promise<void>;
}

const GROUPS_TO_REST = 1000;

export function createTidying(write: (write: Write) => Promise<Sequence>): Tidying {
  let latest: UpkeepState | undefined;
  let isWorking = false;
  let rest = 0;

  const work = async (): Promise<void> => {
    isWorking = true;
    while (latest?.isDue && latest.why === undefined) {
      await write({ kind: 'tidy', isThorough: false });
    }
  };
  return {
    after(state) {
      latest = state;
      rest = state.why === undefined ? Math.max(0, rest - 1) : GROUPS_TO_REST;
      if (!state.isDue || isWorking || rest > 0) return;
      // what becomes of a slice is in the state of the next group; a failed group tells the gauge
      work()
        .catch(() => undefined)
        .finally(() => (isWorking = false));
    },
    async toTheEnd() {
      do {
        await write({ kind: 'tidy', isThorough: true });
        if (latest?.why !== undefined) {
          throw new Fault('store-write-failed', `tidying the store: ${latest.why}`);
        }
      } while (latest?.isDue);
    },
  };
}
