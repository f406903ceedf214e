// A broker that answers each connection with the bytes that a test gives it, and keeps what it hears.
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HostileBroker {
  readonly url: string;
  /** What clients have sent, all connections together. */
  readonly heard: () => Buffer;
  readonly connections: () => number;
  /** Written to the connections that stand. */
  say(bytes: Buffer): void;
}

export const CONNACK = Buffer.of(0x20, 2, 0, 0);
/** @param welcome answers CONNECT; SUBSCRIBE is granted where it is a CONNACK */
export function hostileBroker(welcome: Buffer): Promise<HostileBroker> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}); // what it does to its clients, they may do to it
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      const type = (chunk[0] ?? 0) >> 4;
      if (type === 1) socket.write(welcome);
      if (type === 8) socket.write(suback(chunk));
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      resolve({
        url: `mqtt://127.0.0.1:${port}`,
        heard: () => Buffer.concat(chunks),
        connections: () => connections,
        say: (bytes) => {
          for (const socket of sockets) socket.write(bytes);
        },
      });
    });
  });
}

/** Grants every filter of a SUBSCRIBE whose length fits in one byte or two. */
function suback(subscribe: Buffer): Buffer {
  const body = (subscribe[1] ?? 0) < 0x80 ? 2 : 3;
  const granted: number[] = [];
  for (let at = body + 2; at < subscribe.length; at += 2 + subscribe.readUInt16BE(at) + 1) {
    granted.push(1);
  }
  const id = subscribe.subarray(body, body + 2);
  return Buffer.concat([Buffer.of(0x90, 2 + granted.length), id, Buffer.from(granted)]);
}

/** A PUBLISH, whole or in pieces: `declared` is the length that its header promises. */
export function publish(topic: string, payload: Buffer, how: PublishHow = {}): Buffer {
  const { qos = 1, id = 7, declared } = how;
  const body = Buffer.concat([
    Buffer.of(topic.length >> 8, topic.length & 0xff),
    Buffer.from(topic),
    qos > 0 ? Buffer.of(id >> 8, id & 0xff) : Buffer.alloc(0),
    payload,
  ]);
  return Buffer.concat([
    Buffer.of(0x30 | (qos << 1), ...lengthBytes(declared ?? body.length)),
    body,
  ]);
}

export interface PublishHow {
  readonly qos?: 0 | 1 | 2;
  readonly id?: number;
  readonly declared?: number;
}

const lengthBytes = (length: number): number[] =>
  length < 0x80 ? [length] : [(length % 0x80) | 0x80, ...lengthBytes(Math.floor(length / 0x80))];
