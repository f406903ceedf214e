// A TCP port that is listened on, lost and listened on again, and the sockets that came in by it.
// An accept that fails (no descriptors left) ends the listening, not the connections that stand.
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { Fault } from '../domain/fault.ts';

export interface Listener {
  /** Begins to listen; rejects with `listen-failed`. */
  open(): Promise<void>;
  /** Lets nobody in any more; resolves when the last one has left. */
  close(): Promise<void>;
  /** Ends the connections that still stand. */
  hangUp(): void;
  address(): { readonly host: string; readonly port: number } | undefined;
}

export interface ListenerEvents {
  readonly connected: (socket: Socket) => void;
  readonly lost: (fault: Fault) => void;
}

export function createListener(
  { host, port }: { readonly host: string; readonly port: number },
  events: ListenerEvents,
): Listener {
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  async function open(): Promise<void> {
    const fresh = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      events.connected(socket);
    });
    try {
      fresh.listen(port, host);
      await once(fresh, 'listening');
    } catch (error) {
      throw listenFailure(`${host}:${port}`, error);
    }
    fresh.on('error', (error) => {
      if (server !== fresh) return;
      server = undefined;
      fresh.close();
      events.lost(listenFailure(`${host}:${port}`, error));
    });
    server = fresh;
  }

  return {
    open,
    async close() {
      const last = server;
      server = undefined;
      if (last !== undefined) await new Promise((resolve) => last.close(resolve));
    },
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    address() {
      const bound = server?.address();
      if (typeof bound !== 'object' || bound === null) return undefined;
      return { host: bound.address, port: bound.port };
    },
  };
}

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program holds this port',
  EACCES: 'this port needs more rights than the gateway has (ports below 1024)',
  EADDRNOTAVAIL: 'this machine has no such address',
  EMFILE: 'no file descriptors are left',
};

function listenFailure(where: string, error: unknown): Fault {
  const { code, message } = error as NodeJS.ErrnoException;
  const words = (code === undefined ? undefined : WORDS[code]) ?? message;
  return new Fault('listen-failed', `listening on ${where}: ${words}`, error);
}
