// The line by which several devices share one serial cable, and the cable itself.
import type { Delivery, Pty } from './pty.ts';
import { createPty } from './pty.ts';

export interface SerialLink {
  /** Puts the cable in or pulls it out, where it is not so already. */
  plug(cable: 'in' | 'out'): void;
  send(line: Uint8Array): Delivery;
  counts(): LineCounts;
  close(): void;
}

export interface LineCounts {
  readonly cable: 'in' | 'out';
  readonly sent: number;
  /** Lines that went nowhere: no cable, no listener, or one that does not read. */
  readonly dropped: number;
}

export function serialLink(link: string): SerialLink {
  let port: Pty | undefined = createPty({ link });
  let [sent, dropped] = [0, 0];
  const unplug = () => {
    port?.close();
    port = undefined;
  };
  return {
    plug(cable) {
      if (cable === 'out') unplug();
      else port ??= createPty({ link });
    },
    send(line) {
      const delivery = port?.write(line) ?? 'unheard';
      if (delivery === 'sent') sent += 1;
      else dropped += 1;
      return delivery;
    },
    counts: () => ({ cable: port ? 'in' : 'out', sent, dropped }),
    close: unplug,
  };
}
