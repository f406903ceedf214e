import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { numberOfEnergy } from './lamp-messages.ts';
import type { FleetOptions } from './lamp-fleet.ts';
import type { Load, LoadOptions, LoadResult } from './load.ts';
import { connectLoad } from './load.ts';

const LOAD = { site: 'bench', lamps: 3, fromTurn: 5, window: 4, warmup: 0, giveUp: 0.5 };

async function connected(options: FleetOptions): Promise<Load> {
  const load = await connectLoad(options);
  onTestFinished(load.close);
  return load;
}

const runLoad = async (options: FleetOptions & LoadOptions): Promise<LoadResult> =>
  (await connected(options)).run(options);

async function listening(connected: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    connected(socket.on('error', () => socket.destroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A broker that others wrote; gives the numbers of the messages that it took. */
async function aedes() {
  const heard: number[] = [];
  const broker = await Aedes.createBroker({
    authorizePublish(_client, { payload }, done) {
      const said = JSON.parse(payload.toString()) as { readonly energy: number };
      heard.push(numberOfEnergy(said.energy));
      done(null);
    },
  });
  onTestFinished(() => broker.close());
  return { heard, url: await listening((socket) => void broker.handle(socket)) };
}

/** Lets everyone in, and acknowledges only the packet ids that it is told to. */
const choosy = (answers: (id: number) => boolean): Promise<string> =>
  listening((socket) => {
    let kept = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      kept = Buffer.concat([kept, chunk]);
      for (let packet = firstOf(kept); packet; packet = firstOf(kept)) {
        kept = kept.subarray(packet.length);
        const id = idOf(packet);
        if (id === undefined) socket.write(Buffer.from([0x20, 2, 0, 0]));
        else if (answers(id)) socket.write(Buffer.from([0x40, 2, id >> 8, id & 0xff]));
      }
    });
  });

/** A CONNECT is shorter than 128 bytes here, a PUBLISH longer: its length has two bytes. */
function firstOf(bytes: Buffer): Buffer | undefined {
  const [, low = 0, high = 0] = bytes;
  const length = low < 0x80 ? 2 + low : 3 + (low & 0x7f) + high * 0x80;
  return bytes.length >= Math.max(3, length) ? bytes.subarray(0, length) : undefined;
}

const idOf = (packet: Buffer): number | undefined =>
  packet[0] === 0x32 ? packet.readUInt16BE(5 + packet.readUInt16BE(3)) : undefined;

const inOrder = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

describe('a load', () => {
  it('at a rate says every message once, beginning where the last one ended', async () => {
    const { heard, url } = await aedes();
    const load = await runLoad({ ...LOAD, url, rate: 2_000, seconds: 0.1 });
    expect(inOrder(heard)).toEqual(Array.from({ length: 200 }, (_, index) => 15 + index));
    expect(load).toMatchObject({ sent: 200, acknowledged: 200, turns: [67, 67, 66] });
    expect(load).toMatchObject({ unacknowledged: [], gaveUp: false, lostConnections: 0 });
    expect(load.ackMs.count).toBe(200);
  });

  it('goes on after another over the same connections', async () => {
    const { heard, url } = await aedes();
    const load = await connected({ ...LOAD, url });
    const first = await load.run({ ...LOAD, rate: 2_000, seconds: 0.1 });
    expect(first).toMatchObject({ sent: 200, acknowledged: 200 });
    const second = await load.run({ ...LOAD, fromTurn: 5 + 67, rate: 500, seconds: 0.1 });
    expect(second).toMatchObject({ sent: 50, acknowledged: 50, turns: [17, 17, 16] });
    expect(second.ackMs.count).toBe(50);
    expect(inOrder(heard.slice(200))).toEqual(
      Array.from({ length: 50 }, (_, index) => 3 * 72 + index),
    );
  });

  it('is not begun while messages of the one before wait', async () => {
    const load = await connected({ ...LOAD, url: await choosy((id) => id !== 4) });
    await load.run({ ...LOAD, rate: 1_000, seconds: 0.1 });
    await expect(load.run({ ...LOAD, rate: 1_000, seconds: 0.1 })).rejects.toThrow('wait');
  });

  it('ends early where the broker hangs up, and says on how many lamps', async () => {
    const url = await listening((socket) => {
      let packets = 0;
      socket.on('data', () => {
        if (packets++ === 0) socket.write(Buffer.from([0x20, 2, 0, 0]));
        else socket.destroy();
      });
    });
    const load = await runLoad({ ...LOAD, url, rate: 2_000, seconds: 60 });
    expect(load).toMatchObject({ acknowledged: 0, gaveUp: true });
    expect(load.lostConnections).toBeGreaterThan(0);
  });

  it('in windows has no more than that many of each lamp unanswered', async () => {
    const { heard, url } = await aedes();
    const load = await runLoad({ ...LOAD, url, seconds: 0.1 });
    expect(load.mostInFlight).toBe(12);
    expect(load.acknowledged).toBe(load.sent);
    expect(new Set(heard).size).toBe(load.sent);
  });

  it('names the messages that nobody acknowledged', async () => {
    const url = await choosy((id) => id !== 4);
    const load = await runLoad({ ...LOAD, url, rate: 1_000, seconds: 0.1 });
    expect(load).toMatchObject({ sent: 100, acknowledged: 97 });
    // The fourth of each lamp: turn 8, as its first is turn 5.
    expect(load.unacknowledged).toEqual([24, 25, 26]);
  });

  it('uses more packet ids than at first where more are in flight, and each for one message', async () => {
    const url = await choosy((id) => id > 150);
    const load = await runLoad({ ...LOAD, url, rate: 6_000, seconds: 0.1, giveUp: 0.3 });
    expect(load).toMatchObject({ sent: 600, acknowledged: 150 });
    expect(new Set(load.unacknowledged).size).toBe(450);
  });

  it('gives up on a broker that answers nothing', async () => {
    const url = await choosy(() => false);
    const load = await runLoad({ ...LOAD, url, rate: 1_000, seconds: 60 });
    expect(load).toMatchObject({ acknowledged: 0, gaveUp: true });
    expect(load.unacknowledged).toHaveLength(load.sent);
  });
});
