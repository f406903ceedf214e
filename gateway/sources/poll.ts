// Asking a device that speaks only when it is asked: one command, again and again while its port is
// open. A command that the driver has not taken yet is not followed by another: what piles up in
// a line would be answered late and all at once, with values that pass for fresh ones.
import type { Cancel, Clock, Duration } from '../domain/time.ts';

export interface PollSettings {
  /** The command, its line end included, one character for each byte. */
  readonly send: string;
  readonly every: Duration;
}

export interface Poll {
  /** Asks at once, and then at the interval. */
  start(write: (bytes: Uint8Array) => Promise<void>): void;
  stop(): void;
  /** Commands sent. */
  asked(): number;
}

export function createPoll({ send, every }: PollSettings, clock: Clock): Poll {
  const command = Buffer.from(send, 'latin1');
  let asked = 0;
  let cancel: Cancel = () => {};
  return {
    start(write) {
      let isTaken = true;
      const ask = (): void => {
        cancel = clock.after(every, ask);
        if (!isTaken) return;
        asked += 1;
        isTaken = false;
        // Never rejects: a port that takes nothing has ended, and the poll with it.
        void write(command).finally(() => {
          isTaken = true;
        });
      };
      ask();
    },
    stop: () => cancel(),
    asked: () => asked,
  };
}
