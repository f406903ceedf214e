// Whoever means harm to the broker of the real process: it stays in its bounds, and the honest sensor
// beside it is heard all the while.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { IntakeView, RejectionView } from '../../gateway/api/schemas.ts';
import {
  connectPacket,
  letIn,
  publishPacket,
  rawClient,
  type RawClient,
  settled,
} from '../sources/raw-client.ts';
import { has, ROOT, until } from '../tools.ts';
import { gatewayProcess, type GatewayProcess } from './gateway-process.ts';
import { LINK_SITE } from './link-site.ts';
import { honestSensor, residentMb, SECRET, secretGateway } from './mutants.ts';

const run = promisify(execFile);
const portOf = ({ mqttUrl }: GatewayProcess): number => Number(new URL(mqttUrl).port);

const intakeOf = (gateway: GatewayProcess): Promise<IntakeView> =>
  gateway.get<IntakeView>('/api/v1/intake');

async function turnedAway(gateway: GatewayProcess): Promise<Readonly<Record<string, number>>> {
  return (await intakeOf(gateway)).sources[0]?.turnedAway ?? {};
}

describe('a CONNECT without an end', () => {
  it('is hung up on, however slowly it comes, and takes no memory', async () => {
    const gateway = await secretGateway();
    const sensor = await honestSensor(gateway);
    const before = residentMb(gateway);
    const giant = await rawClient(portOf(gateway), '127.0.0.2');
    giant.send(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    await giant.closed;
    // One that is allowed, from many, each a byte at a time and never to its end.
    const slow = await Promise.all(
      Array.from({ length: 100 }, (_, n) => rawClient(portOf(gateway), `127.0.3.${1 + (n % 10)}`)),
    );
    const head = Buffer.from([0x10, 0x80, 0x1f]);
    for (const client of slow) client.send(head);
    while (slow.some((client) => !client.isClosed())) {
      for (const client of slow) if (!client.isClosed()) client.send(Buffer.alloc(1, 0x41));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(residentMb(gateway)).toBeLessThan(before + 64);
    expect(await turnedAway(gateway)).toEqual({ 'too-large': 1, silent: 100 });
    const said = await sensor.stop();
    expect((await intakeOf(gateway)).devices[0]).toMatchObject({ stored: said, rejected: {} });
  });
});

const keys = (count: number): string =>
  `{${Array.from({ length: count }, (_, n) => `"k${n}":1`).join(',')}}`;

/** Each with the reason that it is refused for. */
const BOMBS: readonly (readonly [fact: string, payload: string, reason: string])[] = [
  ['10,000 arrays in each other', '['.repeat(10_000), 'too-deep'],
  ['10,000 objects in each other', '{"a":'.repeat(10_000), 'too-deep'],
  ['6,000 keys', keys(6000), 'malformed'], // the first few one by one, the rest as one
  ['a string of 60 kB', `{"gross":"${'x'.repeat(60_000)}"}`, 'not-a-number'],
  ['names of the language', '{"__proto__":1,"constructor":2}', 'unknown-quantity'],
  ['an integer of 50,000 digits', `{"gross":${'9'.repeat(50_000)}}`, 'not-a-number'],
  ['a number beyond all numbers', '{"gross":1e400}', 'not-a-number'],
  ['1,001 messages in one', `[${'{"gross":1},'.repeat(1000)}{"gross":1}]`, 'too-large'],
];

describe('payloads that are meant to burst a decoder', () => {
  it('are each acknowledged, refused as what they are, and over', async () => {
    const gateway = await secretGateway();
    const sensor = await honestSensor(gateway);
    const client = await letIn(portOf(gateway), { id: 'bomber', from: '127.0.0.9' });
    const refusals: Record<string, string | undefined> = {};
    for (const [place, [fact, payload]] of BOMBS.entries()) {
      const id = place + 1;
      client.send(publishPacket('courtyard/yard/k2/telemetry', payload, { qos: 1, id }));
      await client.next(4);
      const [newest] = await gateway.get<RejectionView[]>('/api/v1/intake/rejections?limit=1');
      refusals[fact] = newest?.reason;
    }
    expect(refusals).toEqual(Object.fromEntries(BOMBS.map(([fact, , reason]) => [fact, reason])));

    client.send(publishPacket('courtyard/yard/k2/telemetry', keys(1_000_000), { qos: 1 }));
    await client.closed;
    await until('a million keys end the connection', async () => {
      return 'too-large' in (await turnedAway(gateway));
    });
    const said = await sensor.stop();
    expect((await intakeOf(gateway)).devices[0]).toMatchObject({ stored: said, rejected: {} });
  });
});

describe('a secret of the store, by the command line beside the gateway', () => {
  const courtyard = async (gateway: GatewayProcess, ...words: string[]): Promise<string> => {
    const site = path.join(gateway.dir, 'site.yaml');
    const all = ['token', ...words, '-c', site];
    return (await run(path.join(ROOT, 'bin/courtyard'), all)).stdout.trim();
  };
  const telemetry = (seq: number): Buffer =>
    publishPacket('courtyard/yard/k2/telemetry', `{"seq":${seq},"gross":1}`, { qos: 1, id: seq });

  it('counts at once when it is made, and ends the connection when it is revoked', async () => {
    const gateway = await secretGateway();
    const port = portOf(gateway);
    const stranger = await letIn(port, { id: 'stranger', from: '127.0.0.2' });
    stranger.send(telemetry(1));
    await stranger.next(4);
    const token = await courtyard(gateway, 'create', 'k2');
    expect(token).toMatch(/^[\w-]{22}$/);
    stranger.send(telemetry(2));
    await stranger.next(4);
    const k2 = await letIn(port, { id: 'k2', user: 'k2', password: token });
    k2.send(telemetry(3));
    await k2.next(4);
    expect(await courtyard(gateway, 'list')).toBe('k1  broker  file\nk2  broker  stored');
    await courtyard(gateway, 'revoke', 'k2');
    await k2.closed;
    await expect(letIn(port, { id: 'k2', user: 'k2', password: token })).rejects.toThrow(
      'CONNACK 4',
    );
    await gateway.stop();
    await gateway.start();
    await expect(letIn(port, { id: 'k2', user: 'k2', password: token })).rejects.toThrow(
      'CONNACK 4',
    );
    await letIn(port, { id: 'k1', user: 'k1', password: SECRET });
    const again = await courtyard(gateway, 'create', 'k2');
    await letIn(port, { id: 'k2', user: 'k2', password: again });
    expect(gateway.output()).not.toContain(token);
  });
});

describe.runIf(has('prlimit'))('a gateway with few file descriptors', () => {
  it('serves who is there while callers take all the rest, and lets in others afterwards', async () => {
    const gateway = await gatewayProcess(LINK_SITE, { words: ['prlimit', '--nofile=80'] });
    await gateway.start();
    const sensor = await letIn(portOf(gateway), { id: 'k2' });
    const crowd: RawClient[] = [];
    for (let n = 0; n < 150; n++) crowd.push(await rawClient(portOf(gateway), `127.0.4.${n + 1}`));
    for (let id = 1; id <= 20; id++) {
      const payload = `{"seq":${id},"distance":600}`;
      sensor.send(publishPacket('courtyard/yard/k2/telemetry', payload, { qos: 1, id }));
      await sensor.next(4);
    }
    for (const caller of crowd) caller.socket.destroy();
    await until(
      'another is let in',
      async () => {
        const late = await rawClient(portOf(gateway));
        if (late.isClosed()) return false;
        late.send(connectPacket({ id: 'late' }));
        return late.next(2).then(
          async () => settled(late).then(() => true),
          () => false,
        );
      },
      60_000,
    );
    expect(await gateway.stop()).toBe(0);
    expect(gateway.output()).not.toMatch(/^\s+at /m);
  });
});
