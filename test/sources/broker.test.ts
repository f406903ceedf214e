import { once } from 'node:events';
import { connect as connectTcp, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../gateway/domain/fault.ts';
import { freePort, until } from '../tools.ts';
import { startBench, STATUS, TELEMETRY } from './broker-bench.ts';

const full = new Fault('store-write-failed', 'writing 1 record: disk full');

describe('an acknowledgement means: on disk', () => {
  it.each([1, 2] as const)(
    'QoS %d is acknowledged after the intake has it, not before',
    async (qos) => {
      const { intake, connect } = await startBench('by hand');
      const client = await connect();
      let acknowledged = false;
      const publishing = client.publishAsync(TELEMETRY, '{"lid":1}', { qos });
      void publishing.then(() => (acknowledged = true));
      await until('the intake is asked', () => intake.waiting() === 1);
      await pingPong(client);
      expect(acknowledged).toBe(false);
      intake.answerAll();
      await publishing;
      expect(intake.offered).toHaveLength(1);
    },
  );

  it('the envelope carries topic, device, packet and the very bytes', async () => {
    const { intake, connect } = await startBench('at once');
    const client = await connect();
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
    await client.publishAsync(TELEMETRY, bytes, { qos: 1, dup: true });
    await client.publishAsync(TELEMETRY, bytes, { qos: 0 });
    await until('both are there', () => intake.offered.length === 2);
    expect(intake.offered[0]).toMatchObject({ source: 'broker', topic: TELEMETRY, device: 'k1' });
    expect(Buffer.from(intake.offered[0]?.bytes ?? [])).toEqual(bytes);
    expect(intake.offered[0]?.packet).toEqual({ id: expect.any(Number), dup: true });
    expect(intake.offered[1]).not.toHaveProperty('packet');
    expect(intake.offered[1]).not.toHaveProperty('damage');
  });

  it('twenty in flight are each acknowledged when theirs is stored', async () => {
    const { intake, connect } = await startBench('by hand');
    const client = await connect();
    let acknowledged = 0;
    const all = Array.from({ length: 20 }, async (_, n) => {
      await client.publishAsync(TELEMETRY, `{"seq":${n}}`, { qos: 1 });
      acknowledged += 1;
    });
    await until('all are offered', () => intake.waiting() === 20);
    expect(acknowledged).toBe(0);
    intake.answerAll();
    await Promise.all(all);
    expect(intake.texts().toSorted()).toEqual(
      Array.from({ length: 20 }, (_, n) => `{"seq":${n}}`).toSorted(),
    );
  });

  it('a storage fault gives no acknowledgement and closes the connection', async () => {
    const { intake, connect } = await startBench('by hand');
    const client = await connect();
    let acknowledged = false;
    client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1 }).then(
      () => (acknowledged = true),
      () => {},
    );
    await until('the intake is asked', () => intake.waiting() === 1);
    const closed = new Promise((resolve) => client.once('close', () => resolve(undefined)));
    intake.answer(full);
    await closed;
    expect(acknowledged).toBe(false);
  });

  it('a sensor that got none comes again with the same packet and is taken', async () => {
    const { intake, connect } = await startBench('at once');
    const client = await connect({ reconnectPeriod: 10 });
    intake.answerAll(full);
    const publishing = client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1 });
    await until('it has been refused', () => intake.offered.length > 0);
    intake.answerAll();
    await publishing;
    expect(intake.offered.length).toBeGreaterThan(1);
    // The library forgets to set DUP; seq is what makes it the same message.
    expect(new Set(intake.offered.map((one) => one.packet?.id)).size).toBe(1);
  });

  it('a storage fault at QoS 0 is counted and the connection stays', async () => {
    const { broker, intake, connect } = await startBench('at once');
    const client = await connect();
    intake.answerAll(full);
    await client.publishAsync(TELEMETRY, '{"seq":1}');
    await until('it is counted', () => broker.health().dropped === 1);
    intake.answerAll();
    await client.publishAsync(TELEMETRY, '{"seq":2}', { qos: 1 });
    expect(client.connected).toBe(true);
  });

  it('stopping answers what was taken and takes nothing more', async () => {
    const { broker, intake, connect } = await startBench('by hand');
    const client = await connect();
    const publishing = client.publishAsync(TELEMETRY, '{"seq":1}', { qos: 1 });
    await until('the intake is asked', () => intake.waiting() === 1);
    const stopping = broker.stop();
    await pingPong(client);
    intake.answer();
    await publishing;
    await stopping;
    expect(broker.address()).toBeUndefined();
  });
});

describe('what is refused is counted, acknowledged once and handed to nobody', () => {
  it.each<[fact: string, topic: string, payload: string, reason: string]>([
    ['a foreign topic', 'zigbee2mqtt/lamp', '{}', 'unknown-topic'],
    ['another site’s topic', 'courtyard/other/k1/telemetry', '{}', 'unknown-topic'],
    ['a command, which is the gateway’s to give', 'courtyard/luyuan/k1/set', '{}', 'unknown-topic'],
    ['an asset’s state', 'courtyard/luyuan/assets/k1-wet', '{}', 'unknown-topic'],
    ['the gateway’s own state', 'courtyard/luyuan/bridge/state', 'offline', 'unknown-topic'],
    ['a level too many', `${TELEMETRY}/x`, '{}', 'unknown-topic'],
    ['a device id that none can have', 'courtyard/luyuan/K 1/telemetry', '{}', 'unknown-topic'],
    ['a broker’s own topic', '$SYS/x/heartbeat', 'x', 'unknown-topic'],
    [
      'a device with a secret, from a stranger',
      'courtyard/luyuan/lamp-07/telemetry',
      '{}',
      'unknown-topic',
    ],
    ['a payload over 64 kB', TELEMETRY, 'x'.repeat(65_537), 'too-large'],
    ['a status that is no word of ours', STATUS, 'maybe', 'malformed'],
    [
      'the status of a device nobody knows',
      'courtyard/luyuan/k9/status',
      'online',
      'unknown-device',
    ],
  ])('%s', async (_fact, topic, payload, reason) => {
    const { intake, connect } = await startBench('at once');
    const listener = await connect();
    const got: string[] = [];
    listener.on('message', (on) => got.push(on));
    await listener.subscribeAsync('#');
    const client = await connect();
    await client.publishAsync(topic, payload, { qos: 1, retain: true });
    expect(intake.offered).toHaveLength(1);
    expect(intake.offered[0]).toMatchObject({ damage: reason, packet: { dup: false } });
    expect(intake.offered[0]?.bytes.length).toBeLessThanOrEqual(256);
    await client.publishAsync(TELEMETRY, '{"lid":1}', { qos: 1 });
    await until('the good one is handed on', () => got.includes(TELEMETRY));
    expect(got).toEqual([TELEMETRY]);
    expect(await retainedFor(connect)).toEqual([]);
  });

  it('telemetry of a device nobody knows is the intake’s to refuse', async () => {
    const { intake, connect } = await startBench('at once');
    const client = await connect();
    await client.publishAsync('courtyard/luyuan/k9/telemetry', '{}', { qos: 1 });
    expect(intake.offered[0]).toMatchObject({ device: 'k9' });
    expect(intake.offered[0]).not.toHaveProperty('damage');
  });

  it('a device may have a topic of its own', async () => {
    const { intake, connect } = await startBench('at once');
    const client = await connect();
    await client.publishAsync('tele/plug/SENSOR', '{}', { qos: 1 });
    expect(intake.offered[0]).toMatchObject({ device: 'tasmota', topic: 'tele/plug/SENSOR' });
  });

  it('a payload of 1 MB ends its connection and no other', async () => {
    const { broker, intake, connect } = await startBench('at once');
    const honest = await connect();
    for (let n = 0; n < 5; n++) {
      const hostile = await connect();
      const closed = new Promise<void>((resolve) => hostile.once('close', () => resolve()));
      hostile.publish(TELEMETRY, Buffer.alloc(1_000_000), { qos: 1 });
      await honest.publishAsync(TELEMETRY, `{"seq":${n}}`, { qos: 1 });
      await closed;
    }
    expect(broker.health().turnedAway).toEqual({ 'too-large': 5 });
    expect(intake.offered).toHaveLength(5);
  });

  it('a telemetry message is never retained: its value would pass for a fresh one', async () => {
    const { connect } = await startBench('at once');
    const client = await connect();
    await client.publishAsync(TELEMETRY, '{"lid":1}', { qos: 1, retain: true });
    expect(await retainedFor(connect)).toEqual([]);
  });
});

describe('a device’s status', () => {
  it('online and offline are said as its link, each change once', async () => {
    const { intake, connect } = await startBench('at once');
    const client = await connect();
    for (const word of ['online', 'online', 'offline', 'online']) {
      await client.publishAsync(STATUS, word, { qos: 1, retain: true });
    }
    expect(intake.links.slice(1)).toEqual([
      { of: 'device', id: 'k1', state: 'up' },
      { of: 'device', id: 'k1', state: 'down', why: 'it said that it goes offline' },
      { of: 'device', id: 'k1', state: 'up' },
    ]);
    expect(intake.offered).toEqual([]);
    expect(await retainedFor(connect)).toEqual([`${STATUS} online`]);
  });

  it('a connection that breaks off leaves the will’s offline behind', async () => {
    const { intake, connect } = await startBench('at once');
    const will = { topic: STATUS, payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const client = await connect({ will });
    await client.publishAsync(STATUS, 'online', { qos: 1, retain: true });
    client.stream.destroy();
    await until('the link is down', () => intake.links.length === 3);
    expect(intake.links[2]).toEqual({
      of: 'device',
      id: 'k1',
      state: 'down',
      why: 'its connection broke off',
    });
  });

  it('a will on someone else’s topic is refused like any message', async () => {
    const { intake, connect } = await startBench('at once');
    const topic = 'courtyard/luyuan/lamp-07/status';
    const client = await connect({
      will: { topic, payload: Buffer.from('offline'), qos: 0, retain: true },
    });
    client.stream.destroy();
    await until('it is counted', () => intake.offered.length === 1);
    expect(intake.offered[0]).toMatchObject({ damage: 'unknown-topic', topic });
    expect(intake.links).toHaveLength(1);
  });

  it('the gateway’s own stop is no device’s fault: wills stay unsaid', async () => {
    const { broker, intake, connect } = await startBench('at once');
    await connect({
      will: { topic: STATUS, payload: Buffer.from('offline'), qos: 0, retain: false },
    });
    await broker.stop();
    expect(intake.links.filter((change) => change.of === 'device')).toEqual([]);
  });
});

describe('a device with a secret', () => {
  const topic = 'courtyard/luyuan/lamp-07/telemetry';

  it('speaks after showing it', async () => {
    const { intake, connect } = await startBench('at once');
    const login = { clientId: 'lamp-07', username: 'lamp-07', password: 'opensesame' };
    const client = await connect(login);
    await client.publishAsync(topic, '{"on":1}', { qos: 1 });
    expect(intake.offered[0]).toMatchObject({ device: 'lamp-07' });
    expect(intake.offered[0]).not.toHaveProperty('damage');
  });

  it.each(['', 'open', 'opensesame '])(
    'is turned away with the password %j, said once',
    async (password) => {
      const { log, connect } = await startBench('at once');
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(
          connect({ clientId: 'lamp-07', username: 'lamp-07', password }),
        ).rejects.toThrow(/bad username or password/i);
      }
      expect(log.lines.filter((line) => line.includes('wrong password'))).toHaveLength(1);
    },
  );
});

describe('subscribers', () => {
  it('hear telemetry and what the gateway publishes, retained too', async () => {
    const { broker, connect } = await startBench('at once');
    const asset = 'courtyard/luyuan/assets/k1-wet';
    await broker.publish(asset, '{"fill":0.5}', { retain: true, qos: 1 });
    await broker.publish('courtyard/luyuan/k1/set', '{"on":true}');
    expect(await retainedFor(connect)).toEqual([`${asset} {"fill":0.5}`]);
  });

  it('get nothing of the broker’s own topics', async () => {
    const { connect } = await startBench('at once');
    const client = await connect();
    await expect(client.subscribeAsync('$SYS/#')).rejects.toThrow(/Unspecified error/);
    await expect(client.subscribeAsync('courtyard/#')).resolves.toMatchObject([{ qos: 0 }]);
  });

  it('that are away keep nothing waiting, whatever session they asked for', async () => {
    const { connect } = await startBench('at once');
    const absent = { clientId: 'absent', clean: false };
    const first = await connect(absent);
    await first.subscribeAsync('courtyard/#', { qos: 1 });
    await first.endAsync();
    const client = await connect();
    await client.publishAsync(TELEMETRY, '{"lid":1}', { qos: 1 });
    const again = await connect(absent);
    const got: string[] = [];
    again.on('message', (on) => got.push(on));
    await pingPong(again);
    expect(got).toEqual([]);
  });
});

describe('the port', () => {
  it('that is taken leaves the broker down until it is free', async () => {
    const port = await freePort();
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const { broker, intake, connect } = await startBench('at once', { port });
    expect(broker.health()).toMatchObject({
      state: 'down',
      why: `listening on 127.0.0.1:${port}: another program holds this port`,
    });
    expect(broker.address()).toBeUndefined();
    await expect(broker.publish('x', 'y')).resolves.toBeUndefined();
    squatter.close();
    await until('it listens', () => broker.health().state === 'up');
    const client = await connect();
    await client.publishAsync(TELEMETRY, '{"lid":1}', { qos: 1 });
    expect(intake.links.map((change) => change.state)).toEqual(['down', 'up']);
  });

  it('closes a socket that never says CONNECT, and stopping does not wait for it', async () => {
    const { broker, port } = await startBench('at once');
    const idle = connectTcp(port, '127.0.0.1');
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    await broker.stop();
    await closed;
  });
});

type Connect = Awaited<ReturnType<typeof startBench>>['connect'];

/** What the broker has kept, as a fresh subscriber sees it. */
async function retainedFor(connect: Connect): Promise<string[]> {
  const client = await connect();
  const got: string[] = [];
  client.on('message', (on, payload) => got.push(`${on} ${payload.toString()}`));
  await client.subscribeAsync('#');
  await pingPong(client);
  return got;
}

/** When it resolves the broker has done all that this client asked of it before. */
async function pingPong(client: Awaited<ReturnType<Connect>>): Promise<void> {
  const pong = new Promise<void>((resolve) => {
    client.on('packetreceive', (packet) => packet.cmd === 'pingresp' && resolve());
  });
  client.sendPing();
  await pong;
}
