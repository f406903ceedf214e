// PUBACKs, as many of one client as there are in one piece. A commit answers many messages at once, and
// a write to a socket costs more than all else about an answer; the library makes three of each.
import type { Socket } from 'node:net';
import type { Client } from 'aedes';

export interface Acknowledging {
  /** False where the library has to say it: the client is gone, or does not read what it is sent. */
  add(client: Client, messageId: number): boolean;
}

/** MQTT 3.1.1, 3.4: kind, length, packet identifier. */
const [PUBACK, LENGTH, SIZE] = [0x40, 2, 4];
/** Bytes that a client may leave unread before the library deals with it. */
const MOST_UNREAD = 16_384;

export function createAcknowledging(): Acknowledging {
  let waiting = new Map<Client, number[]>();

  function flush(): void {
    const due = waiting;
    waiting = new Map();
    for (const [client, ids] of due) {
      if (!(client.conn as Socket).destroyed) (client.conn as Socket).write(pubacks(ids));
    }
  }

  return {
    add(client, messageId) {
      const socket = client.conn as Socket;
      if (!client.connected || socket.destroyed || socket.writableLength > MOST_UNREAD)
        return false;
      if (waiting.size === 0) queueMicrotask(flush); // behind all that the same commit answers
      const ids = waiting.get(client);
      if (ids) ids.push(messageId);
      else waiting.set(client, [messageId]);
      return true;
    },
  };
}

function pubacks(ids: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * SIZE);
  for (let index = 0; index < ids.length; index += 1) {
    const at = index * SIZE;
    bytes[at] = PUBACK;
    bytes[at + 1] = LENGTH;
    bytes.writeUInt16BE(ids[index] ?? 0, at + 2);
  }
  return bytes;
}
