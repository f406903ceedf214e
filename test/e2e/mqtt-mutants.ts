// Conversations in MQTT with something wrong in them: valid ones, of which packets are changed bit by
// bit, cut, stretched, glued together or spoilt where it hurts most (lengths, kinds, topics). From a
// seed, so that a run that fails can be run again.
import { connect } from 'node:net';
import { randomFrom, type Random } from '../../firmware-sim/random.ts';
import {
  connectPacket,
  DISCONNECT,
  lengthBytes,
  packet,
  PINGREQ,
  pubrelPacket,
  publishPacket,
  subscribePacket,
  text,
} from '../sources/raw-client.ts';

const TELEMETRY = 'courtyard/yard/k2/telemetry';
const STATUS = 'courtyard/yard/k2/status';
const will = { topic: STATUS, payload: 'offline', retain: true };

/** Each is a conversation that the broker takes. */
const CORPUS: readonly ((id: string) => readonly Buffer[])[] = [
  (id) => [connectPacket({ id }), publishPacket(TELEMETRY, '{"distance":600}'), DISCONNECT],
  (id) => [
    connectPacket({ id, will, user: 'k2', password: 'x' }),
    publishPacket(STATUS, 'online', { qos: 1, retain: true }),
    publishPacket(TELEMETRY, '[{"seq":1,"distance":600},{"seq":2,"distance":601}]', {
      qos: 1,
      id: 2,
    }),
  ],
  (id) => [
    connectPacket({ id, clean: false }),
    publishPacket(TELEMETRY, '{"seq":3}', { qos: 2, id: 9 }),
    pubrelPacket(9),
    PINGREQ,
  ],
  (id) => [
    connectPacket({ id, level: 3 }),
    subscribePacket(['courtyard/yard/assets/#', '+/+/k2/set', 'courtyard/yard/bridge/state']),
    packet(0xa2, Buffer.from([0, 2]), text('courtyard/yard/assets/#')),
    packet(0x40, Buffer.from([0, 1])),
    PINGREQ,
  ],
];

const NASTY: readonly (string | Uint8Array)[] = [
  '',
  '#',
  '+/+',
  '$SYS/#',
  '$share/a/#',
  '/'.repeat(300),
  'x'.repeat(65_000),
  '__proto__',
  'courtyard/yard/\0/telemetry',
  Buffer.from([0xff, 0xfe, 0xed, 0xa0, 0x80]),
];

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const below = (random: Random, count: number): number => Math.floor(random.uniform() * count);
const cut = (bytes: Buffer, random: Random): [Buffer, Buffer] => {
  const at = below(random, bytes.length + 1);
  return [bytes.subarray(0, at), bytes.subarray(at)];
};

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = below(random, bytes.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
    return changed;
  },
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[below(random, bytes.length)] = below(random, 256);
    return changed;
  },
  (bytes, random) => cut(bytes, random)[0],
  (bytes, random) => {
    const [front, back] = cut(bytes, random);
    return Buffer.concat([front, Buffer.alloc(below(random, 40), below(random, 256)), back]);
  },
  (bytes, random) => Buffer.concat([bytes, cut(bytes, random)[1]]),
  // another kind with the same content, and the same with another length
  (bytes, random) => Buffer.concat([Buffer.of(below(random, 256)), bytes.subarray(1)]),
  (bytes, random) => {
    const length = [0, 1, 127, 128, 16_383, 65_535, 2_097_151, 268_435_455][below(random, 8)] ?? 0;
    return Buffer.concat([
      bytes.subarray(0, 1),
      Buffer.from(lengthBytes(length)),
      bytes.subarray(2),
    ]);
  },
  (bytes, random) =>
    Buffer.concat([bytes.subarray(0, 1), Buffer.alloc(below(random, 5), 0xff), bytes]),
  (_bytes, random) => {
    const words = NASTY[below(random, NASTY.length)] ?? '';
    return below(random, 2) === 0
      ? publishPacket(words, '{}', { qos: 1, id: below(random, 3), retain: true })
      : subscribePacket([words, TELEMETRY, words], { qos: below(random, 4) });
  },
];

export interface MutantRun {
  readonly port: number;
  /** Mutated packets, not connections. */
  readonly packets: number;
  readonly seed: number;
}

const AT_ONCE = 50;

/** Resolves when all are sent and every connection is closed; gives how many connections it took. */
export async function sendMutants({ port, packets, seed }: MutantRun): Promise<number> {
  const random = randomFrom(seed);
  let sent = 0;
  let connections = 0;
  while (sent < packets) {
    const batch = Array.from({ length: AT_ONCE }, () => {
      connections += 1;
      return mutantOf(`mutant-${seed}-${connections}`, random);
    });
    sent += batch.reduce((sum, { mutated }) => sum + mutated, 0);
    await Promise.all(
      batch.map(({ bytes }, n) => say(port, `127.0.2.${1 + ((connections + n) % 250)}`, bytes)),
    );
  }
  return connections;
}

function mutantOf(
  id: string,
  random: Random,
): { readonly bytes: Buffer; readonly mutated: number } {
  const [first = PINGREQ, ...others] = CORPUS[below(random, CORPUS.length)]?.(id) ?? [];
  // What comes behind a spoilt CONNECT is seldom looked at, so most are left as they are.
  const isSpoilt = below(random, 4) === 0;
  const spoilAny = (bytes: Buffer): Buffer => {
    let changed = bytes;
    for (let n = 0; n <= below(random, 3) && changed.length > 0; n++) {
      changed = MUTATIONS[below(random, MUTATIONS.length)]?.(changed, random) ?? changed;
    }
    return changed;
  };
  // Where kind and length stay true it gets past the limit and into the library.
  const spoil = (bytes: Buffer): Buffer =>
    below(random, 2) === 0 || bytes.length > 129
      ? spoilAny(bytes)
      : packet(bytes[0] ?? 0, spoilAny(bytes.subarray(2)));
  const rest = others.map(spoil);
  return {
    bytes: Buffer.concat([isSpoilt ? spoil(first) : first, ...rest]),
    mutated: rest.length + (isSpoilt ? 1 : 0),
  };
}

/** Until it is hung up on, or answered to the end, or waited for in vain: what is cut has no end. */
function say(port: number, from: string, bytes: Buffer): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  const patience = setTimeout(() => socket.destroy(), 300);
  socket.on('error', () => {}); // that it is hung up on is what is expected
  socket.on('data', (answer) => void (answer.includes(PINGRESP) && socket.destroy()));
  socket.write(Buffer.concat([bytes, PINGREQ]));
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearTimeout(patience);
      resolve();
    });
  });
}

const PINGRESP = packet(0xd0);
