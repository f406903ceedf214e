// A store that cannot be opened is tried again while the gateway says so at its usual address: a full
// disk may be emptied, a drive plugged in. What no waiting mends (another gateway holds the store, a
// newer version wrote it) is thrown at once.
import { Fault } from '../domain/fault.ts';
import { seconds, type Clock } from '../domain/time.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface WaitingParts<T> {
  readonly open: () => Promise<T>;
  readonly http: { readonly host: string; readonly port: number };
  readonly clock: Pick<Clock, 'after'>;
  /** Somebody asks the process to stop. */
  readonly stopped: Promise<unknown>;
  /** Hears of every attempt that failed. */
  readonly onWait: (fault: Fault) => void;
}

const TRY_EVERY = seconds(10);

/** What `open` gives, at last; undefined where the process was asked to stop before. */
export async function openWhenPossible<T>(parts: WaitingParts<T>): Promise<T | undefined> {
  let room: WaitingRoom | undefined;
  try {
    for (;;) {
      const opened = await attempt(parts.open);
      if (!(opened instanceof Fault)) return opened;
      parts.onWait(opened);
      room ??= await roomFor(parts, opened);
      room.tell(opened);
      if (await isStopped(parts)) return undefined;
    }
  } finally {
    await room?.close();
  }
}

async function attempt<T>(open: () => Promise<T>): Promise<T | Fault> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Fault && mayPass(error)) return error;
    throw error;
  }
}

const mayPass = ({ code }: Fault): boolean =>
  code === 'store-unavailable' || code === 'store-damaged';

/** Where not even the port can be had, the store's fault is what counts. */
async function roomFor<T>({ http }: WaitingParts<T>, fault: Fault): Promise<WaitingRoom> {
  // Loaded only where the store is shut: it imports `node:http` by name, which costs 14 MB.
  const { openWaitingRoom } = await import('./waiting-room.ts');
  return openWaitingRoom(http).catch(() => {
    throw fault;
  });
}

async function isStopped<T>({ clock, stopped }: WaitingParts<T>): Promise<boolean> {
  const waited = Promise.withResolvers<boolean>();
  const cancel = clock.after(TRY_EVERY, () => waited.resolve(false));
  try {
    return await Promise.race([waited.promise, stopped.then(() => true)]);
  } finally {
    cancel();
  }
}
