// Who comes in, as whom, and what that lets them say and hear, over the wire.
import { describe, expect, it } from 'vitest';
import { createDeviceTokens, digestOf } from '../../gateway/sources/device-tokens.ts';
import { until } from '../tools.ts';
import { type Bench, SITE, startBench, STATUS, TELEMETRY } from './broker-bench.ts';
import {
  connectPacket,
  granted,
  letIn,
  publishPacket,
  rawClient,
  type RawClient,
  settled,
  subscribePacket,
  topicOf,
} from './raw-client.ts';

const LAMP = 'courtyard/luyuan/lamp-07';
const ATTACKER = '127.0.0.66';
const asLamp = { id: 'lamp-07', user: 'lamp-07', password: 'opensesame' };

const heard = (client: RawClient): string[] =>
  client.packets.filter(({ type }) => type === 3).map(topicOf);

const turnedAway = ({ broker }: Bench) => broker.health().turnedAway;

describe('a device’s own name', () => {
  it.each<[fact: string, how: Parameters<typeof letIn>[1], code: number]>([
    ['a wrong password', { ...asLamp, password: 'guess' }, 4],
    ['an empty one', { ...asLamp, password: '' }, 4],
    ['none', { id: 'lamp-07', user: 'lamp-07' }, 4],
    ['the right one under another client id', { ...asLamp, id: 'other' }, 2],
    ['the right one and no client id', { ...asLamp, id: '' }, 2],
    ['its client id without a user', { id: 'lamp-07' }, 2],
    ['its client id and another user', { ...asLamp, user: 'k1' }, 2],
    ['a control character in the user', { id: 'x', user: 'lamp-07\0' }, 2],
  ])('lets nobody in with %s, and its owner stays', async (_fact, how, code) => {
    const bench = await startBench('at once');
    const lamp = await letIn(bench.port, asLamp);
    await expect(letIn(bench.port, { ...how, from: ATTACKER })).rejects.toThrow(`CONNACK ${code}`);
    lamp.send(publishPacket(`${LAMP}/telemetry`, '{"on":1}', { qos: 1 }));
    await lamp.next(4);
    expect(bench.intake.offered).toHaveLength(1);
  });

  it('is fought over by two clients that know the secret once a second, and named', async () => {
    const bench = await startBench('at once');
    await letIn(bench.port, asLamp);
    const codes: string[] = [];
    for (let n = 0; n < 5; n++) {
      await letIn(bench.port, asLamp).catch((error: unknown) => codes.push(String(error)));
    }
    expect(codes.length).toBeGreaterThan(0);
    expect(turnedAway(bench)).toEqual({ takeover: codes.length });
    expect(bench.broker.health().notes).toEqual(['two clients say they are lamp-07']);
  });

  it('is taken over by its owner after a reboot', async () => {
    const bench = await startBench('at once');
    const before = await letIn(bench.port, asLamp);
    const isOver = (): Promise<boolean> =>
      letIn(bench.port, asLamp).then(
        () => true,
        () => false,
      );
    await until('a second has passed', isOver);
    await before.closed;
  });
});

describe('a subscription', () => {
  it('is granted or refused filter by filter', async () => {
    const bench = await startBench('at once');
    const lamp = await letIn(bench.port, asLamp);
    lamp.send(subscribePacket([`${LAMP}/set`, '#', '+/+', '$SYS/#', `$share/g/${LAMP}/set`]));
    expect(granted(await lamp.next(9))).toEqual([1, 128, 128, 128, 128]);
  });

  it('to everything delivers what may be heard, live and retained', async () => {
    const bench = await startBench('at once');
    const lamp = await letIn(bench.port, asLamp);
    lamp.send(
      publishPacket(`${LAMP}/status`, 'online', { qos: 1, id: 1, retain: true }),
      publishPacket('courtyard/luyuan/lamp-07/telemetry', '{}', { qos: 1, id: 2, retain: true }),
    );
    await lamp.next(4);
    await lamp.next(4);
    const curious = await letIn(bench.port, { id: 'curious', from: ATTACKER });
    curious.send(
      subscribePacket(['#', '+/+/+/+', 'courtyard/luyuan/+/status', '$SYS/#'], { qos: 1 }),
    );
    expect(granted(await curious.next(9))).toEqual([1, 1, 1, 128]);
    await settled(curious);
    lamp.send(publishPacket(`${LAMP}/telemetry`, '{}', { qos: 1, id: 3 }));
    await lamp.next(4);
    await bench.broker.publish(`${LAMP}/set`, '{"on":true}', { qos: 1 });
    await bench.broker.publish('courtyard/luyuan/assets/lamp-07', '{}', { qos: 1 });
    await until('what may be heard is there', () => heard(curious).length > 0);
    await settled(curious);
    expect(new Set(heard(curious))).toEqual(new Set(['courtyard/luyuan/assets/lamp-07']));
  });

  it('of a device delivers its commands and nobody else’s', async () => {
    const bench = await startBench('at once');
    const lamp = await letIn(bench.port, asLamp);
    lamp.send(subscribePacket([`${LAMP}/set`, 'courtyard/luyuan/k1/set']));
    expect(granted(await lamp.next(9))).toEqual([1, 128]);
    await bench.broker.publish('courtyard/luyuan/k1/set', '{"on":1}', { qos: 1 });
    await bench.broker.publish(`${LAMP}/set`, '{"on":1}', { qos: 1 });
    await until('it has its command', () => heard(lamp).length === 1);
    await settled(lamp);
    expect(heard(lamp)).toEqual([`${LAMP}/set`]);
  });
});

describe('a last will', () => {
  it.each<[fact: string, topic: string, payload: string]>([
    ['another device’s status', STATUS, 'offline'],
    ['a broker’s own topic', '$SYS/x', 'x'],
    ['the gateway’s state', 'courtyard/luyuan/bridge/state', 'offline'],
    ['a wildcard', 'courtyard/luyuan/+/status', 'offline'],
    ['no topic at all', '', 'offline'],
    ['200 levels', 'x/'.repeat(200), 'offline'],
    ['its own command', `${LAMP}/set`, '{"on":0}'],
    ['3 kB on its own status', `${LAMP}/status`, 'x'.repeat(3000)],
  ])('on %s is refused like any message, and kept for nobody', async (_fact, topic, payload) => {
    const bench = await startBench('at once');
    const listener = await letIn(bench.port, { id: 'listener' });
    listener.send(subscribePacket(['#']));
    await listener.next(9);
    const will = { topic, payload, retain: true };
    const lamp = await letIn(bench.port, { ...asLamp, will });
    lamp.socket.destroy();
    await until('it is counted', () => bench.intake.offered.length === 1);
    expect(bench.intake.offered[0]?.damage).toMatch(/unknown-topic|malformed/);
    expect(bench.intake.links.filter(({ of }) => of === 'device')).toEqual([]);
    const late = await letIn(bench.port, { id: 'late' });
    late.send(subscribePacket(['#']));
    await settled(late);
    await settled(listener);
    expect([...heard(late), ...heard(listener)]).toEqual([]);
  });

  it('of 64 kB comes in with no CONNECT that is taken', async () => {
    const bench = await startBench('at once');
    const client = await rawClient(bench.port, ATTACKER);
    const will = { topic: STATUS, payload: 'x'.repeat(64_000), retain: true };
    client.send(connectPacket({ id: 'x', will }));
    await client.closed;
    expect(turnedAway(bench)).toEqual({ 'too-large': 1 });
  });
});

describe('a broker that the network can reach', () => {
  it('lets in devices with their secret, and nobody else', async () => {
    const bench = await startBench('at once', { host: '0.0.0.0' });
    await letIn(bench.port, asLamp);
    await expect(letIn(bench.port, { id: 'k1' })).rejects.toThrow('CONNACK 4');
    await expect(letIn(bench.port, { id: 'k1', user: 'k1', password: 'x' })).rejects.toThrow(
      'CONNACK 4',
    );
    await expect(letIn(bench.port, { id: 'tool' })).rejects.toThrow('CONNACK 4');
    expect(turnedAway(bench)).toEqual({ password: 3 });
  });
});

describe('a secret', () => {
  const made = (device: string, secret: string) => ({ device, digest: digestOf(secret) });

  it('that is revoked ends the connection and all that hung on it', async () => {
    const tokens = createDeviceTokens(SITE.devices, [made('k1', 'first')]);
    const bench = await startBench('at once', { tokens });
    const k1 = await letIn(bench.port, { id: 'k1', user: 'k1', password: 'first' });
    k1.send(subscribePacket(['courtyard/luyuan/k1/set']));
    await k1.next(9);
    tokens.change({ device: 'k1' });
    await k1.closed;
    await bench.broker.publish('courtyard/luyuan/k1/set', '{}', { qos: 1 });
    expect(heard(k1)).toEqual([]);
    expect(turnedAway(bench)).toEqual({ revoked: 1 });
    for (const how of [{ user: 'k1', password: 'first' }, { user: 'k1' }]) {
      await expect(letIn(bench.port, { id: 'k1', ...how })).rejects.toThrow('CONNACK 4');
    }
    await expect(letIn(bench.port, { id: 'k1' })).rejects.toThrow('CONNACK 2');
  });

  it('that is new ends the old one', async () => {
    const tokens = createDeviceTokens(SITE.devices, [made('k1', 'first')]);
    const bench = await startBench('at once', { tokens });
    const k1 = await letIn(bench.port, { id: 'k1', user: 'k1', password: 'first' });
    tokens.change(made('k1', 'second'));
    await k1.closed;
    await expect(letIn(bench.port, { id: 'k1', user: 'k1', password: 'first' })).rejects.toThrow(
      'CONNACK 4',
    );
    await letIn(bench.port, { id: 'k1', user: 'k1', password: 'second' });
  });

  it('that a device is given ends what anyone may say for it', async () => {
    const tokens = createDeviceTokens(SITE.devices);
    const bench = await startBench('at once', { tokens });
    const tool = await letIn(bench.port, { id: 'tool' });
    tool.send(publishPacket(TELEMETRY, '{}', { qos: 1, id: 1 }));
    await tool.next(4);
    tokens.change(made('k1', 'first'));
    tool.send(publishPacket(TELEMETRY, '{}', { qos: 1, id: 2 }));
    await tool.next(4);
    expect(bench.intake.offered.map(({ damage }) => damage)).toEqual([undefined, 'unknown-topic']);
  });
});
