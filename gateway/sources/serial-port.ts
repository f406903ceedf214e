// One serial port from opening to its end, in words that an engineer can act on. It ends when the
// driver says so, and when the node behind its path is gone or is another one: a USB adapter that
// was pulled may never report anything on the descriptor that is still open.
import { SerialPort } from 'serialport';
import { Fault } from '../domain/fault.ts';
import type { Cancel, Clock } from '../domain/time.ts';
import { seconds } from '../domain/time.ts';
import type { NodeIdentity } from './device-node.ts';
import { identify } from './device-node.ts';

/** How a character goes over the line; both ends must agree, for nothing on it says so. */
export interface LineForm {
  readonly baudRate: number;
  /** 8 where absent. */
  readonly dataBits?: 7 | 8;
  /** None where absent. */
  readonly parity?: 'none' | 'even' | 'odd';
  /** 1 where absent. */
  readonly stopBits?: 1 | 2;
}

export interface PortSettings extends LineForm {
  readonly path: string;
}

export interface PortEvents {
  bytes(chunk: Buffer): void;
  /** The port has ended by itself; it is closed or being closed. Called at most once. */
  ended(fault: Fault): void;
}

export interface OpenPort {
  /** Resolves once the driver has taken the bytes. A port that takes none has ended. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends it quietly; resolves once the driver has let go of it. */
  close(): Promise<void>;
}

const LOOK_EVERY = seconds(2);

/** Rejects with `port-unavailable`. */
export async function openPort(
  settings: PortSettings,
  events: PortEvents,
  clock: Clock,
): Promise<OpenPort> {
  // Seen before opening: a node replaced in between is then taken for another, never for the same.
  const { path, baudRate, dataBits = 8, parity = 'none', stopBits = 1 } = settings;
  const identity = await identify(path);
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  await opened(port);
  let over = false;
  let unwatch: Cancel = () => {};

  function end(why: string, cause?: unknown): void {
    if (over) return;
    over = true;
    unwatch();
    // Nobody waits for this close: a driver whose device is gone may never finish it.
    if (port.isOpen) port.close(() => {});
    events.ended(new Fault('port-unavailable', `${path}: ${why}`, cause));
  }

  port.on('data', (chunk: Buffer) => {
    if (!over) events.bytes(chunk);
  });
  port.on('close', (error: Error | null) => end(`close: ${wordsOf(error)}`, error ?? undefined));
  port.on('error', (error: Error) => end(`error: ${wordsOf(error)}`, error));
  unwatch = watchNode({ path, identity, clock }, end);
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        port.write(Buffer.from(bytes), (error) => {
          if (error) end(`write: ${wordsOf(error)}`, error);
          resolve();
        });
      }),
    close() {
      over = true;
      unwatch();
      return closed(port);
    },
  };
}

function opened(port: SerialPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.open((error) => (error ? reject(openFailure(port.path, error)) : resolve()));
  });
}

/** Resolves however closing ends: there is nothing more that could be done with the port. */
function closed(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    if (port.isOpen) port.close(() => resolve());
    else resolve();
  });
}

interface Watched {
  readonly path: string;
  readonly identity: NodeIdentity;
  readonly clock: Clock;
}

function watchNode({ path, identity, clock }: Watched, changed: (why: string) => void): Cancel {
  let unwatched = false;
  const look = async (): Promise<void> => {
    const now = await identify(path);
    if (unwatched) return;
    if (now === identity) next();
    else changed(now === undefined ? 'the port is gone' : 'another device took its place');
  };
  let cancel: Cancel = () => {};
  const next = (): void => {
    cancel = clock.after(LOOK_EVERY, () => void look()); // never rejects: identify does not
  };
  next();
  return () => {
    unwatched = true;
    cancel();
  };
}

/** What the driver's words mean, and what to do about it. */
const OPEN_FAILURES: readonly (readonly [driver: RegExp, words: string])[] = [
  [
    /No such file|ENOENT/i,
    'no such port; is the cable in, and the name as under /dev/serial/by-id?',
  ],
  [/Permission denied|EACCES/i, 'permission denied; add the gateway’s user to the group dialout'],
  [/busy|lock|temporarily unavailable|EBUSY/i, 'busy; another program holds it (fuser names it)'],
  [/Inappropriate ioctl|ENOTTY|Not a (?:tty|typewriter)/i, 'not a serial port'],
  [/Input\/output|EIO|No such device|ENXIO|ENODEV/i, 'the device behind it does not answer'],
];

export function openFailure(path: string, error: Error): Fault {
  const known = OPEN_FAILURES.find(([driver]) => driver.test(error.message));
  return new Fault('port-unavailable', `opening ${path}: ${known?.[1] ?? wordsOf(error)}`, error);
}

const wordsOf = (error: Error | null): string =>
  (error?.message ?? 'closed by the driver').replace(/^Error:?\s*/i, '').toLowerCase();
