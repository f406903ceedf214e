// A broker of a few lines, for hearing what devices say; it can die without a word.
import { Aedes } from 'aedes';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

export interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

export interface SmallBroker {
  readonly url: string;
  readonly port: number;
  readonly heard: readonly Heard[];
  /** Every socket is cut, as by SIGKILL: what was heard may not have been acknowledged. */
  die(): Promise<void>;
  /** Cuts one client off without a goodbye. */
  cut(client: string): void;
}

/**
 * @param onHeard told of each message before it is acknowledged; resolves when that may happen
 */
export async function smallBroker(
  port = 0,
  onHeard: (heard: Heard) => Promise<void> = () => Promise.resolve(),
): Promise<SmallBroker> {
  const heard: Heard[] = [];
  const aedes = await Aedes.createBroker({
    authorizePublish: (_client, { topic, payload, retain }, callback) => {
      const message = { topic, payload: payload.toString(), retain };
      heard.push(message);
      const acknowledged = async () => {
        await onHeard(message);
        callback(null);
      };
      void acknowledged();
    },
  });
  const sockets = new Map<Socket, () => string | undefined>();
  const server = createServer((socket) => {
    const client = aedes.handle(socket);
    sockets.set(socket, () => client.id);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `mqtt://127.0.0.1:${bound}`,
    port: bound,
    heard,
    cut(client) {
      for (const [socket, id] of sockets) if (id() === client) socket.destroy();
    },
    async die() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets.keys()) socket.destroy();
      await closed;
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
}
