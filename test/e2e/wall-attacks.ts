// What the wall of nonsense is made of. Each attack comes from loopback addresses that are not the
// honest ones', goes on until it has said all it has to say, and tells what it saw.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../firmware-sim/random.ts';
import { randomFrom } from '../../firmware-sim/random.ts';
import { encodeLine } from '../../firmware-sim/encode.ts';
import {
  connectPacket,
  letIn,
  PINGREQ,
  publishPacket,
  settled,
  subscribePacket,
  type RawClient,
} from '../sources/raw-client.ts';
import { until } from '../tools.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { handOver, type Honest } from './wall-yard.ts';

/** How much of each. */
export interface Size {
  readonly lineMb: number;
  readonly connectMb: number;
  readonly topics: number;
  readonly sockets: number;
  readonly floodMb: number;
  readonly mutants: number;
}

export interface Attack {
  readonly name: string;
  /** Resolves with what it saw, in words. */
  run(): Promise<string>;
}

const MEGABYTE = 1 << 20;

export function wallOf(size: Size, gateway: GatewayProcess, honest: Honest): readonly Attack[] {
  const port = Number(new URL(gateway.mqttUrl).port);
  return [
    {
      name: `${size.lineMb} MB on a serial line without a line end`,
      run: () => endlessLine(size.lineMb, gateway, honest),
    },
    { name: `a CONNECT of ${size.connectMb} MB`, run: () => giantConnect(size.connectMb, port) },
    { name: `${size.topics} retained topics`, run: () => retainedTopics(size.topics, port) },
    { name: `${size.sockets} idle sockets`, run: () => idleSockets(size.sockets, port) },
    { name: 'a frozen subscriber', run: () => frozenSubscriber(size.floodMb, port) },
    { name: `${size.mutants} mutated packets`, run: () => mutants(size.mutants, port) },
  ];
}

/** Then a frame, which must be heard: whoever lost its place finds it again at the next line end. */
async function endlessLine(mb: number, gateway: GatewayProcess, honest: Honest): Promise<string> {
  const piece = new Uint8Array(4096).fill(0x41);
  for (let n = 0; n < (mb * MEGABYTE) / piece.length; n += 1)
    await handOver(honest.noisyLine, piece);
  const frame = encodeLine({ device: 'meter-2', seq: 1, at: 0, numbers: { volume: 7 } });
  await handOver(honest.noisyLine, new Uint8Array([0x0a, ...frame, 0x0a]));
  const sources = async () =>
    (
      await gateway.get<{ sources: { id: string; stored: number; skippedBytes: number }[] }>(
        '/api/v1/intake',
      )
    ).sources;
  const line = async () => (await sources()).find(({ id }) => id === 'noisy-line');
  await until(
    'the frame behind it is stored',
    async () => ((await line())?.stored ?? 0) >= 2,
    60_000,
  );
  const skipped = (await line())?.skippedBytes ?? 0;
  if (skipped < mb * MEGABYTE) throw new Error(`only ${skipped} bytes are counted as skipped`);
  return `${skipped} bytes counted, the frame behind them stored`;
}

async function giantConnect(mb: number, port: number): Promise<string> {
  const socket = await dial(port, '127.0.0.2');
  let taken = 0;
  socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f])); // 256 MB are announced
  const piece = Buffer.alloc(65_536, 0x41);
  while (!socket.destroyed && taken < mb * MEGABYTE) {
    if (!socket.write(piece)) await Promise.race([drained(socket), pause(1000)]);
    taken += piece.length;
  }
  await until('it is hung up on', () => socket.destroyed, 30_000);
  return `hung up on after ${Math.ceil(taken / 1024)} kB`;
}

async function retainedTopics(count: number, port: number): Promise<string> {
  const client = await letIn(port, { id: 'hoarder', from: '127.0.0.3' });
  const payload = Buffer.alloc(1000, 0x42);
  for (let n = 0; n < count && !client.isClosed(); n += 1) {
    await sent(client, publishPacket(`hoard/${n}`, payload, { retain: true }));
  }
  if (!client.isClosed()) await settled(client);
  client.socket.destroy();
  const looker = await letIn(port, { id: 'looker', from: '127.0.0.3' });
  looker.send(subscribePacket(['hoard/#']));
  await looker.next(9);
  await settled(looker);
  const kept = looker.packets.filter(({ type }) => type === 3).length;
  looker.socket.destroy();
  if (kept > 1000) throw new Error(`${kept} retained topics were kept`);
  return `${kept} were kept`;
}

/** Two hundred from each address; while they hang, somebody new speaks. */
async function idleSockets(count: number, port: number): Promise<string> {
  const sockets: Socket[] = [];
  let most = 0;
  for (let n = 0; n < count; n += 1) {
    const from = `127.0.0.${10 + Math.floor(n / 200)}`;
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    socket.on('error', () => undefined); // that it is hung up on is what is wanted
    sockets.push(socket.resume());
    if (n % 100 === 99) {
      await pause(5);
      most = Math.max(most, sockets.filter(({ readyState }) => readyState === 'open').length);
    }
  }
  const began = performance.now();
  const newcomer = await letIn(port, { id: 'loud', from: '127.0.0.200' });
  newcomer.send(publishPacket('courtyard/yard/loud/telemetry', '{"seq":1,"power":31}', { qos: 1 }));
  await newcomer.next(4);
  const served = performance.now() - began;
  newcomer.socket.destroy();
  await allHungUpOn(sockets);
  return `at most ${most} open at once, a newcomer served in ${Math.round(served)} ms meanwhile`;
}

/**
 * A kernel whose queue is full may tell a caller that it is connected, and never the gateway that it
 * was called: such a socket learns of it when it speaks.
 */
async function allHungUpOn(sockets: readonly Socket[]): Promise<void> {
  const standing = (): readonly Socket[] => sockets.filter(({ destroyed }) => !destroyed);
  for (let round = 0; round < 60 && standing().length > 0; round += 1) {
    await pause(1000);
    if (round % 5 === 4) for (const socket of standing()) socket.write(Buffer.of(0x10));
  }
  if (standing().length > 0) throw new Error(`${standing().length} sockets are still open`);
}

/** Asks for everything, reads nothing, while another says much. */
async function frozenSubscriber(mb: number, port: number): Promise<string> {
  const frozen = await letIn(port, { id: 'frozen', from: '127.0.0.4' });
  frozen.send(subscribePacket(['#']));
  await frozen.next(9);
  frozen.socket.pause();
  const loud = await letIn(port, { id: 'loud', from: '127.0.0.5' });
  const payload = JSON.stringify({ power: 31 }).padEnd(16_000);
  const began = performance.now();
  const count = Math.ceil((mb * MEGABYTE) / payload.length);
  for (let n = 0; n < count && !loud.isClosed(); n += 1) {
    await sent(loud, publishPacket('courtyard/yard/loud/telemetry', payload));
  }
  await settled(loud);
  const took = performance.now() - began;
  frozen.socket.destroy();
  loud.socket.destroy();
  return `the speaker was held up for ${Math.round(took)} ms in all`;
}

/** Whole conversations with a few bytes changed, cut out, put in, or repeated. */
async function mutants(count: number, port: number): Promise<string> {
  const random = randomFrom(11);
  let answered = 0;
  for (let n = 0; n < count; n += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - n) }, (_, place) =>
      spoken(port, `127.0.1.${1 + ((n + place) % 250)}`, mutated(n + place, random)),
    );
    answered += (await Promise.all(batch)).filter(Boolean).length;
  }
  return `${answered} were answered with something`;
}

const AT_ONCE = 50;

const conversation = (id: string): Buffer[] => [
  connectPacket({
    id,
    will: { topic: 'courtyard/yard/loud/status', payload: 'offline' },
  }),
  publishPacket('courtyard/yard/loud/telemetry', '{"seq":9,"power":1}', { qos: 1, id: 7 }),
  subscribePacket(['courtyard/yard/#', 'x/+/y']),
  publishPacket('x/1/y', 'retained', { qos: 2, id: 8, retain: true }),
  PINGREQ,
];

function mutated(n: number, random: Random): Buffer {
  const pick = (below: number): number => Math.floor(random.uniform() * below);
  let bytes = Buffer.concat(conversation(`mutant-${n}`).slice(0, 1 + pick(5)));
  for (let change = 0; change <= pick(4); change += 1) {
    const at = pick(bytes.length);
    const [front, back] = [bytes.subarray(0, at), bytes.subarray(at)];
    const changes = [
      () => Buffer.concat([front, Buffer.of(pick(256)), back.subarray(1)]),
      () => Buffer.concat([front, back.subarray(pick(8))]),
      () => Buffer.concat([front, Buffer.alloc(pick(64), pick(256)), back]),
      () => Buffer.concat([bytes, bytes.subarray(at)]),
    ];
    bytes = changes[pick(changes.length)]?.() ?? bytes;
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}

/** Says it and hangs up a moment later; true where anything came back. */
async function spoken(port: number, from: string, bytes: Buffer): Promise<boolean> {
  const socket = await dial(port, from);
  let isAnswered = false;
  socket.on('data', () => (isAnswered = true));
  socket.write(bytes);
  await Promise.race([new Promise((resolve) => socket.once('close', resolve)), pause(100)]);
  socket.destroy();
  return isAnswered;
}

function dial(port: number, from: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  socket.resume(); // else it would not see the end
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.on('error', () => resolve(socket)); // that it is hung up on is what is wanted
  });
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}

async function sent({ socket }: RawClient, bytes: Buffer): Promise<void> {
  if (!socket.destroyed && !socket.write(bytes)) await drained(socket);
}
