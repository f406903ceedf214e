// A radio link that loses words: between a sensor and the broker, whole MQTT packets or nothing. Of
// the messages at QoS 0, which nobody sends again, it lets some vanish; everything else passes.
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { freePort } from '../tools.ts';

export interface SwallowingProxy {
  readonly url: string;
  swallowed(): number;
  /** From now on every word arrives. */
  mend(): void;
}

const PUBLISH = 3;

/** @param isSwallowed whether the n-th message at QoS 0 vanishes */
export async function swallowingProxy(
  target: string,
  isSwallowed: (count: number) => boolean,
): Promise<SwallowingProxy> {
  const [port, to] = [await freePort(), Number(new URL(target).port)];
  const sockets = new Set<Socket>();
  let [count, swallowed, mended] = [0, 0, false];
  const passes = (packet: Buffer): boolean => {
    const header = packet[0] ?? 0;
    if (header >> 4 !== PUBLISH || (header & 0b110) !== 0) return true;
    count += 1;
    if (mended || !isSwallowed(count)) return true;
    swallowed += 1;
    return false;
  };
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => other.destroy());
    }
    const packets = packetsOf();
    near.on('data', (chunk: Buffer) => {
      for (const packet of packets(chunk)) if (passes(packet)) far.write(packet);
    });
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `mqtt://127.0.0.1:${port}`,
    swallowed: () => swallowed,
    mend: () => void (mended = true),
  };
}

/** Whole packets out of a stream, however it was cut. */
function packetsOf(): (chunk: Buffer) => Buffer[] {
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    const packets: Buffer[] = [];
    for (let length = packetLength(held); length > 0; length = packetLength(held)) {
      packets.push(held.subarray(0, length));
      held = held.subarray(length);
    }
    return packets;
  };
}

/** Of the packet at the front, its header included; 0 while it is not whole. */
function packetLength(bytes: Buffer): number {
  let length = 0;
  for (let at = 1; at < 5; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return 0;
    length += (byte & 0x7f) * 128 ** (at - 1);
    if (byte < 0x80) return bytes.length > at + length ? at + 1 + length : 0;
  }
  return 0;
}
