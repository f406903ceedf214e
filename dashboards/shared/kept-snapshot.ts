// The last picture of the compound, kept in this browser, so that a screen that is switched on
// while the gateway is away shows the last truth with its time and not an empty wall.
import type { Snapshot } from './live-store.ts';

const KEY = 'courtyard.snapshot.1';

export interface KeptSnapshot {
  /** The gateway's clock when it was last heard. */
  readonly heardAt: number;
  readonly snapshot: Snapshot;
}

/** undefined where nothing is kept, storage is forbidden, or what is kept is not ours. */
export function readKept(): KeptSnapshot | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as KeptSnapshot | null;
    return kept && typeof kept.heardAt === 'number' && kept.snapshot ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever signs out leaves nothing of the compound behind: not even the page that is being left. */
let isForgotten = false;

/** False where the browser has no room or forbids it: the screen then lives without. */
export function keep(kept: KeptSnapshot): boolean {
  if (isForgotten) return false;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

/** From here on, until the page is loaded anew. */
export function forget(): boolean {
  isForgotten = true;
  try {
    localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
