// Whoever was not let in, or was shown the door: counted by reason for the engineer, and said to the
// intake as losses, once a second at most: a flood at the door must not become a flood in the log.
import type { SourceId } from '../domain/asset.ts';
import type { Cancel } from '../domain/time.ts';
import { seconds } from '../domain/time.ts';
import type { SourceSurroundings } from './link.ts';

/** Connections, but for the packets of `malformed` and `too-large`, which end theirs. */
export const TURNED_AWAY = [
  'not-mqtt', // began with anything but a CONNECT of MQTT 3.1 or 3.1.1
  'silent', // did not say who it is in time
  'malformed', // sent what no client may send
  'too-large', // sent more in one packet than is taken
  'client-id', // a name that is none, or somebody else's
  'password', // a wrong one, or none where there must be one
  'keep-alive', // wants to be silent for longer than we would notice its end
  'crowded', // too many from one address, or in all
  'takeover', // two clients of one name, in turns
  'revoked', // its secret was taken away while it was here
  'slow', // did not read what was sent to it
] as const;
export type TurnedAwayReason = (typeof TURNED_AWAY)[number];

export interface TurnedAway {
  add(reason: TurnedAwayReason): void;
  /** Since the start; reasons that never were are left out. */
  counts(): Readonly<Partial<Record<TurnedAwayReason, number>>>;
  /** Says what is not said yet. */
  finish(): void;
}

const GATHERED_FOR = seconds(1);

export function createTurnedAway(
  source: SourceId,
  { intake, clock }: Pick<SourceSurroundings, 'intake' | 'clock'>,
): TurnedAway {
  const counts: Partial<Record<TurnedAwayReason, number>> = {};
  let untold = 0;
  let cancel: Cancel | undefined;

  function tell(): void {
    cancel = undefined;
    if (untold > 0) intake.lost({ source, reason: 'turned-away', count: untold });
    untold = 0;
  }

  return {
    add(reason) {
      counts[reason] = (counts[reason] ?? 0) + 1;
      untold += 1;
      cancel ??= clock.after(GATHERED_FOR, tell);
    },
    counts: () => ({ ...counts }),
    finish() {
      cancel?.();
      tell();
    },
  };
}
