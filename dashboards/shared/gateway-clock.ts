// The gateway's clock as this screen knows it. A tablet's own clock may be wrong by hours, so ages
// are counted from the gateway's last `beat` and carried on by the monotonic clock, which neither
// jumps nor can be set.
import { signal, type ReadonlySignal } from '@preact/signals';

export interface GatewayClock {
  /** Epoch milliseconds by the gateway's clock; moves once a second. */
  readonly now: ReadonlySignal<number>;
  /** The gateway said what time it is. */
  set(gatewayNow: number): void;
  stop(): void;
}

export function gatewayClock(): GatewayClock {
  // Until the first beat the tablet's own clock has to do.
  let anchor = { gateway: Date.now(), here: performance.now() };
  const now = signal(anchor.gateway);
  const read = () => {
    now.value = anchor.gateway + (performance.now() - anchor.here);
  };
  const timer = setInterval(read, 1000);
  return {
    now,
    set(gatewayNow) {
      anchor = { gateway: gatewayNow, here: performance.now() };
      read();
    },
    stop: () => clearInterval(timer),
  };
}
