// Every state of the disk in which a power cut may leave a recorded gateway, with all that it had
// promised until then. States that cannot differ are told once: a fate that depends on syncs alone
// is played just before each sync, and any only at the last promise before the next change.
import { createDisk, type Fate, type Image } from './disk.ts';
import type { Event } from './trace.ts';
import type { Said } from './said.ts';

export interface CrashState {
  readonly image: Image;
  readonly promised: readonly Said[];
  /** Where it is in the recording, and the fate: enough to have it again. */
  readonly at: number;
  readonly fate: Fate;
}

export interface Sampling {
  /** Plays every nth moment only. */
  readonly every: number;
  /** Lotteries at each moment. */
  readonly lots: number;
}

export function* crashStates(
  events: readonly Event[],
  { every, lots }: Sampling,
): Generator<CrashState> {
  const disk = createDisk();
  const said: Said[] = [];
  let moments = 0;
  for (const [at, event] of events.entries()) {
    disk.apply(event);
    if (event.what === 'said') said.push(event.said);
    const next = events[at + 1]?.what;
    if (next === 'said') continue;
    const fates = fatesBefore(next);
    moments += 1;
    if (moments % every === 0) {
      fates.push('everything', 'sizes');
      for (let lot = 0; lot < lots; lot += 1) fates.push(at * lots + lot);
    }
    const promised = said.slice();
    for (const fate of fates) yield { image: disk.afterPowerCut(fate), promised, at, fate };
  }
}

/** Where the most is unsynced, the worst that can happen is that nothing of it arrived. */
const fatesBefore = (next: Event['what'] | undefined): Fate[] =>
  next === undefined || next === 'sync' || next === 'sync-folder' ? ['nothing'] : [];
