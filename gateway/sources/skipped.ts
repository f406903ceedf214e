// Bytes that became part of no message, said to the intake as losses: at once would be for every
// chunk of a line at the wrong speed, so once a second at most, and what is left when it is over.
import type { SourceId } from '../domain/asset.ts';
import type { Cancel } from '../domain/time.ts';
import { seconds } from '../domain/time.ts';
import type { SourceSurroundings } from './link.ts';

export interface SkippedTeller {
  /** There may be more of them than there were. */
  look(): void;
  /** Says what is not said yet. */
  finish(): void;
}

const GATHERED_FOR = seconds(1);

/** @param total how many there were since the start */
export function createSkippedTeller(
  source: SourceId,
  total: () => number,
  { intake, clock }: SourceSurroundings,
): SkippedTeller {
  let told = 0;
  let cancel: Cancel | undefined;

  function tell(): void {
    cancel = undefined;
    const count = total() - told;
    if (count === 0) return;
    told += count;
    intake.lost({ source, reason: 'skipped', count });
  }

  return {
    look() {
      if (cancel === undefined && total() > told) cancel = clock.after(GATHERED_FOR, tell);
    },
    finish() {
      cancel?.();
      tell();
    },
  };
}
