// When a slice of upkeep is asked for: as soon as one is due, one at a time, each in line with the
// groups so that none of them waits for more than one. After one that failed, only a good many groups
// later: a broken rollup must not slow down what is not broken.
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

  /** One slice after the other; whether the last one found nothing left to do. */
  const work = async (isThorough: boolean): Promise<boolean> => {
    await write({ kind: 'tidy', isThorough });
    if (latest?.why !== undefined) return false;
    return latest?.isDue ? work(isThorough) : true;
  };
  return {
    after(state) {
      latest = state;
      rest = state.why === undefined ? Math.max(0, rest - 1) : GROUPS_TO_REST;
      if (!state.isDue || isWorking || rest > 0) return;
      isWorking = true;
      // what becomes of a slice is in the state of its group; a failed group tells the gauge
      work(false)
        .catch(() => undefined)
        .finally(() => (isWorking = false));
    },
    async toTheEnd() {
      if (await work(true)) return;
      throw new Fault('store-write-failed', `tidying the store: ${latest?.why}`);
    },
  };
}
