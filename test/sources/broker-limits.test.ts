// What comes over the wire and what it may cost. Attackers come from other loopback addresses than the
// honest sensor beside them.
import { describe, expect, it } from 'vitest';
import { AT_THE_DOOR } from '../../gateway/sources/broker-limits.ts';
import { LARGEST_BEFORE_LOGIN } from '../../gateway/sources/packet-limit.ts';
import { until } from '../tools.ts';
import { type Bench, startBench, STATUS, TELEMETRY } from './broker-bench.ts';
import {
  connectPacket,
  DISCONNECT,
  granted,
  letIn,
  packet,
  PINGREQ,
  pubrelPacket,
  publishPacket,
  rawClient,
  settled,
  subscribePacket,
  topicOf,
} from './raw-client.ts';

const ATTACKER = '127.0.0.66';

/** A sensor that nothing must happen to. */
async function honest(bench: Bench) {
  const client = await letIn(bench.port, { id: 'honest' });
  let id = 0;
  return {
    async says(payload: string): Promise<void> {
      id += 1;
      client.send(publishPacket(TELEMETRY, payload, { qos: 1, id }));
      expect((await client.next(4)).body.readUInt16BE(0)).toBe(id);
    },
  };
}

const turnedAway = ({ broker }: Bench) => broker.health().turnedAway;

describe('before it says who it is, a connection', () => {
  it.each<[fact: string, bytes: Buffer, reason: string]>([
    ['that begins with a PUBLISH', publishPacket(TELEMETRY, '{}'), 'not-mqtt'],
    ['that speaks HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'not-mqtt'],
    ['that begins with a server’s packet', packet(0x20, Buffer.alloc(2)), 'not-mqtt'],
    ['that announces 256 MB', Buffer.from([0x10, 255, 255, 255, 127]), 'too-large'],
    [
      'that announces a byte too many',
      packet(0x10, Buffer.alloc(LARGEST_BEFORE_LOGIN + 1)),
      'too-large',
    ],
    ['with an endless length', Buffer.from([0x10, 255, 255, 255, 255, 1]), 'malformed'],
    ['of another protocol', packet(0x10, Buffer.from('\0\x04MQTX\x04\x02\0\0\0\0')), 'malformed'],
    ['of MQTT 5', packet(0x10, Buffer.from('\0\x04MQTT\x05\x02\0\x3c\0\0\0')), 'not-mqtt'],
    ['that wants to be silent for ever', connectPacket({ keepAlive: 0 }), 'keep-alive'],
    ['that wants to be silent for a day', connectPacket({ keepAlive: 65_535 }), 'keep-alive'],
  ])('%s is closed and counted', async (_fact, bytes, reason) => {
    const bench = await startBench('at once');
    const sensor = await honest(bench);
    const attacker = await rawClient(bench.port, ATTACKER);
    attacker.send(bytes);
    await attacker.closed;
    expect(turnedAway(bench)).toEqual({ [reason]: 1 });
    await sensor.says('{"seq":1}');
  });

  it('is one loss a second in the log, however many there are', async () => {
    const bench = await startBench('at once');
    for (let n = 0; n < 30; n++) {
      const attacker = await rawClient(bench.port, ATTACKER);
      attacker.send(PINGREQ);
      await attacker.closed;
    }
    await bench.broker.stop();
    const losses = bench.intake.losses.filter(({ reason }) => reason === 'turned-away');
    expect(losses.reduce((sum, { count }) => sum + count, 0)).toBe(30);
    expect(losses.length).toBeLessThan(30);
  });
});

describe('a client that is in', () => {
  it.each<[fact: string, bytes: Buffer, reason: string]>([
    ['a second CONNECT', connectPacket({ id: 'x' }), 'malformed'],
    ['a server’s packet', packet(0xd0), 'malformed'],
    ['QoS 3', packet(0x36, Buffer.from('\0\x01a\0\x01{}')), 'malformed'],
    ['a SUBSCRIBE without a topic', packet(0x82, Buffer.from('\0\x01')), 'malformed'],
    ['an empty topic', publishPacket('', '{}'), 'malformed'],
    ['a topic with a wildcard', publishPacket('courtyard/#', '{}'), 'malformed'],
    ['a topic of 200 levels', publishPacket('/'.repeat(200), '{}'), 'malformed'],
    ['a filter of 200 levels', subscribePacket(['/'.repeat(200)]), 'malformed'],
    ['100 kB in one packet', publishPacket(TELEMETRY, Buffer.alloc(100_000)), 'too-large'],
    ['the announcement of 256 MB', Buffer.from([0x30, 255, 255, 255, 127]), 'too-large'],
  ])('is closed for %s, and nobody else', async (_fact, bytes, reason) => {
    const bench = await startBench('at once');
    const sensor = await honest(bench);
    const attacker = await letIn(bench.port, { id: 'attacker', from: ATTACKER });
    attacker.send(bytes);
    await attacker.closed;
    expect(turnedAway(bench)).toEqual({ [reason]: 1 });
    await sensor.says('{"seq":1}');
    expect(bench.intake.offered).toHaveLength(1);
  });

  it('may have 20 messages of QoS 2 under way, and is closed for one more', async () => {
    const bench = await startBench('at once');
    const client = await letIn(bench.port, { id: 'attacker', from: ATTACKER });
    for (let id = 1; id <= 20; id++) {
      client.send(publishPacket(TELEMETRY, `{"seq":${id}}`, { qos: 2, id }));
      await client.next(5);
    }
    client.send(pubrelPacket(3));
    await client.next(7);
    client.send(publishPacket(TELEMETRY, '{"seq":21}', { qos: 2, id: 21 }));
    await client.next(5);
    client.send(publishPacket(TELEMETRY, '{"seq":22}', { qos: 2, id: 22 }));
    await client.closed;
    expect(turnedAway(bench)).toEqual({ malformed: 1 });
  });

  it('that went in the middle of QoS 2 is heard under the same packet id when it is back', async () => {
    const bench = await startBench('at once');
    const first = await letIn(bench.port, { id: 'k1' });
    first.send(publishPacket(TELEMETRY, '{"seq":1}', { qos: 2, id: 7 }));
    await first.next(5);
    first.socket.destroy();
    await until('it is gone', () => first.isClosed());
    const again = await backAs(bench, 'k1');
    again.send(publishPacket(TELEMETRY, '{"seq":2}', { qos: 2, id: 7 }));
    await again.next(5);
    expect(bench.intake.texts()).toEqual(['{"seq":1}', '{"seq":2}']);
  });

  it('holds 50 subscriptions and no more', async () => {
    const bench = await startBench('at once');
    const client = await letIn(bench.port, { id: 'tool' });
    const filters = Array.from({ length: 60 }, (_, n) => `courtyard/luyuan/assets/a${n}`);
    client.send(subscribePacket(filters));
    const codes = granted(await client.next(9));
    expect(codes.filter((code) => code < 128)).toHaveLength(50);
    expect(codes.slice(50)).toEqual(Array.from({ length: 10 }, () => 128));
    client.send(
      packet(0xa2, Buffer.from([0, 2, 0, 26]), Buffer.from('courtyard/luyuan/assets/a1')),
    );
    await client.next(11);
    client.send(subscribePacket(['courtyard/luyuan/assets/b', 'courtyard/luyuan/assets/c']));
    expect(granted(await client.next(9))).toEqual([1, 128]);
  });
});

/** Its old connection may not be noticed as gone yet; a name is taken over once a second at most. */
async function backAs(bench: Bench, id: string) {
  for (;;) {
    try {
      return await letIn(bench.port, { id });
    } catch (error) {
      if (!String(error).includes('CONNACK 3')) throw error;
    }
  }
}

describe('a client’s name', () => {
  it.each<[id: string | Uint8Array]>([
    ['#'],
    ['+'],
    ['a/b'],
    ['a b'],
    ['<img src=x onerror=alert(1)>'],
    ['nul\0'],
    ['\u001b[2J'],
    ['名字'],
    ['x'.repeat(65)],
    ['__proto__\n'],
    [Buffer.from([0xc3, 0x28])],
    [Buffer.from([0xed, 0xa0, 0x80])],
  ])('that is %j is refused with return code 2', async (id) => {
    const bench = await startBench('at once');
    const client = await rawClient(bench.port, ATTACKER);
    client.send(connectPacket({ id }));
    expect((await client.next(2)).body[1]).toBe(2);
    await client.closed;
    expect(turnedAway(bench)).toEqual({ 'client-id': 1 });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(64)])(
    'may be %s, and means nothing by it',
    async (id) => {
      const bench = await startBench('at once');
      const client = await letIn(bench.port, { id });
      client.send(publishPacket(TELEMETRY, '{}', { qos: 1 }));
      await client.next(4);
      const sensor = await honest(bench);
      await sensor.says('{"seq":1}');
    },
  );

  it('may be left out by who wants nothing kept, and by nobody else', async () => {
    const bench = await startBench('at once');
    await letIn(bench.port, { id: '', clean: true });
    await expect(letIn(bench.port, { id: '', clean: false })).rejects.toThrow('CONNACK 2');
  });
});

describe('at the door', () => {
  it('the one that waits longest goes when its address has too many', async () => {
    const bench = await startBench('at once');
    const [first, ...others] = await idle(bench, AT_THE_DOOR.perAddress + 1, ATTACKER);
    await first?.closed;
    expect(others.some((one) => one.isClosed())).toBe(false);
    expect(turnedAway(bench)).toEqual({ crowded: 1 });
  });

  it('600 idle sockets of 40 addresses keep no honest sensor out', async () => {
    const bench = await startBench('at once');
    for (let n = 0; n < 40; n++) await idle(bench, 15, `127.0.1.${n + 1}`);
    const sensor = await honest(bench);
    await sensor.says('{"seq":1}');
    await until('the rest was sent away', () => (turnedAway(bench)?.['crowded'] ?? 0) >= 100);
  });

  it('is nobody who is in: it stays when others crowd behind it', async () => {
    const bench = await startBench('at once');
    const client = await letIn(bench.port, { id: 'early', from: ATTACKER });
    await idle(bench, AT_THE_DOOR.perAddress + 5, ATTACKER);
    client.send(publishPacket(TELEMETRY, '{"seq":1}', { qos: 1 }));
    await client.next(4);
    expect(client.isClosed()).toBe(false);
  });
});

async function idle({ port }: Bench, count: number, from: string) {
  return Promise.all(Array.from({ length: count }, () => rawClient(port, from)));
}

describe('what is kept', () => {
  it('is the status of known devices and nothing that a client makes up', async () => {
    const bench = await startBench('at once');
    const client = await letIn(bench.port, { id: 'flood', from: ATTACKER });
    for (let n = 0; n < 2000; n++) {
      const topic = n % 2 === 0 ? `courtyard/luyuan/d${n}/status` : `made/up/${n}`;
      client.send(publishPacket(topic, 'online', { retain: true }));
    }
    client.send(publishPacket(STATUS, 'online', { retain: true, qos: 1 }));
    await client.next(4);
    const late = await letIn(bench.port, { id: 'late' });
    late.send(subscribePacket(['#']));
    await late.next(9);
    await settled(late);
    expect(late.packets.filter(({ type }) => type === 3).map(topicOf)).toEqual([STATUS]);
  });
});

describe('a subscriber that stops reading', () => {
  it('is sent away, and the healthy one beside it misses nothing', async () => {
    const bench = await startBench('at once');
    const frozen = await letIn(bench.port, { id: 'frozen', from: ATTACKER });
    frozen.send(subscribePacket(['courtyard/#'], { qos: 0 }));
    await frozen.next(9);
    frozen.socket.pause();
    const healthy = await letIn(bench.port, { id: 'healthy' });
    healthy.send(subscribePacket(['courtyard/#'], { qos: 0 }));
    await healthy.next(9);
    const sender = await letIn(bench.port, { id: 'k1' });
    const payload = 'x'.repeat(20_000);
    let sent = 0;
    while (turnedAway(bench)?.['slow'] === undefined && sent < 3000) {
      sent += 1;
      sender.send(publishPacket(TELEMETRY, payload, { qos: 1, id: sent }));
      await until('it is acknowledged', () => sender.packets.length > sent);
    }
    const got = (): number => healthy.packets.filter(({ type }) => type === 3).length;
    await until('the healthy one has all of them', () => got() === sent, 20_000);
    expect(turnedAway(bench)).toEqual({ slow: 1 });
    sender.send(DISCONNECT);
  }, 60_000);
});
