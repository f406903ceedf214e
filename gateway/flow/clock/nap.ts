// How a loop that lives as long as the process waits: for a while, or until there is something to do.
import type { Cancel, Clock, Duration } from '../../domain/time.ts';

export interface Nap {
  /** Is not shortened by a call, only cut short. */
  during(span: Duration): Promise<void>;
  /** Until a call finds that it is time, or until the span is over. */
  until(isTime: () => boolean, atMost?: Duration): Promise<void>;
  call(): void;
  /** Ends the nap that there is now. */
  cutShort(): void;
  /** Ends every nap, now and later. */
  end(): void;
  isOver(): boolean;
}

const nothing = (): void => undefined;

export function createNap(clock: Clock): Nap {
  let over = false;
  let call = nothing;
  let end = nothing;
  const sleep = (begin: (wake: () => void) => Cancel): Promise<void> =>
    new Promise((resolve) => {
      if (over) return resolve();
      const wake = (): void => {
        cancel();
        call = nothing;
        resolve();
      };
      const cancel = begin(wake);
      end = wake;
    });
  return {
    during: (span) => sleep((wake) => clock.after(span, wake)),
    until: (isTime, atMost) =>
      sleep((wake) => {
        call = () => {
          if (isTime()) wake();
        };
        return atMost === undefined ? nothing : clock.after(atMost, wake);
      }),
    call: () => call(),
    cutShort: () => end(),
    end() {
      over = true;
      end();
    },
    isOver: () => over,
  };
}
