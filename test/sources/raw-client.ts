// A client that sends whatever bytes it is told to, from whatever loopback address, and reads what
// comes back packet by packet. Written from the standard (MQTT 3.1.1), not with a library: what a
// library would never send is what is to be sent.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { until } from '../tools.ts';

export interface Packet {
  /** 2 CONNACK, 3 PUBLISH, 4 PUBACK, 5 PUBREC, 7 PUBCOMP, 9 SUBACK, 11 UNSUBACK, 13 PINGRESP */
  readonly type: number;
  readonly flags: number;
  readonly body: Buffer;
}

export interface RawClient {
  readonly socket: Socket;
  readonly packets: readonly Packet[];
  send(...bytes: Uint8Array[]): void;
  /** The next packet of this type that nobody has asked for yet. */
  next(type: number): Promise<Packet>;
  /** Resolves when the far end has closed, or this one. */
  readonly closed: Promise<void>;
  isClosed(): boolean;
}

export async function rawClient(port: number, from = '127.0.0.1'): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  const packets: Packet[] = [];
  let asked = 0;
  let rest = Buffer.alloc(0);
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true;
      resolve();
    });
  });
  socket.on('error', () => {}); // that it is closed is what a test looks at
  socket.on('data', (chunk) => {
    const read = readPackets(Buffer.concat([rest, chunk]));
    packets.push(...read.packets);
    rest = Buffer.from(read.rest);
  });
  onTestFinished(() => void socket.destroy());
  await Promise.race([once(socket, 'connect'), closed]);
  return {
    socket,
    packets,
    send: (...bytes) => void socket.write(Buffer.concat(bytes)),
    async next(type) {
      const found = (): number => packets.findIndex((one, at) => at >= asked && one.type === type);
      await until(`a packet of type ${type}`, () => found() >= 0 || isClosed);
      const packet = packets[found()];
      if (!packet) throw new Error(`closed before a packet of type ${type} came`);
      asked = found() + 1;
      return packet;
    },
    closed,
    isClosed: () => isClosed,
  };
}

/** Connects and is let in, or throws with the return code. */
export async function letIn(
  port: number,
  how: Partial<Connect> & { readonly from?: string } = {},
): Promise<RawClient> {
  const client = await rawClient(port, how.from);
  client.send(connectPacket(how));
  const code = (await client.next(2)).body[1];
  if (code !== 0) throw new Error(`CONNACK ${code}`);
  return client;
}

function readPackets(bytes: Buffer): { packets: Packet[]; rest: Buffer } {
  const packets: Packet[] = [];
  let at = 0;
  for (;;) {
    let length = 0;
    let place = at + 1;
    for (let shift = 0; ; shift += 7, place++) {
      const byte = bytes[place];
      if (byte === undefined) return { packets, rest: bytes.subarray(at) };
      length += (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const end = place + 1 + length;
    if (end > bytes.length) return { packets, rest: bytes.subarray(at) };
    const first = bytes[at] ?? 0;
    packets.push({ type: first >> 4, flags: first & 15, body: bytes.subarray(place + 1, end) });
    at = end;
  }
}

/** @param first kind and flags */
export function packet(first: number, ...body: Uint8Array[]): Buffer {
  const whole = Buffer.concat(body);
  return Buffer.concat([Buffer.from([first, ...lengthBytes(whole.length)]), whole]);
}

export function lengthBytes(length: number): number[] {
  const low = length % 128;
  return length < 128 ? [low] : [low | 128, ...lengthBytes(Math.floor(length / 128))];
}

export function text(words: string | Uint8Array): Buffer {
  const bytes = Buffer.from(words as Uint8Array);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

export interface Connect {
  readonly id: string | Uint8Array;
  readonly clean: boolean;
  readonly keepAlive: number;
  readonly user: string;
  readonly password: string;
  readonly will: { readonly topic: string; readonly payload: string; readonly retain?: boolean };
  readonly level: number;
}

export function connectPacket(how: Partial<Connect> = {}): Buffer {
  const { id = '', clean = true, keepAlive = 60, user, password, will, level = 4 } = how;
  const flags =
    (clean ? 2 : 0) |
    (will ? 4 | (will.retain === true ? 32 : 0) : 0) |
    (user === undefined ? 0 : 128) |
    (password === undefined ? 0 : 64);
  return packet(
    0x10,
    text('MQTT'),
    Buffer.from([level, flags, keepAlive >> 8, keepAlive & 255]),
    text(id),
    ...(will ? [text(will.topic), text(will.payload)] : []),
    ...(user === undefined ? [] : [text(user)]),
    ...(password === undefined ? [] : [text(password)]),
  );
}

const idBytes = (id: number): Buffer => Buffer.from([id >> 8, id & 255]);

export function publishPacket(
  topic: string | Uint8Array,
  payload: string | Uint8Array,
  how: { readonly qos?: 0 | 1 | 2; readonly id?: number; readonly retain?: boolean } = {},
): Buffer {
  const { qos = 0, id = 1, retain = false } = how;
  return packet(
    0x30 | (qos << 1) | (retain ? 1 : 0),
    text(topic),
    ...(qos > 0 ? [idBytes(id)] : []),
    Buffer.from(payload as Uint8Array),
  );
}

export const subscribePacket = (
  filters: readonly (string | Uint8Array)[],
  { id = 1, qos = 1 } = {},
): Buffer =>
  packet(0x82, idBytes(id), ...filters.flatMap((filter) => [text(filter), Buffer.from([qos])]));

export const pubrelPacket = (id: number): Buffer => packet(0x62, idBytes(id));
export const PINGREQ = packet(0xc0);
export const DISCONNECT = packet(0xe0);

export const topicOf = ({ body }: Packet): string =>
  body.subarray(2, 2 + body.readUInt16BE(0)).toString();

/** What it was granted, filter by filter; 128 is a refusal. */
export const granted = ({ body }: Packet): number[] => [...body.subarray(2)];

/** When it resolves the broker has done all that this client asked of it before. */
export async function settled(client: RawClient): Promise<void> {
  client.send(PINGREQ);
  await client.next(13);
}
