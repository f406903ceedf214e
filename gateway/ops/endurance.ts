// How long a store may fail before the gateway ends itself. Until then the screens and the API say
// what is wrong, nothing is acknowledged, and the store tries again every few seconds: a full disk is
// emptied by somebody, a plug is put back. What lasts may be mended by a start from nothing, and a
// damaged database by nothing else; who starts us again is systemd, or a container's engine.
import { Fault } from '../domain/fault.ts';
import { formatDuration, seconds, type Cancel, type Clock, type Duration } from '../domain/time.ts';

export interface EnduranceParts {
  readonly clock: Clock;
  readonly store: () => {
    readonly why?: string;
    readonly failingMs?: number;
    readonly isDamaged?: boolean;
  };
  readonly giveUpAfter: Duration;
}

export interface Endurance {
  /** Resolves with what ended it. */
  readonly over: Promise<Fault>;
  stop(): void;
}

const LOOK_EVERY = seconds(1);

export function createEndurance(parts: EnduranceParts): Endurance {
  let cancel: Cancel = () => undefined;
  const over = new Promise<Fault>((resolve) => {
    const look = (): void => {
      const fault = whyOver(parts);
      if (fault) resolve(fault);
      else cancel = parts.clock.after(LOOK_EVERY, look);
    };
    cancel = parts.clock.after(LOOK_EVERY, look);
  });
  return { over, stop: () => cancel() };
}

function whyOver({ store, giveUpAfter }: EnduranceParts): Fault | undefined {
  const { why = 'without a word', failingMs = 0, isDamaged = false } = store();
  if (isDamaged) return new Fault('store-damaged', `reading or writing the store: ${why}`);
  if (failingMs < giveUpAfter) return undefined;
  const span = formatDuration(giveUpAfter);
  return new Fault('store-write-failed', `writing to the store: failing for ${span}, ${why}`);
}
