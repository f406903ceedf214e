// Drops come one by one and by the thousand; written down are the sums of ten seconds.
//
//   lost ──▶ [ source, device, reason: from, to, count ] ──10 s──▶ one entry each ──▶ log
//                       ▲                                              │ a storage fault
//                       └──────────────── added back ◀─────────────────┘
//
// Promise: what a failing store cannot take grows in its counts and not in memory, and nothing that
// was said to be lost is forgotten while the process lives; `finish` writes what is left.
import type { Compound } from '../../domain/asset.ts';
import type { Loss } from '../../domain/loss.ts';
import type { LossEntry } from '../../domain/record.ts';
import { instant, seconds, type Cancel, type Clock } from '../../domain/time.ts';
import type { Dropped } from '../../sources/source.ts';
import type { Log } from '../../store/log.ts';

export interface LossGathering {
  lost(dropped: Dropped): void;
  /** Tries once to write what is left. */
  finish(): Promise<void>;
}

export interface GatheringParts {
  /** Only devices of the site have a count of their own: strangers must not fill our memory. */
  readonly compound: Pick<Compound, 'devices'>;
  readonly log: Pick<Log, 'append'>;
  readonly clock: Clock;
  readonly onFault: (fault: unknown) => void;
}

const WITHIN = seconds(10);

export function createLossGathering(parts: GatheringParts): LossGathering {
  const { compound, log, clock, onFault } = parts;
  const gathered = new Map<string, Loss>();
  let wait: Cancel | undefined;
  let isOver = false;
  let writing: Promise<void> = Promise.resolve();

  const add = (loss: Loss): void => {
    const key = `${loss.reason} ${loss.source} ${loss.device ?? ''}`;
    gathered.set(key, sumOf(gathered.get(key), loss));
    if (isOver) return;
    wait ??= clock.after(WITHIN, () => {
      wait = undefined;
      writing = write();
    });
  };

  async function write(): Promise<void> {
    const losses = [...gathered.values()];
    gathered.clear();
    if (losses.length === 0) return;
    const receivedAt = clock.now();
    try {
      await log.append(losses.map((loss): LossEntry => ({ kind: 'loss', ...loss, receivedAt })));
    } catch (fault) {
      onFault(fault);
      losses.forEach(add);
    }
  }

  return {
    lost(dropped) {
      const { device, ...rest } = dropped;
      const at = clock.now();
      const known = device !== undefined && compound.devices.has(device) ? { device } : {};
      add({ ...rest, ...known, from: at, to: at });
    },
    async finish() {
      isOver = true;
      wait?.();
      await writing;
      await write();
    },
  };
}

function sumOf(before: Loss | undefined, loss: Loss): Loss {
  if (!before) return loss;
  const from = instant(Math.min(before.from, loss.from));
  const to = instant(Math.max(before.to, loss.to));
  return { ...before, from, to, count: before.count + loss.count };
}
